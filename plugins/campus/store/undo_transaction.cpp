#include <campus/store/undo_transaction.hpp>

#include <cstddef>
#include <string>

#include <campus/store/connection.hpp>
#include <campus/store/overlap_check.hpp>
#include <mealsync/meal_status.hpp>

namespace mealsync::campus {
namespace {

/// A record that the run changed: its first and last change, as rows of ImportChange, which follow each other as the
/// changes did. `origin` is the row that has what no change alters: an import's own first, or, of an undo, the first of
/// the run that was undone.
constexpr const char* tables = R"sql(
CREATE TEMP TABLE UndoneRecord (
  eligibilityID INTEGER PRIMARY KEY,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  origin INTEGER NOT NULL
);
CREATE TEMP TABLE Obstacle (
  eligibilityID INTEGER PRIMARY KEY,
  personID INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  laterRunID INTEGER
);
)sql";

constexpr const char* fill_records =
    "INSERT INTO UndoneRecord SELECT eligibilityID, min(rowid), max(rowid), min(rowid)"
    " FROM ImportChange WHERE importRunID = ? GROUP BY eligibilityID";
constexpr const char* find_origins =
    "UPDATE UndoneRecord SET origin = undone.first"
    " FROM (SELECT eligibilityID AS id, min(rowid) AS first FROM ImportChange WHERE importRunID = ?"
    "       GROUP BY eligibilityID) undone"
    " WHERE undone.id = eligibilityID";

/// ?1: the run, ?2: when it started, ?3: whether it undid another. An import leaves its name in a record, an undo the
/// name that was there. Whether an import inserted a record as an extended one, it does not keep.
constexpr const char* find_changed_records = R"sql(
INSERT INTO Obstacle
SELECT u.eligibilityID, l.personID, e.eligibilityID IS NULL AND l.action = 'remove', NULL
FROM UndoneRecord u
CROSS JOIN ImportChange f ON f.rowid = u.first
CROSS JOIN ImportChange l ON l.rowid = u.last
CROSS JOIN ImportChange o ON o.rowid = u.origin
LEFT JOIN POSEligibility e ON e.eligibilityID = u.eligibilityID
WHERE CASE WHEN l.action = 'remove' THEN
        e.eligibilityID IS NOT NULL
        OR f.action <> 'insert' AND NOT EXISTS (SELECT 1 FROM Person p WHERE p.personID = l.personID)
      ELSE
        NOT (e.personID IS l.personID AND e.eligType IS 'Meal' AND e.endYear IS l.endYear
             AND e.eligibility IS l.eligibility AND e.source IS l.source AND e.type IS l.type
             AND e.startDate IS l.startDate AND e.endDate IS l.endDate
             AND e.applicationID IS o.was_applicationID AND e.districtID IS o.was_districtID
             AND (e.extended IS o.was_extended OR o.action = 'insert')
             AND e.importRunID IS iif(?3, o.was_importRunID, ?1)
             AND e.modifiedDate IS iif(?3, o.was_modifiedDate, ?2))
      END
)sql";

/// ?1: the run, ?2: the undo.
constexpr const char* name_later_run_of_record =
    "UPDATE Obstacle SET laterRunID = later.run"
    " FROM (SELECT eligibilityID AS id, max(importRunID) AS run FROM ImportChange"
    "       WHERE importRunID > ?1 AND importRunID < ?2 GROUP BY eligibilityID) later"
    " WHERE later.id = eligibilityID";
constexpr const char* name_later_run_of_student =
    "UPDATE Obstacle SET laterRunID = later.run"
    " FROM (SELECT personID AS id, max(importRunID) AS run FROM ImportChange"
    "       WHERE importRunID > ?1 AND importRunID < ?2 GROUP BY personID) later"
    " WHERE later.id = personID";

/// ?1: the undo. A record that the run inserted and removed again never was there.
constexpr const char* note_changes = R"sql(
INSERT INTO ImportChange
SELECT ?1, row_number() OVER (ORDER BY u.eligibilityID), u.eligibilityID, f.personID,
       CASE WHEN f.action = 'insert' THEN 'remove' WHEN l.action = 'remove' THEN 'insert' ELSE 'update' END,
       f.was_endYear, f.was_eligibility, f.was_source, f.was_type, f.was_startDate, f.was_endDate,
       e.endYear, e.eligibility, e.source, e.type, e.startDate, e.endDate,
       e.applicationID, e.extended, e.districtID, e.importRunID, e.modifiedDate
FROM UndoneRecord u
CROSS JOIN ImportChange f ON f.rowid = u.first
CROSS JOIN ImportChange l ON l.rowid = u.last
LEFT JOIN POSEligibility e ON e.eligibilityID = u.eligibilityID
WHERE NOT (f.action = 'insert' AND l.action = 'remove')
ORDER BY u.eligibilityID
)sql";

constexpr const char* take_out =
    "DELETE FROM POSEligibility WHERE eligibilityID IN"
    " (SELECT eligibilityID FROM ImportChange WHERE rowid > ? AND action = 'remove')";
