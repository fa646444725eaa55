#include <iomanip>
#include <iostream>

#include <finding/render.hpp>
#include <journal/journal.hpp>

#include "commands.hpp"
#include "load_plan.hpp"
#include "present.hpp"

namespace mealsync::tool {
namespace {

int told(const Findings& findings) {
  for (const Finding& finding : findings.all())
    std::cerr << render(finding) << "\n    " << finding.remedy << "\n";
  return exit_failed;
}

/// "Successful" may hold rejected records, so a line shows their number, too.
void print_line(const RunRecord& record) {
  std::cout << record.started_at << "  " << std::left << std::setw(12) << record.status << "  "
            << std::setw(24) << record.pipeline << std::right << "  " << std::setw(6)
            << count_of(record, "errors") << " errors  " << std::setw(6) << count_of(record, "warnings")
            << " warnings  " << record.run << (record.test ? "  test" : "") << "\n";
}

void print_whole(const RunRecord& record) {
  print_line(record);
  std::cout << "  by " << record.user << ", as of " << record.as_of << ", school year " << record.school_year
            << "\n";
  if (!record.reason.empty()) std::cout << "  " << record.reason << "\n";
  for (const InputFile& input : record.inputs)
    std::cout << "  read " << input.file << ", " << input.bytes << " bytes, SHA-256 " << input.sha256 << "\n";
  for (const auto& [name, value] : record.counts)
    std::cout << "  " << std::setw(8) << value << " " << name << "\n";
  for (const Finding& finding : record.findings)
    std::cout << "  " << render(finding) << "\n";
}

int list(const Journal& journal, const std::string& pipeline, bool is_json) {
  Findings findings;
  const auto records = journal.list(pipeline, findings);
  if (!records) return told(findings);
  for (const RunRecord& record : *records) {
    if (is_json)
      std::cout << record_json(record) << "\n";
    else
      print_line(record);
  }
  return exit_imported;
}

int show(const Journal& journal, const std::string& run, bool is_json) {
  Findings findings;
  const auto record = journal.show(run, findings);
  if (findings.failed()) return told(findings);
  if (!record) {
    std::cerr << "mealsync: the log has no run '" << run << "'\n";
    return exit_usage;
  }
  if (is_json)
    std::cout << whole_record_json(*record) << "\n";
  else
    print_whole(*record);
  return exit_imported;
}

int clear(Journal& journal, const std::string& pipeline) {
  Findings findings;
  const auto cleared = journal.clear(pipeline, findings);
  if (!cleared) return told(findings);
  std::cout << *cleared << " entries cleared\n";
  return exit_imported;
}

}  // namespace

int log_command(const Arguments& arguments) {
  namespace po = boost::program_options;
  CommandLine line(
      "log [NAME] | log show RUN | log clear [NAME]",
      "Lists the runs of a pipeline, or of all, newest first; shows one with its counts and findings;\n"
      "or clears the entries of a pipeline, or all. Keys of students are masked.");
  line.options()("format", po::value<std::string>()->default_value("text")->value_name("text|json"),
                 "how to print the answer");
  add_state_option(line);
  if (const auto exit = line.parse(arguments)) return *exit;
  const std::string format = line.text("format");
  if (format != "text" && format != "json") return line.refuse("--format is text or json");

  auto operands = line.operands();
  const std::string verb =
      !operands.empty() && (operands[0] == "show" || operands[0] == "clear") ? operands[0] : "";
  if (!verb.empty()) operands.erase(operands.begin());
  if (operands.size() > 1) return line.refuse("name one pipeline or run");
  if (verb == "show" && operands.empty()) return line.refuse("name the run");
  const std::string name = operands.empty() ? "" : operands[0];

  Findings findings;
  auto journal = Journal::open(state_folder(line), findings);
  if (!journal) return told(findings);
  if (verb == "show") return show(*journal, name, format == "json");
  if (verb == "clear") return clear(*journal, name);
  return list(*journal, name, format == "json");
}

}  // namespace mealsync::tool
