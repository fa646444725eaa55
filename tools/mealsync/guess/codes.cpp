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

/// F, R and P are the statuses where no other letter stands beside them, and the header names no programs.
bool has_plain_letters(const Table& table, std::size_t column) {
  if (!table.header.empty())
    for (const std::string& word : words_of(table.header[column]))
      for (const char* other : {"program", "source", "reason", "categor", "type"})
        if (word.starts_with(other)) return false;
  constexpr std::string_view letters = "FRPDNfrpdn";
  const auto is_other = [&](const auto& value) {
    return value.first.size() == 1 && !(value.first[0] >= '0' && value.first[0] <= '9') &&
           letters.find(value.first[0]) == std::string_view::npos;
  };
  const auto& values = table.columns[column].values();
  return std::none_of(values.begin(), values.end(), is_other);
}

/// Codes say why, or may: one does, or most are not understood.
bool may_say_why(const Codes& codes) {
  std::uint64_t records = 0, unsaid = 0;
  for (const CodeCombination& code : codes.listed) {
    if (code.target.type || code.target.source == Source::direct) return true;
    records += code.records;
    unsaid += code.target.eligibility ? 0 : code.records;
  }
  return unsaid * 2 >= records;
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
  std::vector<bool> letters;
  for (const std::size_t column : columns)
    letters.push_back(has_plain_letters(table, column));
  for (const auto& [key, one] : seen) {
    std::string when;
    for (std::size_t i = 0; i < one.values.size(); ++i)
      when += (i > 0 ? "|" : "") + one.values[i];
    codes.listed.push_back({when, target_of(one.values, letters), one.records});
  }
  std::stable_sort(codes.listed.begin(), codes.listed.end(),
                   [](const auto& a, const auto& b) { return a.records > b.records; });
  codes.say_why = may_say_why(codes);
  return codes;
}

}  // namespace mealsync::guess
