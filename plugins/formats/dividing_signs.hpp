// formats/dividing_signs.hpp -- the signs that divide columns and stand around their values, as options give them.
#pragma once

#include <string>

#include <mealsync/sdk.hpp>

namespace mealsync::formats {

inline constexpr Rule bad_separator{own(5001), Severity::fatal, "Separator '{}' divides nothing",
                                    "Give one sign, such as a comma, or the word tab."};
inline constexpr Rule bad_quote{own(5001), Severity::fatal, "Quote '{}' quotes nothing",
                                "Give one sign other than the separator, or the word none."};

struct DividingSigns {
  char separator = ',';
  char quote = '"';  // NUL: none
};

/// The one sign that an option gives: printable, and neither letter, digit nor beyond ASCII. NUL: it gives none.
[[nodiscard]] inline char sign_of(Text text) {
  const char c = text.size() == 1 ? text[0] : '\0';
  const bool is_word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return c < ' ' || c > '~' || is_word ? '\0' : c;
}

[[nodiscard]] inline DividingSigns dividing_signs(const std::string& separator, const std::string& quote,
                                                  Columns& c) {
  const DividingSigns signs{separator == "tab" ? '\t' : sign_of(separator),
                            quote == "none" ? '\0' : sign_of(quote)};
  if (signs.separator == '\0') c.fault<bad_separator>(separator);
  if (quote != "none" && (signs.quote == '\0' || signs.quote == signs.separator)) c.fault<bad_quote>(quote);
  return signs;
}

}  // namespace mealsync::formats
