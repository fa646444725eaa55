#include <stdlib.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <engine/run.hpp>
#include <finding/render.hpp>

#include "clock.hpp"
#include "commands.hpp"
#include "compare_reports.hpp"
#include "load_plan.hpp"
#include "pos_file.hpp"
#include "present.hpp"
#include "report_request.hpp"

namespace mealsync::tool {
namespace {

namespace fs = std::filesystem;

constexpr const char* about =
    "Counts what Campus has, and compares it with the POS file.\n\n"
    "  eligibility  Free, Reduced and Paid by school, as records and as students\n"
    "               mealsync report eligibility --campus campus.db --school-year 2016-17 --as-of 2016-10-03\n"
    "  missing      students without a record, by school and district; with --against FILE what that\n"
    "               POS file says of each of them, read as the pipeline reads it\n"
    "               mealsync report missing pos.xml --against IC_Eligibility.txt\n"
    "  transposed   records whose dates lie outside their school year\n"
    "               mealsync report transposed pos.xml --format csv --output transposed.csv\n"
    "  reconcile    students by status in the pipeline's POS file and in Campus, by school; large\n"
    "               differences are named\n"
    "               mealsync report reconcile pos.xml --format html --output reconcile.html\n\n"
    "With P.xml, database and school year are the pipeline's. Nothing is imported and nothing is logged. A "
    "report\n"
    "has students' keys: it is for those who may see a child's meal status, and a file is its owner's "
    "alone.\n"
    "Exit codes: 0 written, also where differences were found or nothing was; 2 usage or pipeline file "
    "wrong;\n"
    "3 database or file cannot be read, or the report not be written; 4 the pipeline refuses its file.";

/// Where the report is written: the file that was asked for, or one that is printed and gone.
class Place {
 public:
  explicit Place(const CommandLine& line) {
    if (line.has("output")) {
      path_ = line.text("output");
      return;
    }
    std::error_code none;
    folder_ = (fs::temp_directory_path(none) / "mealsync-report-XXXXXX").string();
    // Where it cannot be made the report cannot be written, and that is told.
    static_cast<void>(mkdtemp(folder_.data()));
    path_ = folder_ + "/report";
  }
  ~Place() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  [[nodiscard]] std::string path() const { return fs::absolute(path_).string(); }
  void print() const {
    if (!folder_.empty()) std::cout << std::ifstream(path_, std::ios::binary).rdbuf();
  }

 private:
  std::string folder_;  // of the one that is printed
  std::string path_;
};

int tell(const Findings& findings) {
  for (const Finding& finding : findings.all())
    std::cerr << render(finding) << "\n    " << finding.remedy << "\n";
  return exit_usage;
}

/// One of pipelines/reports: of what is installed, or else of the tree that the program was built in.
fs::path ready_pipeline(const std::string& report) {
  std::error_code none;
  const fs::path program = fs::read_symlink("/proc/self/exe", none).parent_path();
  const fs::path installed = (program / MEALSYNC_INSTALLED_PIPELINES).lexically_normal();
  const fs::path pipelines =
      fs::exists(installed, none) ? installed : (program / "../pipelines").lexically_normal();
  return pipelines / "reports" / (report + ".xml");
}

/// The value of a setting of the first stage that has it.
const Setting* find_setting(const Plan& plan, std::string_view name) {
  for (const PlannedStage& planned : plan.stages)
    for (const Setting& setting : planned.settings)
      if (setting.name == name && !setting.value.empty()) return &setting;
  return nullptr;
}

class Report {
 public:
  Report(const CommandLine& line, std::string what) : line_(line), what_(std::move(what)) {}

  int write() {
    check_options();
    if (!faults_.empty()) return refuse();
    Findings findings;
    Catalog catalog(plugin_folders(line_.texts("plugins")));
    std::optional<Plan> plan;
    if (has_pipeline()) {
      plan = plan_of(catalog, findings);
      if (!plan || findings.failed()) return tell(findings);
      take_from(*plan);
    }
    check_day();
    if (!faults_.empty()) return refuse();

    const Place place(line_);
    request_.path = place.path();
    const int code = what_ == "reconcile"   ? write_reconcile(reading_part(*std::move(plan)), request_)
                     : line_.has("against") ? write_missing_against(reading_part(*std::move(plan)), request_)
                                            : run_ready(catalog);
    if (code == exit_imported) place.print();
    return code;
  }

 private:
  [[nodiscard]] bool has_pipeline() const { return line_.operands().size() > 1; }
  int refuse() const {
    std::string words;
    for (const std::string& fault : faults_)
      words += (words.empty() ? "" : "\nmealsync: ") + fault;
    return line_.refuse(words);
  }

