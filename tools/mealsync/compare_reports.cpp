#include "compare_reports.hpp"

#include <algorithm>
#include <array>
#include <iostream>
#include <set>
#include <string_view>
#include <utility>

#include <campus/store/checks.hpp>

#include "command_line.hpp"
#include "pos_file.hpp"
#include "present.hpp"

namespace mealsync::tool {
namespace {

using reports::TableColumn;
using reports::TableHead;
using reports::TablePage;

constexpr std::size_t kinds = 3;  // of eligibility

/// Students of a school, on both sides.
struct Compared {
  std::uint64_t enrolled = 0, none = 0, in_file = 0;
  std::array<std::uint64_t, kinds> campus{}, file{};

  void add(std::optional<Eligibility> campus_status, std::optional<Eligibility> file_status) {
    ++enrolled;
    if (campus_status)
      ++campus[static_cast<std::size_t>(*campus_status)];
    else
      ++none;
    if (!file_status) return;
    ++in_file;
    ++file[static_cast<std::size_t>(*file_status)];
  }
};

/// Schools are those of somebody who is enrolled.
void note_nobody(const campus::DayChecks& checks, std::vector<std::string>& notes) {
  if (checks.schools().empty()) notes.emplace_back("No student is enrolled on this day.");
}

class ReconcileTable {
 public:
  explicit ReconcileTable(const ReportRequest& request)
      : request_(request), page_(request.path, request.format, columns()) {}

  void add(const std::string& number, const std::string& name, const Compared& compared) {
    std::vector<std::string> cells{number, name, text(compared.enrolled), text(compared.in_file)};
    std::string large;
    for (std::size_t i = 0; i < kinds; ++i) {
      const auto file = compared.file[i], campus = compared.campus[i];
      const auto difference = static_cast<std::int64_t>(file) - static_cast<std::int64_t>(campus);
      cells.insert(cells.end(), {text(file), text(campus), std::to_string(difference)});
      if (is_large(file, campus)) (large += large.empty() ? "" : " ") += CodeSet<Eligibility>::words[i];
    }
    cells.insert(cells.end(), {text(compared.none), large});
    put(cells);
  }
  /// What is compared with nothing: a row only where there is any.
  void add_apart(const char* name, std::uint64_t enrolled, std::uint64_t in_file) {
    if (enrolled + in_file == 0) return;
    std::vector<std::string> cells(columns().size());
    cells[1] = name;
    if (enrolled > 0) cells[2] = text(enrolled);
    if (in_file > 0) cells[3] = text(in_file);
    put(cells);
  }
  void write(const campus::DayChecks& checks) {
    std::vector<std::string> notes{
        "Students by their status on the day, in the POS file and in Campus. Large: more than " +
            std::to_string(request_.percent) + " % of the students in Campus, and at least " +
            std::to_string(request_.students) + ".",
        "Schools are in the order of their highest grade, high schools first."};
    note_nobody(checks, notes);
    page_.write({"POS file and Campus by school",
                 request_.of(),
                 {},
                 std::move(notes),
                 "There is nothing to compare."});
  }

 private:
  static std::string text(std::uint64_t number) { return std::to_string(number); }
  static std::vector<TableColumn> columns() {
    std::vector<TableColumn> columns{{"school_number"}, {"school"}, {"enrolled", true}, {"in_file", true}};
    for (const std::string kind : {"free", "reduced", "paid"})
      for (const char* side : {"_file", "_campus", "_difference"})
        columns.push_back({kind + side, true});
    columns.insert(columns.end(), {{"no_record", true}, {"large"}});
    return columns;
  }
  [[nodiscard]] bool is_large(std::uint64_t file, std::uint64_t campus) const {
    const auto difference = std::max(file, campus) - std::min(file, campus);
    return difference >= static_cast<std::uint64_t>(request_.students) &&
           100 * difference > static_cast<std::uint64_t>(request_.percent) * campus;
  }
  void put(const std::vector<std::string>& cells) {
    const std::vector<Text> views(cells.begin(), cells.end());
    page_.add(views);
  }

