// The import report as a workbook for a spreadsheet program (XLSX).
//
// A sheet for each of what people look at apart: the run and its counts, schools, codes, messages, and the records. The
// sheets of records and messages are not there in a summary.
#include <array>
#include <span>
#include <string>
#include <vector>

#include <mealsync/sdk.hpp>
#include <reports/counts.hpp>
#include <reports/gathered.hpp>
#include <reports/options.hpp>
#include <reports/report_file.hpp>
#include <reports/schools.hpp>
#include <reports/workbook.hpp>

namespace {

using namespace mealsync;
using namespace mealsync::reports;

constexpr std::array<SheetColumn, 3> of_run{{{"About", 10}, {"Item", 24}, {"Value", 70}}};
constexpr std::array<SheetColumn, 10> of_schools{{{"School", 20},
                                                  {"Students", 12},
                                                  {"Free before", 14},
                                                  {"Free after", 14},
                                                  {"Reduced before", 14},
                                                  {"Reduced after", 14},
                                                  {"Paid before", 14},
                                                  {"Paid after", 14},
                                                  {"None before", 14},
                                                  {"None after", 14}}};
constexpr std::array<SheetColumn, 4> of_codes{
    {{"Code", 10}, {"Severity", 10}, {"Count", 10}, {"What to do", 100}}};
constexpr std::array<SheetColumn, 5> of_messages{
    {{"File", 24}, {"Line", 10}, {"Severity", 10}, {"Code", 10}, {"Message", 100}}};

std::vector<SheetColumn> of_records(std::span<const Heading> headings) {
  std::vector<SheetColumn> columns;
  for (const Heading& heading : headings)
    columns.push_back({heading.title, heading.is_ours ? 16 : 28});
  return columns;
}

class XlsxReport {
 public:
  static constexpr auto name = "xlsx_report";
  static constexpr auto summary = "Writes the import report as a workbook for a spreadsheet (XLSX).";
  static constexpr auto rules = report_rules;

  using Options = ReportOptions;
  using Ports = RecordAndSchoolPorts;

  XlsxReport(const Options& options, const Ports& ports, const Run& run)
      : run_(run),
        options_(options),
        file_(options.path),
        gathered_(options, ports.records, run.school_year,
                  [this](Section section, std::span<const Text> cells) {
                    (section == Section::updated ? updated_ : existing_)->add(cells);
                  }),
        schools_(ports.schools),
        book_(file_),
        about_(&book_.add("Run", of_run)) {
    if (ports.schools.is_told()) by_school_ = &book_.add("By school", of_schools);
    codes_ = &book_.add("Codes", of_codes);
    if (options.has_messages()) messages_ = &book_.add("Messages", of_messages);
    if (!options.has_records()) return;
    updated_ = &book_.add("Updated records", of_records(gathered_.headings(Section::updated)));
    existing_ = &book_.add("Existing records", of_records(gathered_.headings(Section::existing)));
  }

  void write(Row row, Context&) {
    gathered_.add(row);
    schools_.add(row);
  }
  void found(const Found& finding, Context&) { gathered_.add(finding); }

  void conclude(const Summary& outcome, Context&) {
    gathered_.end_of_rows();
    schools_.end_of_rows();
    write_run(outcome);
    write_counts(outcome);
    write_schools();
    for (const auto& [code, found] : gathered_.codes()) {
      const std::string number = code_text(code);
      codes_->add(Cells{number, to_text(found.severity), found.count, found.remedy});
    }
    if (messages_ != nullptr) write_messages(outcome);
    book_.finish();
  }

 private:
  using Cells = std::vector<Cell>;

  void tell(Text about, Text item, Cell value) { about_->add(Cells{about, item, value}); }

  void write_run(const Summary& outcome) {
    const auto tell_of_run = [this](Text item, Text value) { tell("run", item, value); };
    if (run_.test) tell_of_run("banner", test_banner);
    tell_of_run("pipeline", run_.pipeline);
    tell_of_run("district", run_.district);
    tell_of_run("school year", to_text(run_.school_year));
    tell_of_run("run", run_.name);
    tell_of_run("as of", to_text(run_.as_of));
    tell_of_run("profile", spell(options_.profile));
    tell_of_run("committed", outcome.committed() ? "yes" : "no");
    tell_of_run("status", outcome.status());
    tell_of_run("reason", gathered_.reason(outcome));
    tell_of_run("started at", run_.started_at);
    tell_of_run("finished at", outcome.finished_at());
    for (const ms_input& input : outcome.inputs()) {
      tell("input", "file", text_of(input.file));
      tell("input", "bytes", input.bytes);
      tell("input", "SHA-256", text_of(input.sha256));
    }
  }
  void write_counts(const Summary& outcome) {
    const Counts counts(outcome, options_.profile, gathered_.errors_and_warnings());
    for (const Tile& tile : counts.tiles)
      tell("summary", tile.title, tile.value);
    for (const Text counter : run_counts)
      tell("count", counter, counter == "skipped" ? counts.all_skipped : outcome.count(counter));
    for (const Counted& skipped : counts.skipped)
      tell("count", "skipped: " + skipped.name, skipped.value);
    for (const Counted& other : counts.others)
      tell("count", other.name, other.value);
  }
  void write_schools() {
    if (by_school_ == nullptr) return;
    for (const auto& [school, counts] : schools_.by_size()) {
      Cells cells{school.empty() ? Text("No school known") : school, counts.students()};
      for (std::size_t i = 0; i < meal_titles.size(); ++i)
        cells.insert(cells.end(), {counts.before[i], counts.after[i]});
      by_school_->add(cells);
    }
  }
  void write_messages(const Summary& outcome) {
    gathered_.each_message(outcome.inputs(), [&](const Message& message) {
      messages_->add(std::array<Cell, 5>{message.file, message.line == 0 ? Cell() : message.line,
                                         message.severity, message.code, message.words});
    });
  }

  Run run_;
  ReportOptions options_;
  ReportFile file_;
  Gathered gathered_;
  Schools schools_;
  Workbook book_;
  Sheet* about_;  // the workbook's, as all of them; not there where there is nothing to tell
  Sheet *by_school_ = nullptr, *codes_ = nullptr, *messages_ = nullptr;
  Sheet *updated_ = nullptr, *existing_ = nullptr;
};

}  // namespace

MEALSYNC_PLUGIN(XlsxReport);
