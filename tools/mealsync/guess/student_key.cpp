#include "student_key.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <unordered_set>

#include <campus/store/store.hpp>

namespace mealsync::guess {
namespace {

using Keys = std::unordered_set<std::string>;

std::string folded(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

std::string named(std::string_view last, std::string_view first, Date birth) {
  return folded(last) + '\n' + folded(first) + '\n' + to_text(birth);
}

/// Whom the database knows; a key that two students share finds nobody.
class Students {
 public:
  explicit Students(const std::filesystem::path& path) {
    campus::CampusStore store(path, campus::Access::read_only);
    store.begin_read();
    store.read_persons([&](const campus::PersonRow& person) {
      add(0, std::string(person.state_id));
      add(1, std::string(person.student_number));
      add(2, std::to_string(person.person));
    });
    store.read_identities([&](const campus::IdentityRow& identity) {
      if (identity.birth_date) add(3, named(identity.last_name, identity.first_name, *identity.birth_date));
    });
    store.end_read();
  }
  [[nodiscard]] bool has(std::size_t kind, const std::string& key) const {
    return known_[kind].contains(key) && !shared_[kind].contains(key);
  }

 private:
  void add(std::size_t kind, const std::string& key) {
    if (!key.empty() && !known_[kind].insert(key).second) shared_[kind].insert(key);
  }
  std::array<Keys, 4> known_, shared_;
};

constexpr std::array kinds{KeyKind::state_id, KeyKind::student_number, KeyKind::person_id};

/// Digits that nearly every ID has, or 0.
int digits_of(const Profile& column) {
  std::array<std::uint64_t, 21> lengths{};
  std::uint64_t records = 0;
  for (const auto& [value, count] : column.values()) {
    const bool is_number = !value.empty() && value.find_first_not_of("0123456789") == std::string::npos;
    records += value.empty() ? 0 : count;
    if (is_number && value.size() < lengths.size()) lengths[value.size()] += count;
  }
  const auto usual = std::max_element(lengths.begin(), lengths.end());
  return records > 0 && *usual * 10 >= records * 9 ? static_cast<int>(usual - lengths.begin()) : 0;
}

void finish(StudentKey& key, const Table& table) {
  if (key.chosen.kind == KeyKind::state_id) key.id_digits = digits_of(table.columns[key.chosen.columns[0]]);
}

}  // namespace

std::string_view spell(KeyKind kind) {
  constexpr std::array<std::string_view, 5> words{"", "state_id", "student_number", "person_id",
                                                  "name_birth_date"};
  return words[static_cast<std::size_t>(kind)];
}

StudentKey key_of(const Table& table, const Meanings& meanings) {
  StudentKey key;
  const auto take = [&](KeyKind kind, std::vector<std::size_t> columns) {
    if (key.chosen.kind == KeyKind::none) key.chosen = {kind, std::move(columns), 0};
  };
  if (const auto column = meanings.first(Meaning::state_id)) take(KeyKind::state_id, {*column});
  std::optional<std::size_t> number = meanings.first(Meaning::student_number);
  for (std::size_t i = 0; i < meanings.columns.size(); ++i) {
    const Column& column = meanings.columns[i];
    if (!column.may_be_key ||
        (column.meaning != Meaning::unknown && column.meaning != Meaning::student_number))
      continue;
    constexpr int usual_digits = 10;
    if (column.header.empty() && digits_of(table.columns[i]) == usual_digits) take(KeyKind::state_id, {i});
    if (!number) number = i;
  }
  if (number) take(KeyKind::student_number, {*number});
  const auto last = meanings.first(Meaning::last_name), first = meanings.first(Meaning::first_name),
             birth = meanings.first(Meaning::birth_date);
  if (last && first && birth) take(KeyKind::name_birth_date, {*last, *first, *birth});
  finish(key, table);
  return key;
}

StudentKey prove_key(std::string_view bytes, const Shape& shape, const Table& table, const Meanings& meanings,
                     const std::filesystem::path& campus) {
  const Students students(campus);
  std::vector<Proof> tried;
  std::vector<std::size_t> names;
  for (std::size_t i = 0; i < meanings.columns.size(); ++i) {
    const Column& column = meanings.columns[i];
    if (column.meaning == Meaning::ssn || column.meaning == Meaning::case_number) continue;
    if (column.may_be_key || column.meaning == Meaning::state_id || column.meaning == Meaning::student_number)
      for (const KeyKind kind : kinds)
        tried.push_back({kind, {i}, 0});
    if (column.may_be_name || column.meaning == Meaning::last_name || column.meaning == Meaning::first_name)
      names.push_back(i);
  }
  std::optional<DatePattern> birth_pattern;
  const auto birth = meanings.first(Meaning::birth_date);
  if (birth) birth_pattern = DatePattern::of(meanings.columns[*birth].dates->pattern);
  if (birth_pattern)
    for (const std::size_t last : names)
      for (const std::size_t first : names)
        if (last != first) tried.push_back({KeyKind::name_birth_date, {last, first, *birth}, 0});
  each_data_record(bytes, shape, table, [&](Cells cells) {
    for (Proof& proof : tried) {
      if (proof.kind == KeyKind::name_birth_date) {
        const auto day = birth_pattern->read(cells[proof.columns[2]]);
        proof.records +=
            day && students.has(3, named(cells[proof.columns[0]], cells[proof.columns[1]], *day)) ? 1 : 0;
      } else {
        const auto kind =
            static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), proof.kind) - kinds.begin());
        proof.records += students.has(kind, cells[proof.columns[0]]) ? 1 : 0;
      }
    }
  });
  std::erase_if(tried, [](const Proof& proof) { return proof.records == 0; });
  std::stable_sort(tried.begin(), tried.end(), [](const Proof& a, const Proof& b) {
    return std::tuple(b.records, a.kind) < std::tuple(a.records, b.kind);
  });
  StudentKey key = key_of(table, meanings);
  key.proofs = tried;
  // A key that finds less than half of them is none; a name is the last resort.
  const auto finds_most = [&](const Proof& proof) { return proof.records * 2 >= table.records; };
  const auto id = std::find_if(tried.begin(), tried.end(), [&](const Proof& proof) {
    return proof.kind != KeyKind::name_birth_date && finds_most(proof);
  });
  const auto any = std::find_if(tried.begin(), tried.end(), finds_most);
  if (any != tried.end()) key.chosen = id != tried.end() ? *id : *any;
  finish(key, table);
  return key;
}

}  // namespace mealsync::guess
