// meal_notation.hpp -- meal records, rows and decisions as lines that a person can read and write.
//
//   F/D Foster 2016-08-10..2017-06-30        a record or row of 2016-17; its number is that of its line, from
//   1 2016: R/N Income 2015-08-10..            of the year that ends in 2016, open F/N Income
//   2016-08-10..2017-06-30 application end 1: F/N Income 2016-08-10..2016-09-05            what becomes of
//   record 1 insert: F/D SNAP 2016-09-06..2017-06-30 = new of 1  the fate of row 1 reject row 1: 3061 about 1
//   a note that names record 1
#pragma once

#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <eligibility/decision.hpp>

namespace mealsync::testing {

inline std::vector<std::string> lines(std::string_view text) {
  std::vector<std::string> all;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in >> std::ws, line);)
    all.push_back(line);
  return all;
}

inline MealRecord read_record(const std::string& line, std::int64_t id) {
  MealRecord record{id, {2017}, {}, {}, {}, false};
  std::istringstream in(line);
  std::string word;
  in >> word;
  if (word.back() == ':') {
    record.year = {std::stoi(word)};
    in >> word;
  }
  constexpr std::string_view letters = "FRP";
  record.status.eligibility = static_cast<Eligibility>(letters.find(word.at(0)));
  record.status.source = word.at(2) == 'D' ? Source::direct : Source::non_direct;
  in >> word;
  record.status.type = read_code<CertifiedType>(word).value();
  in >> word;
  record.start = date_from_iso(word.substr(0, 10)).value();
  record.end = date_from_iso(word.substr(12));
  record.from_application = static_cast<bool>(in >> word);
  return record;
}

inline std::vector<MealRecord> read_records(std::string_view text) {
  std::vector<MealRecord> records;
  for (const auto& line : lines(text))
    records.push_back(read_record(line, static_cast<std::int64_t>(records.size() + 1)));
  return records;
}

inline std::vector<IncomingRow> read_rows(std::string_view text) {
  std::vector<IncomingRow> rows;
  for (const auto& record : read_records(text))
    rows.push_back({record.status, record.start, record.end.value(), static_cast<std::uint64_t>(record.id)});
  return rows;
}

inline std::string write(const MealRecord& record) {
  std::string text = record.year.end_year == 2017 ? "" : std::to_string(record.year.end_year) + ": ";
  text += spell(record.status.eligibility)[0];
  text += '/';
  text += spell(record.status.source)[0];
  text += ' ';
  text += spell(record.status.type);
  text += ' ' + to_text(record.start) + "..";
  if (record.end) text += to_text(*record.end);
  if (record.from_application) text += " application";
  return text;
}

inline std::string write(const Change& change) {
  std::string text{spell(change.action)};
  if (change.before.id != 0) text += ' ' + std::to_string(change.before.id);
  if (change.action != Action::remove) text += ": " + write(change.after);
  if (change.carryover) text += " (carryover)";
  if (change.fate) text += " = " + std::string(spell(*change.fate)) + " of " + std::to_string(change.row + 1);
  return text;
}

inline std::string write(const Note& note) {
  constexpr std::string_view effects[] = {"remark", "skip", "reject"};
  std::string text{effects[static_cast<std::size_t>(note.effect)]};
  text +=
      " row " + std::to_string(note.row + 1) + ": " + std::to_string(static_cast<std::uint32_t>(note.code));
  if (note.record.id != 0) text += " about " + std::to_string(note.record.id);
  if (note.other_row) text += " for row " + std::to_string(*note.other_row + 1);
  return text;
}

inline std::vector<std::string> write(const Decision& decision) {
  std::vector<std::string> all;
  for (const auto& change : decision.changes)
    all.push_back(write(change));
  for (const auto& note : decision.notes)
    all.push_back(write(note));
  return all;
}

inline Policy with(Feed feed) {
  Policy policy;
  policy.feed = feed;
  return policy;
}

inline Policy with(Precedence precedence) {
  Policy policy;
  policy.precedence = precedence;
  return policy;
}

inline Policy with(SameRank same_rank) {
  Policy policy;
  policy.same_rank = same_rank;
  return policy;
}

inline Policy with(Dates dates) {
  Policy policy;
  policy.dates = dates;
  return policy;
}

inline Policy with(Duplicates duplicates) {
  Policy policy;
  policy.duplicates = duplicates;
  return policy;
}

inline Policy with_default_expiration(std::string_view day) {
  Policy policy;
  policy.default_expiration = date_from_iso(day);
  return policy;
}

inline std::vector<std::string> decided(std::string_view existing, std::string_view rows,
                                        const Policy& policy = {}) {
  return write(decide(read_records(existing), read_rows(rows), {2017}, policy));
}

}  // namespace mealsync::testing