  const ReportRequest& request_;
  TablePage page_;
};

/// 0, or why the file could not be read: told.
int told(const Outcome& outcome) {
  std::cerr << run_ending_findings(outcome.findings) << findings_by_code(outcome.findings);
  return outcome.status == "unsuccessful" ? exit_failed
         : outcome.status == "refused"    ? exit_refused
                                          : exit_imported;
}

int refuse(const char* words) {
  std::cerr << "mealsync: " << words << "\n";
  return exit_usage;
}

template <class F>
int on_campus(const ReportRequest& request, F&& body) {
  try {
    campus::CampusStore store(request.campus, campus::Access::read_only);
    store.begin_read();
    const campus::DayChecks checks(store, request.year, request.day);
    const int code = body(checks);
    store.end_read();
    return code;
  } catch (const campus::StoreError& error) {
    std::cerr << "mealsync: Campus database '" << request.campus.string()
              << "' cannot be read: " << error.what() << "\n";
  } catch (const mealsync::detail::Failure& failure) {
    std::cerr << "mealsync: " << failure.message << "\n    " << failure.remedy << "\n";
  }
  return exit_failed;
}

}  // namespace

int write_reconcile(const Plan& reading, const ReportRequest& request) {
  auto file = count_file(reading, request.day);
  if (!file)
    return refuse(
        "before its merge the pipeline does not find out both person_id and eligibility: there is nothing to "
        "compare");
  if (const int code = told(file->outcome); code != exit_imported) return code;
  return on_campus(request, [&](const campus::DayChecks& checks) {
    ReconcileTable table(request);
    std::vector<Compared> schools(checks.schools().size());
    Compared district;
    std::uint64_t fed = 0, fed_in_file = 0;  // students at schools where all eat free
    checks.read_students([&](const campus::StudentOnDay& student) {
      std::optional<Eligibility> in_file;
      if (const auto at = file->students.find(student.person); at != file->students.end()) {
        in_file = at->second;
        file->students.erase(at);
      }
      if (campus::feeds_everybody(checks.schools()[student.school].provision)) {
        ++fed;
        if (in_file) ++fed_in_file;
        return;
      }
      schools[student.school].add(student.status, in_file);
      district.add(student.status, in_file);
    });
    for (std::size_t i = 0; i < schools.size(); ++i)
      if (schools[i].enrolled > 0)
        table.add(checks.schools()[i].number, checks.schools()[i].name, schools[i]);
    if (district.enrolled > 0) table.add("", "District", district);
    table.add_apart("At schools where all eat free", fed, fed_in_file);
    table.add_apart("In the file, not enrolled on the day", 0, file->students.size());
    table.add_apart("Records not valid on the day", 0, file->other_days);
    table.add_apart("Records rejected or skipped", 0, file->stopped);
    table.write(checks);
    return int{exit_imported};
  });
}

int write_missing_against(const Plan& reading, const ReportRequest& request) {
  const auto key = key_of(reading);
  if (!key)
    return refuse(
        "--against needs a pipeline that tells students apart by a column of the file: state_id, "
        "student_number or person_id");
  return on_campus(request, [&](const campus::DayChecks& checks) {
    const auto key_in_campus = [&key](const campus::StudentOnDay& student) {
      return *key == "state_id"         ? std::string(student.state_id)
             : *key == "student_number" ? std::string(student.student_number)
                                        : std::to_string(student.person);
    };
    const auto each_missing = [&checks](const auto& visit) {
      checks.read_missing([&](const campus::StudentOnDay& student) {
        if (!campus::feeds_everybody(checks.schools()[student.school].provision)) visit(student);
      });
    };
    std::set<std::string, std::less<>> wanted;
    each_missing([&](const campus::StudentOnDay& student) { wanted.insert(key_in_campus(student)); });
    const FileLines file = find_lines(reading, *key, request.day, [&](std::string_view sent) {
      return !sent.empty() && wanted.contains(sent);
    });
    if (const int code = told(file.outcome); code != exit_imported) return code;

    TablePage page(request.path, request.format,
                   {{"school_number"},
                    {"school"},
                    {"grade"},
                    {"state_id"},
                    {"student_number"},
                    {"line", true},
                    {"code_as_sent"},
                    {"status_in_file"},
                    {"finding"}},
                   {0, 1});
    const FileLine absent{0, {}, "not in the file", {}};
    each_missing([&](const campus::StudentOnDay& student) {
      const campus::SchoolOnDay& school = checks.schools()[student.school];
      const auto add = [&](const FileLine& line) {
        const std::string number = line.line == 0 ? "" : std::to_string(line.line);
        page.add(std::array<Text, 9>{school.number, school.name, student.grade, student.state_id,
                                     student.student_number, number, line.code, line.status, line.finding});
      };
      const auto at = file.by_key.find(key_in_campus(student));
      if (at == file.by_key.end()) return add(absent);
      for (const FileLine& line : at->second)
        add(line);
    });
    std::vector<std::string> notes{
        "A student with several lines in the file has a row for each. Schools are in the order of their "
        "highest grade, "
        "high schools first; those where all eat free are left out."};
    note_nobody(checks, notes);
    page.write({"Students without a meal record, and the POS file",
                request.of(),
                {},
                std::move(notes),
                "No student is without a meal record."});
    return int{exit_imported};
  });
}

}  // namespace mealsync::tool
