// campus/oneroster/years.hpp -- which school years a set has, and which of them a class is of.
//
// Source   OneRoster 1.1 and 1.2 CSV: a session's schoolYear is the year in which its school year ends. Sets that write
//          the year in which it begins are recognised by the session's dates.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <map>
#include <optional>

#include <campus/oneroster/options.hpp>
#include <campus/oneroster/table.hpp>
#include <campus/oneroster/texts.hpp>
#include <campus/store/incoming_roster.hpp>

namespace mealsync::oneroster {

class Years {
 public:
  /// `classes` may be nowhere to be found.
  Years(Table& sessions, Table& classes, Texts& texts);

  /// `told`: by the one who loads.
  void read(const std::optional<SchoolYear>& told, Faults& faults);

  struct Class {
    std::optional<SchoolYear> year;
    Text school;  // its sourcedId
  };
  /// Of a class that is not known nothing is known.
  [[nodiscard]] Class of_class(Text sourced_id) const;
  /// By the days of an enrolment, as far as they are known.
  [[nodiscard]] std::optional<SchoolYear> of_days(const std::optional<Date>& first,
                                                  const std::optional<Date>& last) const;
  [[nodiscard]] const campus::IncomingYear* find(SchoolYear year) const;
  [[nodiscard]] const std::map<SchoolYear, campus::IncomingYear>& all() const { return years_; }

 private:
  struct Session {
    Date first, last;
    std::optional<SchoolYear> said;
    Text parent;
    bool is_year = false;
    [[nodiscard]] SchoolYear by_dates() const { return SchoolYear::of({(first.days + last.days) / 2}); }
  };
  void read_sessions();
  void read_classes();
  void collect();
  [[nodiscard]] SchoolYear year_of(const Session& session) const;

  Table& sessions_table_;
  Table& classes_table_;
  Texts& texts_;
  struct {
    Table::Column id, status, type, first, last, parent, year;
  } session_;
  struct {
    Table::Column id, status, school, terms;
  } class_;
  std::optional<SchoolYear> told_;
  boost::unordered_flat_map<Text, Session> sessions_;
  boost::unordered_flat_map<Text, Class> classes_;
  std::map<SchoolYear, campus::IncomingYear> years_;
};

}  // namespace mealsync::oneroster
