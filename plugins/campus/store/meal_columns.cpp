#include <campus/store/meal_columns.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>

namespace mealsync::campus {
namespace {

// S is stored for Paid: districts write `eligibility != 'S'` for free or reduced.
constexpr std::array<std::string_view, 3> eligibility_letters{"F", "R", "S"};
constexpr std::array<std::string_view, 2> source_letters{"D", "N"};

template <class E, std::size_t N>
std::optional<E> read_letter(const std::array<std::string_view, N>& letters, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i)
    if (letters[i] == text) return static_cast<E>(i);
  return std::nullopt;
}

/// A certified type that we do not know is Unknown. What we have written ourselves is spelled as the words are.
CertifiedType read_type(std::string_view text) {
  using Words = CodeSet<CertifiedType>;
  for (std::size_t i = 0; i < Words::words.size(); ++i)
    if (Words::words[i] == text) return static_cast<CertifiedType>(i);
  return read_code<CertifiedType>(text).value_or(CertifiedType::unknown);
}

/// Nothing where it cannot be read.
std::optional<SchoolYear> read_year(sqlite3_value* year) {
  if (sqlite3_value_type(year) != SQLITE_INTEGER) return SchoolYear::read(text_of(year));
  return SchoolYear::of_end_year(integer_of(year));
}

/// What a decision needs of a record.
constexpr std::string_view decided_columns =
    "eligibilityID, personID, endYear, eligibility, source, type, startDate, endDate, applicationID";
enum MealColumn : std::size_t {
  column_id,
  column_person,
  column_year,
  column_eligibility,
  column_source,
  column_type,
  column_start,
  column_end,
  column_application,
  columns
};

MealRow read_values(Connection::Values meal) {
  MealRow row;
  const auto note = [&](bool is_read, std::string_view name, MealColumn column) {
    if (is_read || !row.unreadable_column.empty()) return;
    row.unreadable_column = name;
    row.unreadable_value = text_of(meal[column]);
  };
  const auto take = [&](auto& to, const auto& value, std::string_view name, MealColumn column) {
    if (value) to = *value;
    note(value.has_value(), name, column);
  };
  const auto text = [&](MealColumn column) { return text_of(meal[column]); };
  MealRecord& record = row.record;
  row.person = integer_of(meal[column_person]);
  record.id = integer_of(meal[column_id]);
  take(record.year, read_year(meal[column_year]), "endYear", column_year);
  take(record.status.eligibility, read_letter<Eligibility>(eligibility_letters, text(column_eligibility)),
       "eligibility", column_eligibility);
  take(record.status.source, read_letter<Source>(source_letters, text(column_source)), "source",
       column_source);
  record.status.type = read_type(text(column_type));
  note(date_from_iso(text(column_start), record.start), "startDate", column_start);
  if (const auto end = text(column_end); !end.empty()) {
    Date last;
    const bool is_read = date_from_iso(end, last);
    if (is_read) record.end = last;
    note(is_read, "endDate", column_end);
  }
  record.from_application = sqlite3_value_type(meal[column_application]) != SQLITE_NULL;
  return row;
}

}  // namespace

std::string_view letter(Eligibility eligibility) {
  return eligibility_letters[static_cast<std::size_t>(eligibility)];
}

std::string_view letter(Source source) {
  return source_letters[static_cast<std::size_t>(source)];
}

Statement find_meal(Connection& connection) {
  std::string sql = "SELECT ";
  sql += decided_columns;
  sql += " FROM POSEligibility WHERE eligType = 'Meal' AND eligibilityID = ?";
  return {connection, sql.c_str()};
}

void visit_meals(Connection& connection, const std::function<bool(const MealRow&)>& visit) {
  const auto from =
      connection.from("POSEligibility", "WHERE eligType = 'Meal'", "POSEligibilityOfPerson", "personID");
  connection.visit_rows(decided_columns, from,
                        [&](Connection::Values meal) { return visit(read_values(meal)); });
}

MealRow read_meal(const Statement& meal) {
  std::array<sqlite3_value*, columns> values{};
  for (std::size_t column = 0; column < values.size(); ++column)
    values[column] = meal.value(static_cast<int>(column));
  return read_values(values);
}

}  // namespace mealsync::campus
