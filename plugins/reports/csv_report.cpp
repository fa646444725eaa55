// The import report as one table for a spreadsheet program.
//
// One table, because a spreadsheet sorts and filters one: the column `section` says what a row is. Sections and
// columns have the names that json_report gives them. Of the columns only those are there that the profile fills.
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <mealsync/sdk.hpp>
#include <reports/counts.hpp>
#include <reports/csv_row.hpp>
#include <reports/gathered.hpp>
#include <reports/held_text.hpp>
#include <reports/options.hpp>
#include <reports/report_file.hpp>

namespace {

using namespace mealsync;
using namespace mealsync::reports;

std::vector<Text> columns_of(const ReportOptions& options, std::span<const Heading> headings) {
  std::vector<Text> columns{"section", "item", "value", "file"};
  if (options.has_messages()) columns.push_back("line");
  columns.insert(columns.end(), {"severity", "code"});
  if (options.has_messages()) columns.push_back("message");
  columns.push_back("remedy");
  if (options.has_records())
    for (const Heading& heading : headings)
      columns.push_back(heading.member);
  return columns;
}

std::vector<CsvColumn> record_columns(std::span<const Heading> headings) {
  std::vector<CsvColumn> columns{{"section", true}};
  for (const Heading& heading : headings)
    columns.push_back({heading.member, heading.is_ours});
  return columns;
}

/// A list of records, as it stands in the table.
class RecordRows {
 public:
  RecordRows(std::span<const Text> columns, Text section, std::span<const Heading> headings)
      : row_(columns, record_columns(headings)), section_(section) {}

  void add(std::span<const Text> cells) { row_.append_to(rows_.end(), std::span(&section_, 1), cells); }
  void write_to(ReportFile& file) {
    rows_.take_pieces([&](Text rows) { file.write(rows); });
  }

 private:
  CsvRow row_;
  Text section_;
  HeldText rows_;
};

class CsvReport {
 public:
  static constexpr auto name = "csv_report";
  static constexpr auto summary = "Writes the import report as one table for a spreadsheet (CSV).";
  static constexpr auto rules = report_rules;

  using Options = ReportOptions;
  using Ports = ReportPorts;

  CsvReport(const Options& options, const Ports& ports, const Run& run)
      : run_(run),
        options_(options),
        file_(options.path),
        gathered_(options, ports, run.school_year,
                  [this](Section section, std::span<const Text> cells) {
                    (section == Section::updated ? updated_ : existing_).add(cells);
                  }),
        columns_(columns_of(options, gathered_.headings())),
        updated_(columns_, "updated", gathered_.headings(Section::updated)),
        existing_(columns_, "existing", gathered_.headings(Section::existing)),
        items_(columns_, std::array<CsvColumn, 4>{{{"section", true}, {"item"}, {"value"}, {"file"}}}),
        messages_(columns_, std::array<CsvColumn, 6>{{{"section", true},
                                                      {"file"},
                                                      {"line", true},
                                                      {"severity", true},
                                                      {"code", true},
                                                      {"message"}}}),
        codes_(columns_, std::array<CsvColumn, 6>{{{"section", true},
                                                   {"item", true},
                                                   {"value", true},
                                                   {"severity", true},
                                                   {"code", true},
                                                   {"remedy"}}}) {}

  void write(Row row, Context&) { gathered_.add(row); }
  void found(const Found& finding, Context&) { gathered_.add(finding); }

  void conclude(const Summary& outcome, Context&) {
    gathered_.end_of_rows();
    write_header();
    write_title(outcome);
    write_counts(outcome);
    updated_.write_to(file_);
    if (options_.has_messages()) write_messages(outcome);
    existing_.write_to(file_);
    write_codes();
    file_.finish();
  }

 private:
  void write_header() {
    file_.write(byte_order_mark);
    std::vector<CsvColumn> all;
    for (const Text column : columns_)
      all.push_back({column, true});
    write_row(CsvRow(columns_, all), columns_);
  }
  void write_title(const Summary& outcome) {
    const auto row = [&](Text item, Text value) { item_row("run", item, value); };
    if (run_.test) row("banner", test_banner);
    row("pipeline", run_.pipeline);
    row("district", run_.district);
    row("school_year", to_text(run_.school_year));
    row("run", run_.name);
    row("as_of", to_text(run_.as_of));
    row("profile", spell(options_.profile));
    row("test", run_.test ? "yes" : "no");
    row("committed", outcome.committed() ? "yes" : "no");
    row("status", outcome.status());
    row("reason", gathered_.reason(outcome));
    row("started_at", run_.started_at);
    row("finished_at", outcome.finished_at());
    for (const ms_input& input : outcome.inputs()) {
      item_row("input", "bytes", std::to_string(input.bytes), text_of(input.file));
      item_row("input", "sha256", text_of(input.sha256), text_of(input.file));
    }
  }
  void write_counts(const Summary& outcome) {
    const Counts counts(outcome, options_.profile, gathered_.errors_and_warnings());
    for (const Tile& tile : counts.tiles)
      item_row("summary", tile.member, std::to_string(tile.value));
    for (const Text counter : run_counts)
      if (counter != "skipped") item_row("count", counter, std::to_string(outcome.count(counter)));
    for (const Counted& skipped : counts.skipped)
      item_row("count", "skipped." + skipped.name, std::to_string(skipped.value));
    for (const Counted& other : counts.others)
      item_row("count", other.name, std::to_string(other.value));
  }
  void write_messages(const Summary& outcome) {
    gathered_.each_message(outcome.inputs(), [&](const Message& message) {
      const std::string line = message.line == 0 ? "" : std::to_string(message.line);
      write_row(messages_, std::array<Text, 6>{"message", message.file, line, message.severity, message.code,
                                               message.words});
    });
  }
  void write_codes() {
    for (const auto& [code, found] : gathered_.codes())
      write_row(codes_, std::array<Text, 6>{"code", "count", std::to_string(found.count),
                                            to_text(found.severity), code_text(code), found.remedy});
  }

  void item_row(Text section, Text item, Text value, Text file = {}) {
    write_row(items_, std::array<Text, 4>{section, item, value, file});
  }
  void write_row(const CsvRow& row, std::span<const Text> cells) {
    row_.clear();
    row.append_to(row_, cells);
    file_.write(row_);
  }

  Run run_;
  ReportOptions options_;
  ReportFile file_;
  Gathered gathered_;
  std::vector<Text> columns_;
  RecordRows updated_, existing_;
  CsvRow items_, messages_, codes_;
  std::string row_;  // the one that is being written
};

}  // namespace

MEALSYNC_PLUGIN(CsvReport);
