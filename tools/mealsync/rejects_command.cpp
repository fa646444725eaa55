#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <vector>

#include <finding/render.hpp>
#include <mealsync/context.hpp>

#include "commands.hpp"
#include "load_plan.hpp"
#include "logged_run.hpp"
#include "past_rules.hpp"
#include "present.hpp"
#include "private_file.hpp"
#include "record_starts.hpp"

namespace mealsync::tool {
namespace {

constexpr std::size_t most_shown = 20;  // of a cause, on a terminal

bool is_reject(const Finding& finding) {
  return finding.severity == Severity::error && Place{finding.place}.line() != 0;
}

std::string file_of(const RunRecord& record, const Finding& finding) {
  const std::size_t file = Place{finding.place}.file();
  return file < record.inputs.size() ? record.inputs[file].file : "";
}

/// Records that are rejected for the same reason, and are mended in the same way.
struct Cause {
  std::uint64_t count = 0;
  std::vector<std::string> first;  // of most_shown
};

bool print_by_cause(const LoggedRun& run, Findings& findings) {
  const RunRecord& record = run.record;
  std::map<std::pair<std::uint32_t, std::string>, Cause> causes;
  std::uint64_t records = 0, last = 0;
  const auto add = [&](const Finding& finding) {
    if (!is_reject(finding)) return;
    records += finding.place != last ? 1 : 0;
    last = finding.place;
    Cause& cause = causes[{finding.code, finding.remedy}];
    if (++cause.count > most_shown) return;
    const std::string file = record.inputs.size() > 1 ? file_of(record, finding) + ", " : "";
    cause.first.push_back(file + "line " + std::to_string(Place{finding.place}.line()) + ": " +
                          shown_message(finding));
  };
  if (!run.journal.each_finding(record.run, add, findings)) return false;

  std::cout << record.pipeline << ", run " << record.run << ": " << records
            << (records == 1 ? " record" : " records") << " rejected\n";
  for (const auto& [key, cause] : causes) {
    std::cout << "\n" << code_text(key.first) << "  " << cause.count << "  " << key.second << "\n";
    for (const std::string& each : cause.first)
      std::cout << "    " << each << "\n";
    if (cause.count > most_shown)
      std::cout << "    and " << cause.count - most_shown << " more: --output FILE has all of them\n";
  }
  return true;
}

std::string csv_cell(std::string_view cell) {
  std::string text = "\"";
  for (const char c : cell)
    text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text += '"';
}

bool write_list(const LoggedRun& run, std::ostream& out, Findings& findings) {
  out << "file,line,code,message,remedy\n";
  const auto add = [&](const Finding& finding) {
    if (is_reject(finding))
      out << csv_cell(file_of(run.record, finding)) << ',' << Place{finding.place}.line() << ','
          << code_text(finding.code) << ',' << csv_cell(shown_message(finding)) << ','
          << csv_cell(finding.remedy) << '\n';
  };
  return run.journal.each_finding(run.record.run, add, findings);
}

/// The lines of some records as they stand in a file, and before them those of its header.
void copy_records(const std::string& file, const RecordStarts& starts,
                  const std::vector<std::uint64_t>& wanted, bool with_header, std::ostream& out) {
  std::ifstream in(file, std::ios::binary);
  bool is_wanted = with_header;
  auto start = starts.lines.begin();
  std::string text;
  for (std::uint64_t line = 1; std::getline(in, text); ++line) {
    if (start != starts.lines.end() && *start == line) {
      is_wanted = std::binary_search(wanted.begin(), wanted.end(), line);
      ++start;
    }
    if (is_wanted) out << text << '\n';
  }
}

/// Where to read an input again: the copies that are named, and then where the run found it.
std::vector<std::string> places_of(const InputFile& input, const std::vector<std::string>& copies) {
  std::vector<std::string> places = copies;
  std::error_code none;
  if (!input.path.empty() && std::filesystem::is_regular_file(input.path, none)) places.push_back(input.path);
  return places;
}

/// The rejected records of every input, as they stand in the files that the run read.
bool write_whole(const LoggedRun& run, const Pipeline& pipeline, const std::vector<std::string>& copies,
                 Catalog& catalog, std::ostream& out, Findings& findings) {
  std::map<std::size_t, std::vector<std::uint64_t>> wanted;  // by input
  const auto add = [&](const Finding& finding) {
    if (is_reject(finding)) wanted[Place{finding.place}.file()].push_back(Place{finding.place}.line());
  };
  if (!run.journal.each_finding(run.record.run, add, findings)) return false;
  bool with_header = true;
  for (const auto& [position, lines] : wanted) {
    if (position >= run.record.inputs.size()) continue;
    const InputFile& input = run.record.inputs[position];
    const auto places = places_of(input, copies);
    bool is_found = false;
    for (auto place = places.begin(); place != places.end() && !is_found; ++place) {
      const auto starts = record_starts(pipeline, *place, catalog, findings);
      if (!starts) return false;
      is_found = starts->sha256 == input.sha256;
      if (is_found && starts->is_packed)
        findings.add<past_rules::input_packed>({}, input.file);
      else if (is_found)
        copy_records(*place, *starts, lines, with_header, out);
    }
    if (places.empty())
      findings.add<past_rules::input_elsewhere>({}, input.file);
    else if (!is_found)
      findings.add<past_rules::input_changed>({}, input.file);
    with_header = false;
  }
  return !findings.failed();
}

int exit_of(const Findings& findings) {
  const auto& all = findings.all();
  const bool is_refused = std::none_of(all.begin(), all.end(), [](const Finding& finding) {
    return finding.severity == Severity::error || finding.severity == Severity::fatal;
  });
  return tell(findings, is_refused ? exit_refused : exit_failed);
}

int write_file(const CommandLine& line, const LoggedRun& run, const Variables& variables) {
  const std::string path = line.text("output");
  PrivateFile file(path);
  Findings findings;
  if (line.has("whole")) {
    const auto operands = line.operands();
    Catalog catalog(plugin_folders(line.texts("plugins")));
    const auto pipeline =
        pipeline_of(run.record, operands.size() > 1 ? operands[1] : "", variables, findings);
    if (!pipeline || !write_whole(run, *pipeline, line.texts("input"), catalog, file.out(), findings))
      return exit_of(findings);
  } else if (!write_list(run, file.out(), findings)) {
    return exit_of(findings);
  }
  if (const auto fault = file.finish(line.has("replace"))) {
    findings.add<past_rules::cannot_write>({}, path, *fault);
    return exit_of(findings);
  }
  std::cout << path << ": written\n";
  return exit_imported;
}

}  // namespace

int rejects_command(const Arguments& arguments) {
  namespace po = boost::program_options;
  CommandLine line(
      "rejects RUN [P.xml]",
      "Lists the records that a run rejected, by cause, with line, code and what to do. Keys are masked.\n"
      "--output writes all of them to a file, which only its owner may read. With --whole these are the\n"
      "records themselves, as they stand in the input, with its header: correct them there, and import the\n"
      "file with the same pipeline: run --partial. For that the input must still be what the run read.");
  line.options()("output", po::value<std::string>()->value_name("FILE"), "write them to a file, as CSV")(
      "whole", "with --output: the records themselves, unmasked")(
      "input", po::value<std::vector<std::string>>()->value_name("FILE"),
      "with --whole: a copy of the input, where it is no longer where the run found it; may be given more "
      "than once")("replace", "with --output: take the place of a file that is there already");
  add_pipeline_options(line);
  add_state_option(line);
  if (const auto exit = line.parse(arguments)) return *exit;
  const auto operands = line.operands();
  if (operands.empty() || operands.size() > 2)
    return line.refuse("name one run, and no more than its pipeline");
  if (line.has("whole") && !line.has("output"))
    return line.refuse("--whole goes to a file: name it with --output");
  if (const auto fault = plugin_folder_fault(line)) return line.refuse(*fault);
  const auto variables = variables_from(line);
  if (!variables) return line.refuse("--set takes NAME=VALUE");

  int exit = exit_imported;
  const auto run = logged_run(line, operands[0], exit);
  if (!run) return exit;
  if (line.has("output")) return write_file(line, *run, *variables);
  Findings findings;
  return print_by_cause(*run, findings) ? exit_imported : exit_of(findings);
}

}  // namespace mealsync::tool
