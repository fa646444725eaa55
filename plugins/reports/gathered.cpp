#include <reports/gathered.hpp>

#include <utility>

namespace mealsync::reports {
namespace {

template <class T>
Text spelled(Row row, Column<Code<T>> column) {
  return row.has(column) ? spell(row[column]) : Text{};
}

Text spelled(Row row, Column<Date> column, DateTexts& dates) {
  return row.has(column) ? dates.text(row[column]) : Text{};
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
  extended = columns.find<bool>("extended");
}

Gathered::Gathered(const ReportOptions& options, const ReportPorts& ports, SchoolYear year, ListRecord list,
                   Keys keys)
    : has_messages_(options.has_messages()),
      keys_(keys),
      at_(ports),
      year_(year),
      year_text_(to_text(year)),
      headings_{{"Type", "type"},
                {"State ID", "state_id", false},
                {"School Year", "school_year"},
                {"Start Date", "start_date"},
                {"End Date", "end_date"},
                {"Eligibility Type", "eligibility_type"},
                {"Eligibility", "eligibility"},
                {"Source", "source"},
                {"Certified Type", "certified_type"}},
      list_(std::move(list)) {
  if (at_.name) headings_.insert(headings_.begin() + 1, {"Name", "name", false});
  if (at_.extended) headings_.push_back({"Extended", "extended"});
}

void Gathered::add(Row row) {
  const std::uint64_t place = row.place().packed;
  if (place == 0 || place != place_) end_record();
  place_ = place;

  const Action action = row[at_.action];
  const bool has_fate = row.has(at_.fate);
  // The record of a student whom the file does not name.
  const bool is_of_absent = place == 0 && action == Action::end;
  if (has_fate && row[at_.fate] == Fate::existing) {
    read_cells(row);
    list_(Section::existing, std::span(cells_).first(headings_.size()).subspan(1));
  } else if (has_fate || action == Action::insert || action == Action::update || is_of_absent) {
    keep_waiting(row);
  } else {
    note_follow_up(row);
  }
}

/// All but the first, which is known when the record ends.
void Gathered::read_cells(Row row) {
  std::size_t at = 1;
  if (at_.name) cells_[at++] = row[at_.name];
  for (const Text each : {row[at_.state_id], Text(year_text_), spelled(row, at_.start_date, start_dates_),
                          spelled(row, at_.end_date, end_dates_), Text("Meal"), spelled(row, at_.eligibility),
                          spelled(row, at_.source), spelled(row, at_.certified_type)})
    cells_[at++] = each;
  if (at_.extended) cells_[at] = row[at_.extended] ? "X" : "";
}

void Gathered::keep_waiting(Row row) {
  read_cells(row);
  if (waiting_.size() == waiting_count_) waiting_.emplace_back();
  Waiting& record = waiting_[waiting_count_++];
  record.texts.clear();
  for (std::size_t i = 1; i < headings_.size(); ++i) {
    record.texts += cells_[i];
    record.sizes[i] = cells_[i].size();
  }
  record.fate.reset();
  if (row.has(at_.fate)) record.fate = row[at_.fate];
  record.is_new = record.fate ? record.fate == Fate::new_ : row[at_.action] == Action::insert;
  record.is_ended = row[at_.action] == Action::end;
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
  for (std::size_t i = 0; i < waiting_count_; ++i)
    tell(waiting_[i]);
  waiting_count_ = 0;
  ended_ = removed_ = trimmed_ = false;
}

void Gathered::tell(const Waiting& record) {
  type_ = record.is_new ? "New" : record.fate || !record.is_ended ? "Updated" : "Ended";
  if (record.fate) {
    if (ended_) type_ += " / Ended";
    if (removed_) type_ += " / Removed";
    if (trimmed_) type_ += " / Trimmed";
  }
  cells_[0] = type_;
  Text left = record.texts;
  for (std::size_t i = 1; i < headings_.size(); ++i) {
    cells_[i] = left.substr(0, record.sizes[i]);
    left.remove_prefix(record.sizes[i]);
  }
  list_(Section::updated, std::span(cells_).first(headings_.size()));
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
  std::string words = keys_ == Keys::whole ? found.whole() : std::string(found.shown());
  if (found.count() > 1) words += compose(" ({} records)", found.count());
  const std::string place = std::to_string(found.place().packed), code = code_text(found.code());
  table.add(std::array<Text, 4>{place, to_text(found.severity()), code, words});
}

std::string Gathered::reason(const Summary& outcome) const {
  if (has_messages_) return std::string(outcome.reason());
  if (!cause_) return {};
  const std::string& remedy = codes_.at(*cause_).remedy;
  return code_text(*cause_) + (remedy.empty() ? "" : " - " + remedy);
}

void Gathered::each_message(std::span<const ms_input> inputs,
                            const std::function<void(const Message&)>& body) const {
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
