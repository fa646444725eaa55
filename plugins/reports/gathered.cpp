#include <reports/gathered.hpp>

#include <utility>

namespace mealsync::reports {
namespace {

std::string spelled(Text value) {
  return std::string(value);
}
std::string spelled(Date value) {
  return to_text(value);
}
template <ClosedSet E>
std::string spelled(E value) {
  return std::string(spell(value));
}

template <class T>
std::string cell(Row row, Column<T> column) {
  return row.has(column) ? spelled(row[column]) : std::string{};
}

}  // namespace

ReportPorts::ReportPorts(const ReportOptions& options, Columns& columns) {
  if (!options.has_records()) return;
  fate = columns.find<Code<Fate>>("fate");
  action = columns.find<Code<Action>>("action");
  if (!fate && !action) return;
  name = columns.find<Text>("student_name");
  state_id = columns.find<Text>("state_id");
  start_date = columns.find<Date>("start_date");
  end_date = columns.find<Date>("end_date");
  record_year = columns.find<Int>("school_year");
  eligibility = columns.find<Code<Eligibility>>("eligibility");
  source = columns.find<Code<Source>>("source");
  certified_type = columns.find<Code<CertifiedType>>("certified_type");
}

Gathered::Gathered(const ReportOptions& options, const ReportPorts& ports, SchoolYear year)
    : has_messages_(options.has_messages()),
      at_(ports),
      year_(year),
      headings_{{"Type", "type"},
                {"State ID", "state_id"},
                {"School Year", "school_year"},
                {"Start Date", "start_date"},
                {"End Date", "end_date"},
                {"Eligibility Type", "eligibility_type"},
                {"Eligibility", "eligibility"},
                {"Source", "source"},
                {"Certified Type", "certified_type"}} {
  if (at_.name) headings_.insert(headings_.begin() + 1, {"Name", "name"});
}

void Gathered::add(Row row) {
  const std::uint64_t place = row.place().packed;
  if (place == 0 || place != place_) end_record();
  place_ = place;

  const Action action = row[at_.action];
  // The record of a student whom the file does not name.
  const bool is_of_absent = place == 0 && action == Action::end;
  if (row.has(at_.fate) || action == Action::insert || action == Action::update || is_of_absent)
    listed_.push_back(listed(row));
  else
    note_follow_up(row);
}

Gathered::Listed Gathered::listed(Row row) const {
  Listed record{{cell(row, at_.state_id), to_text(year_), cell(row, at_.start_date), cell(row, at_.end_date),
                 "Meal", cell(row, at_.eligibility), cell(row, at_.source), cell(row, at_.certified_type)},
                std::nullopt,
                row[at_.action] == Action::insert,
                row[at_.action] == Action::end};
  if (at_.name) record.cells.insert(record.cells.begin(), cell(row, at_.name));
  if (row.has(at_.fate)) {
    record.fate = row[at_.fate];
    record.is_new = record.fate == Fate::new_;
  }
  return record;
}

void Gathered::note_follow_up(Row row) {
  // Last year's record, carried over into this one, is ended without being told: the record is just new.
  const bool is_carryover = row.has(at_.record_year) && row[at_.record_year] < year_.end_year;
  const Action action = row[at_.action];
  ended_ = ended_ || (action == Action::end && !is_carryover);
  removed_ = removed_ || action == Action::remove;
  trimmed_ = trimmed_ || action == Action::trim;
}

void Gathered::end_record() {
  for (Listed& record : listed_) {
    if (record.fate == Fate::existing) {
      existing_.add(record.cells);
      continue;
    }
    std::string type = record.is_new ? "New" : record.fate || !record.is_ended ? "Updated" : "Ended";
    if (record.fate) {
      if (ended_) type += " / Ended";
      if (removed_) type += " / Removed";
      if (trimmed_) type += " / Trimmed";
    }
    record.cells.insert(record.cells.begin(), std::move(type));
    updated_.add(record.cells);
  }
  listed_.clear();
  ended_ = removed_ = trimmed_ = false;
}

void Gathered::add(const Found& found) {
  if (has_messages_) keep_message(found);
  if (found.severity() >= Severity::warning) ++errors_and_warnings_;

  CodeCount& code = codes_[found.code()];
  if (code.count == 0 || found.severity() > code.severity) {
    code.severity = found.severity();
    code.remedy = found.remedy();
  }
  code.count += found.count();
  if (found.severity() >= Severity::refusal && (!cause_ || found.severity() > codes_[*cause_].severity))
    cause_ = found.code();
}

void Gathered::keep_message(const Found& found) {
  Table& table = found.severity() >= Severity::error     ? errors_
                 : found.severity() == Severity::warning ? warnings_
                                                         : notes_;
  std::string words = found.whole();
  if (found.count() > 1) words += compose(" ({} records)", found.count());
  table.add(std::array{std::to_string(found.place().packed), std::string(to_text(found.severity())),
                       code_text(found.code()), std::move(words)});
}

std::string Gathered::reason(const Summary& outcome) const {
  if (has_messages_) return std::string(outcome.reason());
  if (!cause_) return {};
  const std::string& remedy = codes_.at(*cause_).remedy;
  return code_text(*cause_) + (remedy.empty() ? "" : " - " + remedy);
}

void Gathered::each_message(std::span<const ms_input> inputs,
                            const std::function<void(const Message&)>& body) {
  const auto tell = [&](std::span<const Text> cells) {
    const Place place{*parse<std::uint64_t>(cells[0])};
    const bool has_file = place.packed != 0 && place.file() < inputs.size();
    body(
        {has_file ? text_of(inputs[place.file()].file) : Text{}, place.line(), cells[1], cells[2], cells[3]});
  };
  errors_.each(tell);
  warnings_.each(tell);
  notes_.each(tell);
}

}  // namespace mealsync::reports
