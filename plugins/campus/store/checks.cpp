#include <campus/store/checks.hpp>

#include <algorithm>

#include <campus/store/connection.hpp>

namespace mealsync::campus {
namespace {

// ?1 is the year's end, ?2 the day.
constexpr const char* enrolled_sql = R"sql(
WITH placed AS (
  SELECT e.personID, c.schoolID, e.grade,
         row_number() OVER (PARTITION BY e.personID ORDER BY e.startDate DESC, e.enrollmentID DESC) AS place
  FROM Enrollment e JOIN Calendar c ON c.calendarID = e.calendarID
  WHERE e.endYear = ?1 AND e.noShow = 0 AND e.active = 1 AND e.stateExclude = 0 AND e.serviceType = 'P'
    AND coalesce(e.startDate, '') <= ?2 AND (coalesce(e.endDate, '') = '' OR e.endDate >= ?2)
), enrolled AS (
  SELECT personID, schoolID, grade,
         CASE WHEN grade GLOB '[0-9]*' THEN CAST(grade AS INTEGER) WHEN grade LIKE 'K%' THEN 0 ELSE -1 END AS level
  FROM placed WHERE place = 1
), teaching AS (
  SELECT s.schoolID, s.number, s.name, p.provision, max(e.level) AS highest
  FROM enrolled e JOIN School s ON s.schoolID = e.schoolID
  LEFT JOIN SchoolProvision p ON p.schoolID = s.schoolID AND p.endYear = ?1
  GROUP BY s.schoolID
))sql";

constexpr const char* student_sql = R"sql(, counted AS (
  SELECT e.personID, e.schoolID, e.grade, e.level,
         count(*) FILTER (WHERE m.eligibility = 'F') AS free,
         count(*) FILTER (WHERE m.eligibility = 'R') AS reduced,
         count(*) FILTER (WHERE m.eligibility = 'S') AS paid,
         min(CASE m.eligibility WHEN 'F' THEN 0 WHEN 'R' THEN 1 WHEN 'S' THEN 2 END)
           FILTER (WHERE m.startDate <= ?2 AND (coalesce(m.endDate, '') = '' OR m.endDate >= ?2)) AS status
  FROM enrolled e LEFT JOIN POSEligibility m
    ON m.personID = e.personID AND m.eligType = 'Meal' AND m.endYear = ?1
  GROUP BY e.personID
)
SELECT t.personID, t.schoolID, p.stateID, p.studentNumber, t.grade, t.status, t.free, t.reduced, t.paid
FROM counted t JOIN Person p ON p.personID = t.personID )sql";

}  // namespace

DayChecks::DayChecks(CampusStore& store, SchoolYear year, Date day)
    : connection_(*store.connection_), year_(year), day_(day) {
  const std::string sql = std::string(enrolled_sql) +
                          "SELECT schoolID, number, name, provision FROM teaching"
                          " ORDER BY highest DESC, number, schoolID";
  Statement school(connection_, sql.c_str());
  school.bind(1, std::int64_t{year_.end_year}).bind(2, std::optional(day_));
  while (school.step()) {
    school_ids_.push_back(school.integer(0));
    schools_.push_back(
        {std::string(school.text(1)), std::string(school.text(2)), std::string(school.text(3))});
  }
}

void DayChecks::read_students(const std::function<void(const StudentOnDay&)>& visit) const {
  read("ORDER BY t.personID", visit);
}

void DayChecks::read_missing(const std::function<void(const StudentOnDay&)>& visit) const {
  read(
      "JOIN teaching s ON s.schoolID = t.schoolID WHERE t.status IS NULL"
      " ORDER BY s.highest DESC, s.number, s.schoolID, t.level DESC, p.stateID, t.personID",
      visit);
}

void DayChecks::read(const char* from, const std::function<void(const StudentOnDay&)>& visit) const {
  const std::string sql = std::string(enrolled_sql) + student_sql + from;
  Statement row(connection_, sql.c_str());
  row.bind(1, std::int64_t{year_.end_year}).bind(2, std::optional(day_));
  while (row.step()) {
    const auto school = std::find(school_ids_.begin(), school_ids_.end(), row.integer(1));
    if (school == school_ids_.end()) continue;
    const auto count = [&row](int column) { return static_cast<std::uint64_t>(row.integer(column)); };
    StudentOnDay student{row.integer(0),
                         static_cast<std::size_t>(school - school_ids_.begin()),
                         row.text(2),
                         row.text(3),
                         row.text(4),
                         {},
                         {count(6), count(7), count(8)}};
    if (!row.is_null(5)) student.status = static_cast<Eligibility>(row.integer(5));
    visit(student);
  }
}

void read_dated_records(CampusStore& store, const std::function<void(const DatedRecord&)>& visit) {
  Statement row(*store.connection_,
                "SELECT m.eligibilityID, p.stateID, m.endYear, m.eligibility, m.startDate, m.endDate"
                " FROM POSEligibility m LEFT JOIN Person p ON p.personID = m.personID"
                " WHERE m.eligType = 'Meal' ORDER BY m.eligibilityID");
  while (row.step())
    visit({row.integer(0), row.text(1), row.integer(2), row.text(3), date_from_iso(row.text(4)),
           date_from_iso(row.text(5)), !row.text(5).empty()});
}

bool feeds_everybody(std::string_view provision) {
  return provision == "CEP" || provision == "Provision 2" || provision == "Provision 3";
}

}  // namespace mealsync::campus
