// A sink that writes the rows that reach it as they are: for queries, and for anything else that is no import.
#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <type_traits>
#include <vector>

#include <mealsync/sdk.hpp>
#include <reports/held_text.hpp>
#include <reports/report_file.hpp>
#include <reports/table_page.hpp>

namespace {

using namespace mealsync;
using namespace mealsync::reports;

class TableReport {
 public:
  static constexpr auto name = "table_report";
  static constexpr auto summary = "Writes the rows that reach it as a table: text, CSV, HTML or JSON.";

  static constexpr Rule no_such_column{own(5001), Severity::fatal,
                                       "count_by names '{}', and no such column comes in",
                                       "Name columns that come in; 'mealsync check --columns' lists them."};
  static constexpr std::array rules{&cannot_write, &not_written, &no_room, &no_such_column};

  struct Options {
    std::string path;
    TableFormat format = TableFormat::text;
    std::string title = "Report";
    std::string note;
    std::string nothing = "There are no rows.";
    Names count_by;

    static void describe(Describe<Options>& d) {
      d.required("path", &Options::path, "File to write; ${pipeline}, ${run} and ${date} are known.").path();
      d.option("format", &Options::format, "How the table is written.");
      d.option("title", &Options::title, "What stands above it; a CSV file is the table alone.");
      d.option("note", &Options::note, "A sentence below the title.");
      d.option("nothing", &Options::nothing, "What is said where there are no rows.");
      d.option("count_by", &Options::count_by,
               "Columns by which the rows are counted above the table; none: they are not.");
    }
  };

  struct Ports {
    std::vector<TableColumn> columns;
    std::vector<std::function<void(const Row&, std::string&)>> cells;  // one a column: appends its text
    std::vector<std::size_t> counted_by;

    Ports(const Options& o, Columns& c) {
      for (const ms_port& port : c.ports())
        add(c, port.field);
      for (const std::string& wanted : o.count_by.names) {
        const auto at = std::find_if(columns.begin(), columns.end(),
                                     [&](const TableColumn& column) { return column.name == wanted; });
        if (at == columns.end())
          c.fault<no_such_column>(wanted);
        else
          counted_by.push_back(static_cast<std::size_t>(at - columns.begin()));
      }
    }

   private:
    void add(Columns& c, const ms_field& field) {
      switch (field.type) {
        case MS_TEXT:
          return add<Text>(c, field);
        case MS_INT:
          return add<Int>(c, field);
        case MS_DATE:
          return add<Date>(c, field);
        case MS_BOOL:
          return add<bool>(c, field);
        default:
          add_code<Eligibility, Source, CertifiedType, Action, Fate>(c, field);
      }
    }
    template <class T>
    void add(Columns& c, const ms_field& field) {
      const std::string column(text_of(field.name));
      columns.push_back({column, std::is_same_v<T, Int>});
      cells.push_back([at = c.find<T>(column)](const Row& row, std::string& to) {
        if (row.has(at)) to += spelled(row[at]);
      });
    }
    /// Codes of sets that only a stranger's plugin knows are left out: nobody here can spell them.
    template <class... Sets>
    void add_code(Columns& c, const ms_field& field) {
      const auto try_one = [&]<class Set>(CodeSet<Set>) {
        if (text_of(field.set) == CodeSet<Set>::name) add<Code<Set>>(c, field);
      };
      (try_one(CodeSet<Sets>{}), ...);
    }
    static std::string spelled(Text value) { return std::string(value); }
    static std::string spelled(Int value) { return std::to_string(value); }
    static std::string spelled(bool value) { return value ? "yes" : "no"; }
    static std::string spelled(Date value) { return to_text(value); }
    template <ClosedSet Set>
    static std::string spelled(Set value) {
      return std::string(spell(value));
    }
  };

  TableReport(const Options& options, const Ports& ports, const Run& run)
      : options_(options),
        at_(ports),
        run_(run),
        table_(options.path, options.format, ports.columns, ports.counted_by),
        texts_(ports.columns.size()) {}

  void write(Row row, Context&) {
    views_.clear();
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      texts_[i].clear();
      at_.cells[i](row, texts_[i]);
      views_.push_back(texts_[i]);
    }
    table_.add(views_);
  }
  void found(const Found& finding, Context&) {
    if (finding.severity() == Severity::warning) notes_.emplace_back(finding.shown());
  }

  void conclude(const Summary& outcome, Context&) {
    TableHead head{options_.title, {}, {}, {}, options_.nothing};
    if (!run_.district.empty()) head.of = run_.district + ", ";
    head.of += "school year " + to_text(run_.school_year) + ", as of " + to_text(run_.as_of);
    if (outcome.status() != "successful")
      head.stopped =
          std::string(outcome.status()) + ", the table is not whole: " + std::string(outcome.reason());
    if (!options_.note.empty()) head.notes.push_back(options_.note);
    head.notes.insert(head.notes.end(), notes_.begin(), notes_.end());
    table_.write(head);
  }

 private:
  Options options_;
  Ports at_;
  Run run_;
  TablePage table_;
  std::vector<std::string> notes_;  // what was found that makes the table doubtful
  std::vector<std::string> texts_;  // of the row that is being written
  std::vector<Text> views_;
};

}  // namespace

MEALSYNC_PLUGIN(TableReport);
