// campus/change_columns.hpp -- a change of a meal record as columns: what the merge gives, the loader reads and
// the reports show. The was_ columns hold the record before the change.
#pragma once

#include <eligibility/change.hpp>
#include <mealsync/sdk.hpp>

namespace mealsync::campus {

/// The columns of a record's values, under a prefix.
struct RecordColumns {
  Column<Code<Eligibility>> eligibility;
  Column<Code<Source>> source;
  Column<Code<CertifiedType>> type;
  Column<Date> start, end;

  void set(Cells& cells, const MealRecord& record) const {
    cells.set(eligibility, record.status.eligibility)
        .set(source, record.status.source)
        .set(type, record.status.type)
        .set(start, record.start);
    if (record.end) cells.set(end, *record.end);
  }
  void get(Row row, MealRecord& record) const {
    record.status = {row[eligibility], row[source], row[type]};
    record.start = row[start];
    if (row.has(end)) record.end = row[end];
  }
};

struct ChangeColumns {
  Column<Int> person, record, year;
  Column<bool> from_application;
  Column<Code<Action>> action;
  RecordColumns now, was;
  Column<bool> extended;  // only where a stage extends records to households

  /// All of them, as columns that go out.
  static ChangeColumns added(Columns& c) {
    return {c.add<Int>("person_id", "The student in Campus."),
            c.add<Int>("eligibility_id", "The record that is changed; none of an insert."),
            c.add<Int>("school_year", "Year of the record: the calendar year in which it ends."),
            c.add<bool>("from_application", "Whether an application made the record."),
            c.add<Code<Action>>("action", "What the row does to the database."),
            {c.add<Code<Eligibility>>("eligibility", "Eligibility after the change."),
             c.add<Code<Source>>("source", "Source after the change."),
             c.add<Code<CertifiedType>>("certified_type", "Certified type after the change."),
             c.add<Date>("start_date", "First day after the change."),
             c.add<Date>("end_date", "Last day after the change; none: open.")},
            {c.add<Code<Eligibility>>("was_eligibility", "Eligibility before the change."),
             c.add<Code<Source>>("was_source", "Source before the change."),
             c.add<Code<CertifiedType>>("was_certified_type", "Certified type before the change."),
             c.add<Date>("was_start_date", "First day before the change."),
             c.add<Date>("was_end_date", "Last day before the change.")},
            {}};
  }
  /// All of them, as columns that must come in.
  static ChangeColumns needed(Columns& c) {
    return {
        c.need<Int>("person_id"),
        c.need<Int>("eligibility_id"),
        c.need<Int>("school_year"),
        c.need<bool>("from_application"),
        c.need<Code<Action>>("action"),
        {c.need<Code<Eligibility>>("eligibility"), c.need<Code<Source>>("source"),
         c.need<Code<CertifiedType>>("certified_type"), c.need<Date>("start_date"), c.need<Date>("end_date")},
        {c.need<Code<Eligibility>>("was_eligibility"), c.need<Code<Source>>("was_source"),
         c.need<Code<CertifiedType>>("was_certified_type"), c.need<Date>("was_start_date"),
         c.need<Date>("was_end_date")},
        c.find<bool>("extended")};
  }

  void set(Cells& cells, std::int64_t of, const Change& change) const {
    const bool is_new = change.action == Action::insert;
    const MealRecord& any = is_new ? change.after : change.before;
    cells.set(person, of)
        .set(year, any.year.end_year)
        .set(from_application, any.from_application)
        .set(action, change.action);
    if (!is_new) {
      cells.set(record, change.before.id);
      was.set(cells, change.before);
    }
    if (change.action != Action::remove) now.set(cells, change.after);
  }
  [[nodiscard]] MealRecord before(Row row) const { return get(row, was); }
  [[nodiscard]] MealRecord after(Row row) const { return get(row, now); }

 private:
  [[nodiscard]] MealRecord get(Row row, const RecordColumns& values) const {
    MealRecord got;
    got.id = row[record];
    got.year = {static_cast<int>(row[year])};
    got.from_application = row[from_application];
    values.get(row, got);
    return got;
  }
};

}  // namespace mealsync::campus
