#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <mealsync/sdk.hpp>
#include <reports/gathered.hpp>
#include <reports/report_file.hpp>
#include <reports/table.hpp>

namespace {

using namespace mealsync;
using namespace mealsync::reports;

constexpr std::array<Text, 9> updated_headings{"Type",        "State ID", "School Year",
                                               "Start Date",  "End Date", "Eligibility Type",
                                               "Eligibility", "Source",   "Certified Type"};
constexpr Text skipped = "skipped.";

std::string upper_case(Text word) {
  std::string upper(word);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return upper;
}

class TextReport {
 public:
  static constexpr auto name = "text_report";
  static constexpr auto summary = "Writes the import report as text.";
  static constexpr auto rules = report_rules;

  using Options = ReportOptions;
  using Ports = ReportPorts;

  TextReport(const Options& options, const Ports& ports, const Run& run)
      : run_(run), details_(options.details), file_(options.path), gathered_(ports, run.school_year) {}

  void write(Row row, Context&) { gathered_.add(row); }
  void found(const Found& finding, Context&) { gathered_.add(finding); }

  void conclude(const Summary& outcome, Context&) {
    gathered_.end_of_rows();
    write_banner(outcome);
    write_title(outcome);
    write_summary(outcome);
    if (details_) write_records("Updated Records", updated_headings, gathered_.updated());
    write_messages(outcome);
    if (details_)
      write_records("Existing Eligibility Records", std::span(updated_headings).subspan(1),
                    gathered_.existing());
    write_codes();
    file_.finish();
  }

 private:
  template <class... Args>
  void line(Text words, const Args&... args) {
    file_.write(compose(words, args...));
    file_.write("\n");
  }
  void heading(Text title) {
    line("");
    underlined(title, '-');
  }
  void underlined(Text title, char rule) {
    line(title);
    line("{}", std::string(title.size(), rule));
  }

  void write_banner(const Summary& outcome) {
    const bool succeeded = outcome.status() == "successful";
    if (run_.test) line("TEST IMPORT - nothing was written");
    if (!succeeded)
      line("{} - {}{}{}", upper_case(outcome.status()),
           outcome.committed() ? "the changes were written" : "nothing was written",
           outcome.reason().empty() ? "" : ": ", outcome.reason());
    if (run_.test || !succeeded) line("");
  }

  void write_title(const Summary& outcome) {
    underlined("Eligibility Import Report", '=');
    line("Pipeline     {}", run_.pipeline);
    line("District     {}", run_.district);
    line("School year  {}", run_.school_year);
    line("Run          {}", run_.name);
    line("As of        {}", run_.as_of);
    line("Started      {}", run_.started_at);
    line("Finished     {}", outcome.finished_at());
    line("Status       {}{}{}", outcome.status(), outcome.reason().empty() ? "" : ": ", outcome.reason());
    line("Committed    {}", outcome.committed() ? "yes" : "no");

    line("");
    Table inputs;
    for (const ms_input& input : outcome.inputs())
      inputs.add(std::array{std::string(text_of(input.file)), std::to_string(input.bytes),
                            std::string(text_of(input.sha256))});
    write_table(std::array<Text, 3>{"Input", "Bytes", "SHA-256"}, inputs);
  }

  void write_summary(const Summary& outcome) {
    heading("Summary");
    Table tiles;
    tiles.add(std::array{count(outcome, "inserted"), count(outcome, "ended"), count(outcome, "removed"),
                         count(outcome, "existing"), std::to_string(gathered_.errors_and_warnings())});
    write_table(std::array<Text, 5>{"New", "Ended", "Removed", "Existing", "Errors/Warnings"}, tiles);

    line("");
    Table fates;
    for (const Text fate : {"new", "updated", "existing"})
      fates.add(std::array{std::string(fate), count(outcome, fate)});
    std::uint64_t skips = 0;
    for (const ms_count& each : outcome.counts()) {
      const Text counter = text_of(each.name);
      if (!counter.starts_with(skipped)) continue;
      fates.add(
          std::array{"skipped: " + std::string(counter.substr(skipped.size())), std::to_string(each.value)});
      skips += each.value;
    }
    fates.add(std::array{std::string("errors"), count(outcome, "errors")});
    write_table(std::array<Text, 2>{"Fate", "Records"}, fates);

    line("");
    const std::uint64_t settled = outcome.count("new") + outcome.count("updated") +
                                  outcome.count("existing") + skips + outcome.count("errors");
    // A run that failed halfway has read records that have no fate.
    line("{} read {} {} new + {} updated + {} existing + {} skipped + {} errors", outcome.count("read"),
         settled == outcome.count("read") ? "=" : "!=", outcome.count("new"), outcome.count("updated"),
         outcome.count("existing"), skips, outcome.count("errors"));
    line("Also changed: {} trimmed, {} extended, {} carryover ended", outcome.count("trimmed"),
         outcome.count("extended"), outcome.count("carryover_ended"));
  }
  static std::string count(const Summary& outcome, Text counter) {
    return std::to_string(outcome.count(counter));
  }

  void write_records(Text title, std::span<const Text> headings, Table& records) {
    heading(title);
    if (records.rows() == 0)
      line("None");
    else
      write_table(headings, records);
  }

  void write_messages(const Summary& outcome) {
    heading("Error/Warning");
    bool is_empty = true;
    gathered_.each_message(outcome.inputs(), [&](const Message& message) {
      is_empty = false;
      std::string place;
      if (outcome.inputs().size() > 1 && !message.file.empty()) place += std::string(message.file) + ": ";
      if (message.line != 0) place += "Line " + std::to_string(message.line) + ": ";
      line("{}{} {} - {}", place, upper_case(message.severity), message.code, message.words);
    });
    if (is_empty) line("None");
  }

  void write_codes() {
    Table codes;
    for (const auto& [code, found] : gathered_.codes())
      codes.add(std::array{code_text(code), upper_case(to_text(found.severity)), std::to_string(found.count),
                           found.remedy});
    write_records("Codes", std::array<Text, 4>{"Code", "Level", "Count", "Resolution"}, codes);
  }

  /// Columns are as wide as their widest cell, but for a very wide one, which pushes the rest of its row
  /// aside.
  void write_table(std::span<const Text> headings, Table& table) {
    constexpr std::size_t widest = 40;
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < headings.size(); ++i)
      widths.push_back(std::min(widest, std::max(characters(headings[i]), table.width(i))));
    write_row(headings, widths);
    table.each([&](std::span<const Text> cells) { write_row(cells, widths); });
  }
  void write_row(std::span<const Text> cells, std::span<const std::size_t> widths) {
    constexpr std::size_t gap = 2;
    std::string row;
    std::size_t blanks = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::size_t length = characters(cells[i]);
      if (length > 0) row.append(blanks, ' ').append(cells[i]);
      blanks = (length > 0 ? 0 : blanks) + std::max(widths[i], length) - length + gap;
    }
    file_.write(row += '\n');
  }

  Run run_;
  bool details_;
  ReportFile file_;
  Gathered gathered_;
};

}  // namespace

MEALSYNC_PLUGIN(TextReport);
