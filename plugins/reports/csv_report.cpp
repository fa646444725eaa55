// The import report as one table for a spreadsheet program.
//
// One table, because a spreadsheet sorts and filters one: the column `section` says what a row is. Sections and
// columns have the names that json_report gives them. Of the columns only those are there that the profile fills.
// Source   The format: RFC 4180. The byte order mark: without it spreadsheet programs read UTF-8 as a local
//          code page. Cells that would be run as formulas: OWASP, "CSV Injection".
#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <mealsync/sdk.hpp>
#include <reports/counts.hpp>
#include <reports/gathered.hpp>
#include <reports/options.hpp>
#include <reports/report_file.hpp>
#include <reports/table.hpp>

namespace {

using namespace mealsync;
using namespace mealsync::reports;

constexpr Text byte_order_mark = "\xEF\xBB\xBF";
constexpr Text row_end = "\r\n";

/// A cell, with the column it belongs to.
struct Cell {
  Text column;
  Text text;
};

bool would_be_formula(Text text) {
  const auto first = text.find_first_not_of(' ');
  return first != Text::npos && Text("=+-@").find(text[first]) != Text::npos;
}

// An ID is text: read as a number it would lose its leading zeros.
bool would_be_number(const Cell& cell) {
  return cell.column == "state_id" && !cell.text.empty() && cell.text[0] >= '0' && cell.text[0] <= '9';
}

/// The cell as it stands in the file. No cell has a tab or a line's end, once it is clean.
std::string written(const Cell& cell) {
  std::string text = clean(cell.text);
  if (would_be_formula(text) || would_be_number(cell)) text.insert(0, 1, '\'');
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text)
    quoted.append(c == '"' ? 2 : 1, c);
  return quoted += '"';
}

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

class CsvReport {
 public:
  static constexpr auto name = "csv_report";
  static constexpr auto summary = "Writes the import report as one table for a spreadsheet (CSV).";
  static constexpr auto rules = report_rules;

  using Options = ReportOptions;
  using Ports = ReportPorts;

  CsvReport(const Options& options, const Ports& ports, const Run& run)
      : run_(run), options_(options), file_(options.path), gathered_(options, ports, run.school_year) {}

  void write(Row row, Context&) { gathered_.add(row); }
  void found(const Found& finding, Context&) { gathered_.add(finding); }

  void conclude(const Summary& outcome, Context&) {
    gathered_.end_of_rows();
    columns_ = columns_of(options_, gathered_.headings());
    write_header();
    write_title(outcome);
    write_counts(outcome);
    const std::span<const Heading> headings = gathered_.headings();
    if (options_.has_records()) write_records("updated", headings, gathered_.updated());
    if (options_.has_messages()) write_messages(outcome);
    if (options_.has_records()) write_records("existing", headings.subspan(1), gathered_.existing());
    write_codes();
    file_.finish();
  }

 private:
  void write_header() {
    file_.write(byte_order_mark);
    std::vector<Cell> cells;
    for (const Text column : columns_)
      cells.push_back({{}, column});
    write_line(cells);
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
  void write_records(Text section, std::span<const Heading> headings, Table& records) {
    records.each([&](std::span<const Text> texts) {
      std::vector<Cell> cells{{"section", section}};
      for (std::size_t i = 0; i < texts.size(); ++i)
        cells.push_back({headings[i].member, texts[i]});
      write_row(cells);
    });
  }
  void write_messages(const Summary& outcome) {
    gathered_.each_message(outcome.inputs(), [&](const Message& message) {
      const std::string line = message.line == 0 ? "" : std::to_string(message.line);
      write_row(std::vector<Cell>{{"section", "message"},
                                  {"file", message.file},
                                  {"line", line},
                                  {"severity", message.severity},
                                  {"code", message.code},
                                  {"message", message.words}});
    });
  }
  void write_codes() {
    for (const auto& [code, found] : gathered_.codes())
      write_row(std::vector<Cell>{{"section", "code"},
                                  {"item", "count"},
                                  {"value", std::to_string(found.count)},
                                  {"severity", to_text(found.severity)},
                                  {"code", code_text(code)},
                                  {"remedy", found.remedy}});
  }

  void item_row(Text section, Text item, Text value, Text file = {}) {
    write_row(std::vector<Cell>{{"section", section}, {"item", item}, {"value", value}, {"file", file}});
  }
  /// The cells that are given, in their columns; the others are empty.
  void write_row(std::span<const Cell> given) {
    std::vector<Cell> cells;
    for (const Text column : columns_) {
      const auto at =
          std::find_if(given.begin(), given.end(), [&](const Cell& cell) { return cell.column == column; });
      cells.push_back(at == given.end() ? Cell{} : *at);
    }
    write_line(cells);
  }
  void write_line(std::span<const Cell> cells) {
    std::string line;
    for (const Cell& cell : cells)
      line.append(&cell == cells.data() ? "" : ",").append(written(cell));
    file_.write(line.append(row_end));
  }

  Run run_;
  ReportOptions options_;
  ReportFile file_;
  Gathered gathered_;
  std::vector<Text> columns_;
};

}  // namespace

MEALSYNC_PLUGIN(CsvReport);
