// The import report as a page for people: one file, to be opened without a network, printed, or read on a phone.
//
// The page can be sorted and filtered by its own script. A content security policy allows that script and the page's own
// style by their hashes, and nothing else: whatever a value holds, it is shown and not run.
#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <mealsync/sdk.hpp>
#include <reports/counts.hpp>
#include <reports/csv_list.hpp>
#include <reports/findings.hpp>
#include <reports/gathered.hpp>
#include <reports/html_page.hpp>
#include <reports/options.hpp>
#include <reports/report_file.hpp>
#include <reports/school_chart.hpp>
#include <reports/schools.hpp>
#include <reports/table.hpp>

namespace {

using namespace mealsync;
using namespace mealsync::reports;

struct Count {
  Text title, counter;
};

/// What became of each record: one of these.
constexpr std::array<Count, 3> fates{{{"New", "new"}, {"Updated", "updated"}, {"Existing", "existing"}}};
/// What becomes of the records of Campus.
constexpr std::array<Count, 6> effects{{{"Inserted", "inserted"},
                                        {"Ended", "ended"},
                                        {"Removed", "removed"},
                                        {"Trimmed", "trimmed"},
                                        {"Extended", "extended"},
                                        {"Carryover ended", "carryover_ended"}}};

class HtmlReport {
 public:
  static constexpr auto name = "html_report";
  static constexpr auto summary = "Writes the import report as a page for a browser (HTML).";
  static constexpr auto rules = report_rules;

  using Options = ReportOptions;
  using Ports = RecordAndSchoolPorts;

  HtmlReport(const Options& options, const Ports& ports, const Run& run)
      : run_(run),
        options_(options),
        page_(options.path),
        gathered_(
            options, ports.records, run.school_year,
            [this](Section section, std::span<const Text> cells) {
              (section == Section::updated ? updated_ : existing_).add(cells);
            },
            Keys::masked),
        schools_(ports.schools) {}

  void write(Row row, Context&) {
    gathered_.add(row);
    schools_.add(row);
  }
  void found(const Found& finding, Context&) { gathered_.add(finding); }

  void conclude(const Summary& outcome, Context&) {
    gathered_.end_of_rows();
    schools_.end_of_rows();
    page_.begin(compose("{}Eligibility Import Report, {} {}", run_.test ? "Test: " : "", run_.district,
                        to_text(run_.school_year)));
    write_banner(outcome);
    write_contents();
    write_run(outcome);
    write_counts(outcome);
    write_schools(page_, schools_, outcome.committed());
    write_findings(page_, gathered_, outcome.inputs());
    if (options_.has_records()) {
      write_records(Section::updated, "updated", "Updated records", updated_);
      write_records(Section::existing, "existing", "Existing eligibility records", existing_);
    }
    page_.end();
    page_.finish();
  }

 private:
  void write_banner(const Summary& outcome) {
    const bool has_succeeded = outcome.status() == "successful";
    page_.add("<header>\n");
    if (run_.test) page_.add("<p class=\"banner test\"><strong>{}</strong></p>\n", test_banner);
    if (!has_succeeded) {
      const std::string reason = gathered_.reason(outcome);
      page_.add("<p class=\"banner stopped\"><strong>{} - {}</strong> {}</p>\n",
                outcome.status() == "unsuccessful" ? "failed" : outcome.status(),
                outcome.committed() ? "the changes were written" : "nothing was written", reason);
    }
    page_.add("<h1>Eligibility Import Report</h1>\n<p class=\"of\">{}, school year {}</p>\n", run_.district,
              run_.school_year);
    page_.add("</header>\n");
  }

  void write_contents() {
    page_.add(R"(<nav aria-label="Contents"><ul>
<li><a href="#run">The run</a></li>
<li><a href="#counts">Counts</a></li>
)");
    if (schools_.has_students()) page_.add("<li><a href=\"#schools\">By school</a></li>\n");
    page_.add("<li><a href=\"#findings\">Findings</a></li>\n");
    if (options_.has_records())
      page_.add(
          "<li><a href=\"#updated\">Updated records</a></li>\n"
          "<li><a href=\"#existing\">Existing records</a></li>\n");
    page_.add("</ul></nav>\n<main id=\"report\">\n");
  }

