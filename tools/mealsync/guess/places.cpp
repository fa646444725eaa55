#include <algorithm>
#include <set>

#include <mealsync/date.hpp>

#include "shape.hpp"

namespace mealsync::guess {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// What the lines hold at each place.
class Lines {
 public:
  explicit Lines(const std::vector<std::string_view>& lines)
      : lines_(lines), length_(lines.empty() ? 0 : lines.front().size()) {}

  [[nodiscard]] std::size_t length() const { return length_; }
  [[nodiscard]] bool is_blank(std::size_t at) const {
    return all([&](std::string_view line) { return line[at] == ' '; });
  }
  [[nodiscard]] bool has_digit(std::size_t at) const {
    return std::any_of(lines_.begin(), lines_.end(),
                       [&](std::string_view line) { return is_digit(line[at]); });
  }
  [[nodiscard]] bool is_digits(std::size_t at) const {
    return all([&](std::string_view line) { return is_digit(line[at]); });
  }
  /// A text begins here in enough of the lines.
  [[nodiscard]] bool begins_text(std::size_t at) const {
    const auto begins = std::count_if(lines_.begin(), lines_.end(), [&](std::string_view line) {
      return line[at] != ' ' && line[at - 1] == ' ';
    });
    return static_cast<std::size_t>(begins) * 4 >= lines_.size();
  }
  /// Whether these places hold a day in every line, as the pattern writes it, of a year a pupil may know.
  [[nodiscard]] bool are_days(std::size_t at, const char* pattern) const {
    const auto read = DatePattern::of(pattern).value();
    const std::size_t length = std::string_view(pattern).size();
    return all([&](std::string_view line) {
      const auto day = read.read(line.substr(at, length));
      return day && *day >= *Date::of(1985, 1, 1) && *day <= *Date::of(2060, 1, 1);
    });
  }

 private:
  template <class F>
  [[nodiscard]] bool all(F&& is) const {
    return std::all_of(lines_.begin(), lines_.end(), is);
  }
  const std::vector<std::string_view>& lines_;
  std::size_t length_;
};

/// The date that a run of digits ends or begins with has no sign around it.
void cut_dates(const Lines& lines, std::size_t from, std::size_t to, std::set<std::size_t>& begins) {
  const std::size_t size = to - from;
  for (const char* pattern : {"YYYYMMDD", "MMDDYYYY", "YYMMDD", "MMDDYY"}) {
    const std::size_t length = std::string_view(pattern).size();
    if (size <= length) continue;
    if (lines.are_days(to - length, pattern)) {
      begins.insert(to - length);
      return;
    }
    if (lines.are_days(from, pattern)) {
      begins.insert(from + length);
      return;
    }
  }
}

}  // namespace

std::vector<Span> places_in(const std::vector<std::string_view>& given) {
  const Lines lines(given);
  std::set<std::size_t> begins{0};
  for (std::size_t at = 1; at < lines.length(); ++at) {
    const bool ends_blank = lines.is_blank(at - 1) && !lines.is_blank(at);
    const bool ends_number = lines.is_digits(at - 1) && !lines.has_digit(at);
    if (ends_blank || ends_number || lines.begins_text(at)) begins.insert(at);
  }
  for (std::size_t at = 0, end = 0; at < lines.length(); at = std::max(end, at + 1)) {
    for (end = at; end < lines.length() && lines.is_digits(end);)
      ++end;
    if (end > at) cut_dates(lines, at, end, begins);
  }
  std::vector<Span> places;
  for (auto begin = begins.begin(); begin != begins.end(); ++begin) {
    // To where the next one begins: another file's values may be longer.
    const std::size_t end = std::next(begin) == begins.end() ? lines.length() : *std::next(begin);
    places.push_back({*begin, end - *begin});
  }
  return places;
}

}  // namespace mealsync::guess