// The plus: each record is looked up, and not all of the table are gone through.
constexpr const char* set_back = R"sql(
UPDATE POSEligibility
SET endYear = f.was_endYear, eligibility = f.was_eligibility, source = f.was_source, type = f.was_type,
    startDate = f.was_startDate, endDate = f.was_endDate, applicationID = f.was_applicationID,
    extended = f.was_extended, districtID = f.was_districtID, importRunID = f.was_importRunID,
    modifiedDate = f.was_modifiedDate
FROM UndoneRecord u CROSS JOIN ImportChange f ON f.rowid = u.first
WHERE POSEligibility.eligibilityID = +u.eligibilityID AND f.action <> 'insert'
)sql";
constexpr const char* put_in = R"sql(
INSERT INTO POSEligibility
  (eligibilityID, personID, endYear, eligType, eligibility, source, type, startDate, endDate, applicationID, extended,
   districtID, importRunID, modifiedDate)
SELECT c.eligibilityID, c.personID, f.was_endYear, 'Meal', f.was_eligibility, f.was_source, f.was_type,
       f.was_startDate, f.was_endDate, f.was_applicationID, f.was_extended, f.was_districtID, f.was_importRunID,
       f.was_modifiedDate
FROM ImportChange c
CROSS JOIN UndoneRecord u ON u.eligibilityID = c.eligibilityID
CROSS JOIN ImportChange f ON f.rowid = u.first
WHERE c.rowid > ? AND c.action = 'insert'
)sql";

}  // namespace

UndoTransaction::UndoTransaction(CampusStore& store, const KnownRun& undone, const ImportRun& run)
    : connection_(*store.connection_), undone_(undone), entry_(connection_, run) {
  connection_.execute(tables);
}

UndoTransaction::~UndoTransaction() = default;

bool UndoTransaction::put_back(const std::function<void(const Obstacle&)>& tell) {
  find_records();
  find_changed();
  if (!tell_obstacles(tell)) return false;
  change_records();
  find_overlapping();
  return tell_obstacles(tell);
}

void UndoTransaction::find_records() {
  Statement(connection_, fill_records).bind(1, undone_.id).run();
  if (undone_.undoes != 0) Statement(connection_, find_origins).bind(1, undone_.undoes).run();
}

void UndoTransaction::find_changed() {
  Statement(connection_, find_changed_records)
      .bind(1, undone_.id)
      .bind(2, undone_.started_at)
      .bind(3, std::int64_t{undone_.undoes != 0})
      .run();
  Statement(connection_, name_later_run_of_record).bind(1, undone_.id).bind(2, entry_.id()).run();
}

void UndoTransaction::change_records() {
  last_change_ = connection_.number("SELECT coalesce(max(rowid), 0) FROM ImportChange");
  Statement(connection_, note_changes).bind(1, entry_.id()).run();
  Statement(connection_, take_out).bind(1, last_change_).run();
  Statement(connection_, set_back).run();
  Statement(connection_, put_in).bind(1, last_change_).run();
  Statement count(connection_, "SELECT action, count(*) FROM ImportChange WHERE rowid > ? GROUP BY action");
  count.bind(1, last_change_);
  while (count.step())
    if (const auto action = read_code<Action>(count.text(0)))
      counts_[static_cast<std::size_t>(*action)] = count.integer(1);
}

void UndoTransaction::find_overlapping() {
  OverlapCheck overlaps(connection_);
  Statement student(connection_, "SELECT personID FROM ImportChange WHERE rowid > ? AND action <> 'remove'");
  student.bind(1, last_change_);
  while (student.step())
    overlaps.note(student.integer(0));
  Statement add(connection_,
                "INSERT INTO Obstacle SELECT eligibilityID, personID, ?2, NULL FROM POSEligibility"
                " WHERE eligibilityID = ?1");
  for (const std::int64_t record : overlaps.find())
    add.bind(1, record).bind(2, std::int64_t{Obstacle::overlapping}).run();
  Statement(connection_, name_later_run_of_student).bind(1, undone_.id).bind(2, entry_.id()).run();
}

bool UndoTransaction::tell_obstacles(const std::function<void(const Obstacle&)>& tell) {
  Statement obstacle(connection_,
                     "SELECT o.kind, o.eligibilityID, p.stateID, r.run FROM Obstacle o"
                     " LEFT JOIN Person p ON p.personID = o.personID"
                     " LEFT JOIN ImportRun r ON r.importRunID = o.laterRunID ORDER BY o.eligibilityID");
  bool is_clear = true;
  while (obstacle.step()) {
    is_clear = false;
    tell({static_cast<Obstacle::Kind>(obstacle.integer(0)), obstacle.integer(1), obstacle.text(2),
          obstacle.text(3)});
  }
  return is_clear;
}

void UndoTransaction::commit(std::string_view finished_at, std::string_view status) {
  entry_.commit(finished_at, status, "", counts_, undone_.id);
}

}  // namespace mealsync::campus
