#include <algorithm>
#include <array>
#include <cstddef>
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

std::string upper_case(Text word) {
  std::string upper(word);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return upper;
}

std::vector<Text> titles(std::span<const Heading> headings) {
  std::vector<Text> titles;
  for (const Heading& heading : headings)
    titles.push_back(heading.title);
  return titles;
}

class TextReport {
 public:
  static constexpr auto name = "text_report";
  static constexpr auto summary = "Writes the import report as text.";
  static constexpr auto rules = report_rules;

  using Options = ReportOptions;
  using Ports = ReportPorts;

  TextReport(const Options& options, const Ports& ports, const Run& run)
      : run_(run),
        options_(options),
        file_(options.path),
        gathered_(options, ports, run.school_year, [this](Section section, std::span<const Text> cells) {
          (section == Section::updated ? updated_ : existing_).add(cells);
        }) {}

  void write(Row row, Context&) { gathered_.add(row); }
  void found(const Found& finding, Context&) { gathered_.add(finding); }

  void conclude(const Summary& outcome, Context&) {
    gathered_.end_of_rows();
    write_banner(outcome);
    write_title(outcome);
    write_summary(outcome);
    if (options_.has_records())
      write_records("Updated Records", titles(gathered_.headings(Section::updated)), updated_);
    if (options_.has_messages()) write_messages(outcome);
    if (options_.has_records())
      write_records("Existing Eligibility Records", titles(gathered_.headings(Section::existing)), existing_);
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
    const std::string reason = gathered_.reason(outcome);
    if (run_.test) line(test_banner);
    if (!succeeded)
      line("{} - {}{}{}", upper_case(outcome.status()),
           outcome.committed() ? "the changes were written" : "nothing was written",
           reason.empty() ? "" : ": ", reason);
    if (run_.test || !succeeded) line("");
  }

  void write_title(const Summary& outcome) {
    const std::string reason = gathered_.reason(outcome);
    underlined("Eligibility Import Report", '=');
    line("Pipeline     {}", run_.pipeline);
    line("District     {}", run_.district);
    line("School year  {}", run_.school_year);
    line("Run          {}", run_.name);
    line("As of        {}", run_.as_of);
    line("Started      {}", run_.started_at);
    line("Finished     {}", outcome.finished_at());
    line("Status       {}{}{}", outcome.status(), reason.empty() ? "" : ": ", reason);
    line("Committed    {}", outcome.committed() ? "yes" : "no");
    line("Profile      {}", options_.profile == Profile::summary ? "summary (holds no student's record)"
                                                                 : "detail (confidential)");

    line("");
    Table inputs;
    for (const ms_input& input : outcome.inputs())
      inputs.add(
          std::array<Text, 3>{text_of(input.file), std::to_string(input.bytes), text_of(input.sha256)});
    write_table(std::array<Text, 3>{"Input", "Bytes", "SHA-256"}, inputs);
  }

  void write_summary(const Summary& outcome) {
    heading("Summary");
    const Counts counts(outcome, options_.profile, gathered_.errors_and_warnings());
    std::vector<Text> headings;
    std::vector<std::string> numbers;
    for (const Tile& tile : counts.tiles) {
      headings.push_back(tile.title);
      numbers.push_back(std::to_string(tile.value));
    }
    Table tiles;
    tiles.add(std::vector<Text>(numbers.begin(), numbers.end()));
    write_table(headings, tiles);

    line("");
    Table fates;
    for (const Text fate : {"new", "updated", "existing"})
      fates.add(std::array<Text, 2>{fate, count(outcome, fate)});
    for (const Counted& skipped : counts.skipped)
      fates.add(std::array<Text, 2>{"skipped: " + skipped.name, std::to_string(skipped.value)});
    fates.add(std::array<Text, 2>{"errors", count(outcome, "errors")});
    write_table(std::array<Text, 2>{"Fate", "Records"}, fates);

    line("");
    const std::uint64_t settled = outcome.count("new") + outcome.count("updated") +
                                  outcome.count("existing") + counts.all_skipped + outcome.count("errors");
    // A run that failed halfway has read records that have no fate.
    line("{} read {} {} new + {} updated + {} existing + {} skipped + {} errors", outcome.count("read"),
         settled == outcome.count("read") ? "=" : "!=", outcome.count("new"), outcome.count("updated"),
         outcome.count("existing"), counts.all_skipped, outcome.count("errors"));
    line("Also changed: {} trimmed, {} extended, {} carryover ended", outcome.count("trimmed"),
         outcome.count("extended"), outcome.count("carryover_ended"));
  }
  static std::string count(const Summary& outcome, Text counter) {
    return std::to_string(outcome.count(counter));
  }

  void write_records(Text title, std::span<const Text> headings, const Table& records) {
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
      codes.add(std::array<Text, 4>{code_text(code), upper_case(to_text(found.severity)),
                                    std::to_string(found.count), found.remedy});
    write_records("Codes", std::array<Text, 4>{"Code", "Level", "Count", "Resolution"}, codes);
  }

  /// Columns are as wide as their widest cell, but for a very wide one, which pushes the rest of its row
  /// aside.
  void write_table(std::span<const Text> headings, const Table& table) {
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
  ReportOptions options_;
  ReportFile file_;
  Gathered gathered_;
  Table updated_, existing_;
};

}  // namespace

MEALSYNC_PLUGIN(TextReport);
