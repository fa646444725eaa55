#include "codes.hpp"

#include <algorithm>
#include <map>

#include "meanings.hpp"

namespace mealsync::guess {
namespace {

constexpr std::size_t most_listed = 200;

std::string lower(std::string text) {
  for (char& c : text)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

bool can_be_named(const std::string& value) {
  return is_listable(value) && value != "*" && value.find('|') == std::string::npos;
}

struct Seen {
  std::vector<std::string> values;
  std::uint64_t records = 0;
};

}  // namespace

Codes codes_in(std::string_view bytes, const Shape& shape, const Table& table,
               const std::vector<std::size_t>& columns) {
  Codes codes;
  std::map<std::string, Seen> seen;  // as map_values compares: case does not count
  each_data_record(bytes, shape, table, [&](Cells cells) {
    Seen one{{}, 1};
    std::string key;
    for (const std::size_t column : columns) {
      one.values.push_back(cells[column]);
      key += lower(cells[column]) + '\n';
    }
    const bool is_named = std::all_of(one.values.begin(), one.values.end(), can_be_named);
    const auto known = seen.find(key);
    if (known != seen.end())
      ++known->second.records;
    else if (is_named && seen.size() < most_listed)
      seen.emplace(std::move(key), std::move(one));
    else
      ++codes.unlisted;
  });
  for (const auto& [key, one] : seen) {
    std::string when;
    for (std::size_t i = 0; i < one.values.size(); ++i)
      when += (i > 0 ? "|" : "") + one.values[i];
    codes.listed.push_back({when, target_of(one.values), one.records});
  }
  std::stable_sort(codes.listed.begin(), codes.listed.end(),
                   [](const auto& a, const auto& b) { return a.records > b.records; });
  return codes;
}

}  // namespace mealsync::guess