  void check_options() {
    constexpr std::array<std::string_view, 4> reports{"eligibility", "missing", "transposed", "reconcile"};
    const auto object = [this](bool is_so, const char* words) {
      if (is_so) faults_.emplace_back(words);
    };
    object(std::find(reports.begin(), reports.end(), what_) == reports.end(),
           "name a report: eligibility, missing, transposed or reconcile");
    object(line_.operands().size() > 2, "name one pipeline file");
    object(what_ == "reconcile" && !has_pipeline(),
           "reconcile needs a pipeline file, to read the POS file with");
    object(line_.has("against") && what_ != "missing", "--against goes with missing");
    object(line_.has("against") && !has_pipeline(), "--against needs a pipeline file, to read FILE with");
    object(line_.has("school-year") && has_pipeline(), "--school-year is the pipeline's: leave it away");
    if (!has_pipeline()) {
      object(!line_.has("campus"), "without a pipeline file, name the database with --campus");
      object(!line_.has("school-year"), "without a pipeline file, name the year with --school-year");
    }
    if (line_.has("school-year")) {
      const auto year = SchoolYear::read(line_.text("school-year"));
      object(!year, "--school-year takes a year like 2016-17");
      request_.year = year.value_or(SchoolYear{});
    }
    const auto day = as_of_day(line_);
    object(!day, "--as-of takes a date like 2016-09-06");
    request_.day = day.value_or(Date{});
    const auto format = parse<reports::TableFormat>(line_.text("format"));
    object(!format, "--format is text, csv, html or json");
    request_.format = format.value_or(reports::TableFormat::text);
    request_.percent = line_.number("percent");
    request_.students = line_.number("students");
    object(request_.percent < 0 || request_.percent > 100, "--percent is from 0 to 100");
    object(request_.students < 1, "--students is 1 or more");
    const auto variables = variables_from(line_);
    object(!variables, "--set takes NAME=VALUE");
    variables_ = variables.value_or(Variables{});
    if (line_.has("campus")) request_.campus = line_.text("campus");
    if (const auto fault = plugin_folder_fault(line_)) faults_.push_back(*fault);
  }

  /// Counts on a day of another year would be of nobody.
  void check_day() {
    if (request_.campus.empty())
      faults_.emplace_back("no stage of the pipeline names a database: name it with --campus");
    if (what_ != "transposed" && !request_.year.holds(request_.day))
      faults_.push_back(to_text(request_.day) + " is no day of school year " + to_text(request_.year) +
                        ": name one with --as-of");
  }

  std::optional<Plan> plan_of(Catalog& catalog, Findings& findings) const {
    auto pipeline = read_pipeline(line_.operands()[1], variables_, findings);
    if (!pipeline) return std::nullopt;
    if (line_.has("against"))
      for (StageSpec& stage : pipeline->stages)
        if (stage.role == Role::source) {
          stage.plugin = "local_file";
          stage.settings = {{"path", fs::absolute(line_.text("against")).string(), stage.at, {}}};
        }
    return make_plan(*std::move(pipeline), catalog, findings);
  }

  void take_from(const Plan& plan) {
    request_.year = plan.pipeline.school_year;
    request_.district = plan.pipeline.district;
    const Setting* const database = find_setting(plan, "database");
    if (request_.campus.empty() && database != nullptr)
      request_.campus = fs::absolute(database->folder / database->value).lexically_normal();
    if (const Setting* const expiration = find_setting(plan, "default_expiration"))
      request_.expiration = date_from_iso(expiration->value);
  }

  int run_ready(Catalog& catalog) const {
    Findings findings;
    auto pipeline = read_pipeline(ready_pipeline(what_),
                                  {{{"campus", fs::absolute(request_.campus).string()},
                                    {"district", request_.district},
                                    {"school_year", to_text(request_.year)},
                                    {"format", std::string(spell(request_.format))},
                                    {"output", request_.path}},
                                   {}},
                                  findings);
    if (!pipeline) return tell(findings);
    if (what_ == "transposed" && request_.expiration)
      pipeline->stages.front().settings.push_back({"expiration", to_text(*request_.expiration), {}, {}});
    const Plan plan = make_plan(*std::move(pipeline), catalog, findings);
    if (findings.failed()) return tell(findings);
    const Outcome outcome =
        run_pipeline(plan, {"report", request_.day, false, utc_now(), utc_now, {}, {}, {}});
    std::cerr << run_ending_findings(outcome.findings) << findings_by_code(outcome.findings);
    if (outcome.status == "refused") return exit_refused;
    return outcome.findings.run_ending().empty() ? exit_imported : exit_failed;
  }

  const CommandLine& line_;
  std::string what_;
  ReportRequest request_;
  Variables variables_;
  std::vector<std::string> faults_;
};

}  // namespace

int report_command(const Arguments& arguments) {
  namespace po = boost::program_options;
  CommandLine line("report eligibility|missing|transposed|reconcile [P.xml]", about);
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  line.options()("campus", text("DB"), "the Campus database (default: the pipeline's)")(
      "school-year", text("YEAR"), "the school year, like 2016-17, where there is no pipeline")(
      "against", text("FILE"), "missing: look each student up in this POS file")(
      "percent", po::value<int>()->default_value(5)->value_name("N"),
      "reconcile: a difference is large from more than this share of a school's students of one status on, "
      "…")("students", po::value<int>()->default_value(5)->value_name("N"),
           "… and from this many students on")("format", text("text|csv|html|json")->default_value("text"),
                                               "how to write the report")(
      "output", text("FILE"), "write it to a file, for its owner alone (default: standard output)");
  add_as_of_option(line, "the day that counts, like 2016-10-03 (default: today)");
  add_pipeline_options(line);
  if (const auto exit = line.parse(arguments)) return *exit;
  if (line.operands().empty())
    return line.refuse("name a report: eligibility, missing, transposed or reconcile");
  return Report(line, line.operands()[0]).write();
}

}  // namespace mealsync::tool
