#include "edit_file.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <tuple>

namespace mealsync::tool {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

[[noreturn]] void fail(const fs::path& file) {
  throw std::system_error(errno, std::generic_category(), file.string());
}

std::size_t offset_of(const std::string& text, const Position& at) {
  std::size_t offset = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  for (std::uint32_t line = 1; line < at.line; ++line)
    offset = text.find('\n', offset) + 1;
  return offset + at.column - 1;
}

std::string escaped(std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (c == '&')
      text += "&amp;";
    else if (c == '<')
      text += "&lt;";
    else if (c == '"')
      text += "&quot;";
    else if (c == '\'')
      text += "&apos;";
    else
      text += c;
  }
  return text;
}

}  // namespace

std::string with_values(const std::string& text, std::vector<NewValue> values) {
  // From the last to the first, so that no change moves the place of another.
  std::sort(values.begin(), values.end(), [](const NewValue& a, const NewValue& b) {
    return std::tie(b.at.line, b.at.column) < std::tie(a.at.line, a.at.column);
  });
  std::string changed = text;
  for (const NewValue& value : values) {
    const auto open = changed.find_first_of("\"'", offset_of(changed, value.at));
    const auto close = changed.find(changed[open], open + 1);
    changed.replace(open + 1, close - open - 1, escaped(value.value));
  }
  return changed;
}

std::string text_of_file(const fs::path& file) {
  std::ifstream from(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(from), {}};
  if (!from) fail(file);
  return text;
}

}  // namespace mealsync::tool
