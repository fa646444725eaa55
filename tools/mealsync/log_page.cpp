#include "log_page.hpp"

#include <filesystem>
#include <functional>
#include <iomanip>
#include <map>
#include <sstream>
#include <tuple>

#include <finding/render.hpp>

#include "present.hpp"

namespace mealsync::tool {
namespace {

constexpr std::size_t shown_of_a_code = 20;

void add_findings(std::ostream& page, const std::vector<Finding>& findings) {
  std::map<std::tuple<Severity, std::uint32_t, std::string>, std::vector<const Finding*>, std::greater<>>
      groups;
  for (const Finding& finding : findings)
    groups[{finding.severity, finding.code, finding.remedy}].push_back(&finding);
  for (const auto& [key, group] : groups) {
    const auto& [severity, code, remedy] = key;
    std::uint64_t count = 0;
    for (const Finding* finding : group)
      count += finding->count;
    page << "  " << code_text(code) << " " << to_text(severity) << ", " << count
         << (count == 1 ? " time: " : " times: ") << remedy << "\n";
    for (std::size_t i = 0; i < group.size() && i < shown_of_a_code; ++i)
      page << "    " << render(*group[i]) << "\n";
    if (group.size() > shown_of_a_code)
      page << "    and " << group.size() - shown_of_a_code << " more: --format json has all of them\n";
  }
}

bool is_there(const std::string& path) {
  std::error_code fault;
  return std::filesystem::exists(path, fault);
}

}  // namespace

std::string log_line(const RunRecord& record) {
  std::ostringstream line;
  line << record.started_at << "  " << std::left << std::setw(12) << record.status << "  " << std::setw(24)
       << record.pipeline << std::right << "  " << std::setw(6) << count_of(record, "errors") << " errors  "
       << std::setw(6) << count_of(record, "warnings") << " warnings  " << record.run
       << (record.test ? "  test" : "") << (is_undo(record) ? "  undo" : "") << "\n";
  return line.str();
}

std::string log_page(const RunRecord& record) {
  std::ostringstream page;
  page << log_line(record) << "  by " << record.user << ", as of " << record.as_of << ", school year "
       << record.school_year << "\n";
  if (!record.reason.empty()) page << "  " << record.reason << "\n";
  if (!record.token.empty()) page << "  can be let through, once, with --accept " << record.token << "\n";
  if (record.accepted)
    page << "  let through by " << record.accepted->user << " at " << record.accepted->accepted_at
         << ", with the token " << record.accepted->token << "\n";
  for (const InputFile& input : record.inputs)
    page << "  read " << input.file << ", " << input.bytes << " bytes, SHA-256 " << input.sha256 << "\n";
  for (const std::string& report : record.reports)
    page << "  report " << report << (is_there(report) ? "\n" : ", which is no longer there\n");
  for (const auto& [name, version] : record.plugins)
    page << "  with " << name << " " << version << "\n";
  for (const auto& [name, value] : record.counts)
    page << "  " << std::setw(8) << value << " " << name << "\n";
  add_findings(page, record.findings);
  return page.str();
}

}  // namespace mealsync::tool