  void write_run(const Summary& outcome) {
    page_.add("<section aria-labelledby=\"run\"><h2 id=\"run\">The run</h2>\n<dl class=\"facts\">\n");
    fact("Pipeline", run_.pipeline);
    fact("Run", run_.name);
    fact("As of", to_text(run_.as_of));
    fact("Started", run_.started_at);
    fact("Finished", outcome.finished_at());
    fact("Status", outcome.status());
    fact("Committed", outcome.committed() ? "yes" : "no");
    fact("Profile", options_.profile == Profile::summary ? "summary (holds no student's record)"
                                                         : "detail (confidential)");
    page_.add("</dl>\n");
    for (const ms_input& input : outcome.inputs())
      page_.add("<p class=\"input\"><b>{}</b> {} bytes, SHA-256 <code>{}</code></p>\n", text_of(input.file),
                input.bytes, text_of(input.sha256));
    page_.add("</section>\n");
  }
  void fact(Text title, Text value) { page_.add("<div><dt>{}</dt><dd>{}</dd></div>\n", title, value); }

  void write_counts(const Summary& outcome) {
    const Counts counts(outcome, options_.profile, gathered_.errors_and_warnings());
    page_.add(R"(<section aria-labelledby="counts"><h2 id="counts">Counts</h2>
<h3>What became of the records of the file</h3>
<dl class="tiles">
)");
    tile("Read", outcome.count("read"), "read");
    for (const Count& fate : fates)
      tile(fate.title, outcome.count(fate.counter), fate.counter);
    tile("Skipped", counts.all_skipped, "skipped");
    tile("Errors", outcome.count("errors"), "errors");
    tile("Warnings", outcome.count("warnings"), "warnings");
    page_.add("</dl>\n");
    write_counted("Skipped", counts.skipped);
    write_sum(outcome, counts.all_skipped);
    page_.add("<h3>{}</h3>\n<dl class=\"tiles\">\n",
              outcome.committed() ? "What changed in Campus" : "What would have changed in Campus");
    for (const Count& effect : effects)
      tile(effect.title, outcome.count(effect.counter), effect.counter);
    page_.add("</dl>\n");
    write_counted("Also counted", counts.others);
    page_.add("</section>\n");
  }
  void tile(Text title, std::uint64_t value, Text kind) {
    page_.add("<div class=\"{}{}\"><dt>{}</dt><dd>{}</dd></div>\n", kind, value == 0 ? " zero" : "", title,
              grouped(value));
  }
  void write_counted(Text title, std::span<const Counted> counted) {
    if (counted.empty()) return;
    page_.add("<p><b>{}:</b>", title);
    for (const Counted& each : counted)
      page_.add("{} {} {}", &each == counted.data() ? "" : ",", grouped(each.value), each.name);
    page_.add("</p>\n");
  }
  void write_sum(const Summary& outcome, std::uint64_t skipped) {
    std::uint64_t settled = skipped + outcome.count("errors");
    for (const Count& fate : fates)
      settled += outcome.count(fate.counter);
    const std::uint64_t read = outcome.count("read");
    if (settled == read)
      page_.add("<p>Every record read has one fate: new, updated, existing, skipped or error.</p>\n");
    else
      page_.add("<p>{} of the {} records read have a fate: the run ended before the others had theirs.</p>\n",
                grouped(settled), grouped(read));
  }

  void write_records(Section section, Text id, Text title, const Table& records) {
    page_.add("<section aria-labelledby=\"{}\"><h2 id=\"{}\">{}</h2>\n", id, id, title);
    const std::span<const Heading> headings = gathered_.headings(section);
    if (records.rows() == 0)
      page_.add("<p>None</p>\n");
    else if (records.rows() > longest_list)
      write_beside(id, headings, records);
    else
      write_table(id, headings, records);
    page_.add("</section>\n");
  }
  void write_table(Text id, std::span<const Heading> headings, const Table& records) {
    std::vector<Text> titles;
    for (const Heading& heading : headings)
      titles.push_back(heading.title);
    page_.begin_table(id, records.rows() == 1 ? "1 record" : compose("{} records", grouped(records.rows())),
                      titles);
    records.each([&](std::span<const Text> cells) { page_.add_row(cells); });
    page_.end_table();
  }
  void write_beside(Text id, std::span<const Heading> headings, const Table& records) {
    std::vector<CsvColumn> columns;
    for (const Heading& heading : headings)
      columns.push_back({heading.member, heading.is_ours});
    CsvList list(page_.path(), id, columns);
    records.each([&](std::span<const Text> cells) { list.add(cells); });
    list.finish();
    page_.link_to(list.file_name(), records.rows());
  }

  Run run_;
  ReportOptions options_;
  HtmlPage page_;
  Gathered gathered_;
  Schools schools_;
  Table updated_, existing_;
};

}  // namespace

MEALSYNC_PLUGIN(HtmlReport);
