// reports/markup.hpp -- HTML out of this source's own markup and of values that cannot become any.
//
// Source   What has to be escaped: HTML Living Standard, 13.3, "Escaping a string". Signs that turn the direction of
//          the text behind them, with which a value can make others read otherwise: Unicode Standard Annex 9, 2.
#pragma once

#include <cstdint>
#include <string>

#include <mealsync/rule.hpp>
#include <mealsync/value.hpp>

namespace mealsync::reports {

/// Appends the text as it may stand between tags, and between the quotes of an attribute: each control character and
/// each sign of direction is a '?'.
void append_escaped(std::string& to, Text text);

/// Markup with a {} for each value. It stands in the source: no value can be one.
class Markup {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): a text in the source is one.
  consteval Markup(const char* text) : text_(text) {}

  template <class... Args>
  void append_to(std::string& to, const Args&... args) const {
    Text left = text_;
    [[maybe_unused]] const auto add = [&](const auto& argument) {
      const auto at = left.find("{}");
      to += left.substr(0, at);
      append_escaped(to, compose("{}", argument));
      left.remove_prefix(at == Text::npos ? left.size() : at + 2);
    };
    (add(args), ...);
    to += left;
  }

 private:
  Text text_;
};

/// A file beside the page, as a link's address.
[[nodiscard]] std::string address_of(Text file_name);

/// A number as people read it: 1,234,567.
[[nodiscard]] std::string grouped(std::uint64_t number);

}  // namespace mealsync::reports
