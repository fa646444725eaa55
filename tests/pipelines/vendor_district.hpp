// pipelines/vendor_district.hpp -- the invented students of pipelines/vendors, and one of its layouts to import.
#pragma once

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "district.hpp"

namespace mealsync::testing {

/// A layout of pipelines/vendors: its folder, its sample, and the day on which the sample is imported.
struct Layout {
  std::string name;
  std::string sample;
  std::string as_of;

  [[nodiscard]] std::filesystem::path folder() const {
    return std::filesystem::path(MEALSYNC_PIPELINES) / "vendors" / name;
  }
  [[nodiscard]] std::filesystem::path pipeline() const { return folder() / "pipeline.xml"; }
  [[nodiscard]] std::string bytes() const { return bytes_of(folder() / sample); }
};

inline std::ostream& operator<<(std::ostream& out, const Layout& layout) {
  return out << layout.name;
}

inline const std::vector<Layout> vendor_layouts{
    {"ar_eschool", "meal_status.csv", "2023-10-06"},
    {"ascender_cafimp", "CAFIMP.txt", "2024-10-04"},
    {"commalex", "commalex.csv", "2016-09-06"},
    {"genesis_default", "LunchStatus.csv", "2016-10-06"},
    {"ic_generic", "IC_Eligibility.txt", "2016-10-06"},
    {"mealsplus_num", "mealsplus.csv", "2024-10-04"},
    {"mealtime_tab", "customers.txt", "2024-10-04"},
    {"payschools", "LunchStatus.csv", "2016-10-06"},
    {"titan_elig", "EligibilityStatus.csv", "2016-10-06"},
};

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    lines.push_back(line);
  return lines;
}

/// "- " or "+ " and the record, in the order of the students.
inline std::string changes(const std::string& before, const std::string& after) {
  const auto old_lines = lines_of(before), new_lines = lines_of(after);
  const std::set<std::string> old_set(old_lines.begin(), old_lines.end()),
      new_set(new_lines.begin(), new_lines.end());
  std::string all;
  for (const std::string& line : old_lines)
    if (!new_set.contains(line)) all += "- " + line + "\n";
  for (const std::string& line : new_lines)
    if (!old_set.contains(line)) all += "+ " + line + "\n";
  return all;
}

/// A Campus database of those students, in a folder that goes away.
class VendorDistrict {
 public:
  explicit VendorDistrict(const std::string& students = "campus.sql") {
    EXPECT_EQ(run_program(folder_, {"campus", "init", "campus.db"}).exit, 0);
    sql(folder_ / "campus.db", bytes_of(MEALSYNC_PIPELINES "/vendors/" + students));
  }

  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }

  /// Imports `pos`, a file in the folder; what the run answered, without what differs from run to run.
  [[nodiscard]] Json import(const std::filesystem::path& pipeline, const std::string& pos,
                            const std::string& as_of, std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--set", "pos=" + pos});
    return import(pipeline, as_of, more);
  }
  /// The same of a pipeline that finds its files itself.
  [[nodiscard]] Json import(const std::filesystem::path& pipeline, const std::string& as_of,
                            const std::vector<std::string>& more) const {
    std::vector<std::string> arguments{"run",     pipeline.string(), "--as-of",  as_of,
                                       "--state", "state",           "--set",    "campus=campus.db",
                                       "--set",   "reports=reports", "--format", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = run_program(folder_, arguments);
    if (ran.out.empty()) throw std::runtime_error(ran.err);
    Json answer = Json::parse(ran.out);
    for (const char* passing : {"run", "seconds", "reports", "input", "pipeline", "district"})
      answer.erase(passing);
    return answer;
  }

  /// All meal records: student number, eligibility, source, type, days.
  [[nodiscard]] std::string meals() const {
    return sql(folder_ / "campus.db",
               "SELECT studentNumber || ' ' || eligibility || '/' || source || ' ' || type || ' ' || "
               "substr(startDate, 1, 10) || '..' || coalesce(substr(endDate, 1, 10), '') || iif(extended, ' "
               "extended', '') FROM POSEligibility "
               "JOIN Person USING (personID) ORDER BY personID, startDate");
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace mealsync::testing
