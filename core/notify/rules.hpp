// notify/rules.hpp -- why somebody was not told of a run: MS65xx. None changes what became of the run.
#pragma once

#include <array>

#include <mealsync/rule.hpp>

namespace mealsync::rules {

inline constexpr Rule not_reached{own(6501), Severity::warning,
                                  "'{}' cannot be reached to tell of the run: {}",
                                  "Check the address, and whether the network lets this machine go there."};
inline constexpr Rule not_trusted{own(6502), Severity::warning,
                                  "The connection to '{}' is not safe, and nothing was sent: {}",
                                  "Have the server offer TLS with a certificate that this machine trusts, or "
                                  "name the district's own with ca_file."};
inline constexpr Rule not_accepted{own(6503), Severity::warning, "'{}' does not take the message: {}",
                                   "Check user, password and addresses with those who run the server."};
inline constexpr Rule bad_address{own(6504), Severity::warning,
                                  "The secret of attribute '{}' holds no address that starts with https://",
                                  "Put the whole address there, and nothing else."};

inline constexpr std::array of_notify{&not_reached, &not_trusted, &not_accepted, &bad_address};

}  // namespace mealsync::rules
