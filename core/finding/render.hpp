// finding/render.hpp -- findings as lines for people, and as what may be shown of a key.
#pragma once

#include <string>
#include <string_view>

#include <finding/finding.hpp>

namespace mealsync {

/// `******0001`: the last four characters. A key of eight characters or fewer, or that holds an SSN shape, is masked
/// whole; an empty one stays empty.
[[nodiscard]] std::string mask_key(std::string_view key);

/// Replaces what has the shape of an SSN (nine digits that stand alone, also as ddd-dd-dddd or with other signs
/// between) by stars.
[[nodiscard]] std::string scrub(std::string text);

/// The message with its key masked, and scrubbed.
[[nodiscard]] std::string shown_message(const Finding& finding);

/// `file:line:column: error MS1101: words` of a finding in a pipeline file; without a position
/// `Line 12: ERROR 1001 - words` of a record's, and `error 9003: words` of one that has neither.
[[nodiscard]] std::string render(const Finding& finding);

}  // namespace mealsync
