// Writes what the pipeline decided as a file, for a district whose last step is the vendor's own import.
//
// Behind a merge a line has the values after it: of each record that is new, updated or there already, and of each child
// to whom a household's record is extended. That an older record ends, the vendor's import sees from the new one.
// A machine reads the file: nothing is done about cells that a spreadsheet would take for formulas.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <formats/dividing_signs.hpp>
#include <mealsync/sdk.hpp>
#include <reports/report_file.hpp>

namespace {

enum class Layout : std::uint8_t { generic };

}  // namespace

template <>
struct mealsync::CodeSet<Layout> {
  static constexpr std::string_view name = "ic_layout";
  static constexpr std::array<std::string_view, 1> words{"generic"};
};

namespace {

using namespace mealsync;

struct ColumnOptions {
  std::string as;
  std::string header;
  std::optional<std::string> pattern;
  Names codes;
  bool required = false;
  [[nodiscard]] const std::string& name() const { return header.empty() ? as : header; }
  static void describe(Describe<ColumnOptions>& d) {
    d.required("as", &ColumnOptions::as, "Name of the column that is written.");
    d.option("header", &ColumnOptions::header, "Its name in the file's header; as, where it is left out.");
    d.option("pattern", &ColumnOptions::pattern, "How a date is written; MM/DD/YYYY where it is left out.");
    d.option("codes", &ColumnOptions::codes,
             "How the values of a code are written, in their order: F R P for Free, Reduced and Paid. "
             "As mealsync spells them, where it is left out.");
    d.option("required", &ColumnOptions::required,
             "Whether a record without a value is left out, with a warning.");
  }
};

/// As pipelines/vendors/ic_generic reads it; types that it does not know are in capital letters.
/// Source: layouts.md 3.1.
const std::vector<ColumnOptions>& generic_columns() {
  static const std::vector<ColumnOptions> columns{
      {"state_id", {}, {}, {}, true},
      {"eligibility", {}, {}, {{"F", "R", "P"}}, true},
      {"source", {}, {}, {{"D", "N"}}, true},
      {"certified_type",
       {},
       {},
       {{"SNAP", "KTAP", "FDPIR", "MEDICAID", "FOSTER", "HOMELESS", "MIGRANT", "RUNAWAY", "HEADSTART",
         "EVENSTART", "INCOME", "CASE", "OVERRIDE", "DENIED", "DECLINED", "DIDNOTAPPLY", "EXTENDED",
         "UNKNOWN"}},
       true},
      {"start_date", {}, {}, {}, true},
      {"end_date", {}, {}, {}, false}};
  return columns;
}

class IcFile {
 public:
  static constexpr auto name = "ic_file";
  static constexpr auto summary = "Writes the records as a file for the vendor's own import.";

  static constexpr Rule no_value{4002, Severity::warning,
                                 "Required field [{}] has no value; the record is not in the file",
                                 "Enter the value in the POS, or name another column in the pipeline."};
  static constexpr Rule needs_quote{4010, Severity::warning,
                                    "A value in column '{}' holds a sign that divides the file, which has no "
                                    "quotes; the record is not in it",
                                    "Give quote a sign, or separator another one."};
  static constexpr Rule cannot_write{9006, Severity::fatal, "File '{}' cannot be written: {}",
                                     "Check the path in the pipeline, and the rights of the account."};
  static constexpr Rule not_written{
      9009, Severity::fatal, "File '{}' is not written: {}",
      "Check the free space and the rights of its folder; nothing was committed."};
  static constexpr Rule layout_or_columns{own(5001), Severity::fatal, "{} of 'layout' and <column> is given",
                                          "Name a layout, or give each column of the file a <column>."};
  static constexpr Rule bad_pattern{own(5001), Severity::fatal,
                                    "Pattern '{}' of column '{}' is no pattern of dates",
                                    "Write it with YYYY or YY, MM or M, DD or D, as in MM/DD/YYYY."};
  static constexpr Rule needless_pattern{
      own(5001), Severity::fatal, "Column '{}' has a pattern and is no date", "Leave the pattern out."};
  static constexpr Rule needless_codes{own(5001), Severity::fatal, "Column '{}' has codes and is none",
                                       "Leave the codes out."};
  static constexpr Rule wrong_codes{own(5001), Severity::fatal,
                                    "Column '{}' has {} codes, and its values are {}",
                                    "Give a code for each value, in their order, divided by blanks."};
  static constexpr Rule divided_header{
      own(5001), Severity::fatal, "The name '{}' holds a sign that divides the file, which has no quotes",
      "Give quote a sign, or the column another header."};
  static constexpr std::array rules{
      &no_value,          &needs_quote,    &cannot_write,           &not_written,
      &layout_or_columns, &bad_pattern,    &needless_pattern,       &needless_codes,
      &wrong_codes,       &divided_header, &formats::bad_separator, &formats::bad_quote};

  struct Options {
    std::string path;
    std::optional<Layout> layout;
    std::string separator = ",";
    std::string quote = "\"";
    bool header = false;
    std::vector<ColumnOptions> columns;
    static void describe(Describe<Options>& d) {
      d.required("path", &Options::path, "The file to write; it appears only when the run succeeds.").path();
      d.option(
          "layout", &Options::layout,
          "A layout that is known, in place of columns: generic is state ID, F R P, D N, type, first and "
          "last day.");
      d.option("separator", &Options::separator, "The sign between columns; for a tab, the word tab.");
      d.option("quote", &Options::quote,
               "The sign around a value that holds separators; where there is none, the word none.");
      d.option("header", &Options::header, "Whether the first line names the columns.");
      d.children("column", &Options::columns, "The columns in the order of the file.");
    }
  };

  struct Ports {
    using AnyColumn = std::variant<Column<Text>, Column<Int>, Column<bool>, Column<Date>,
                                   Column<Code<Eligibility>>, Column<Code<Source>>,
                                   Column<Code<CertifiedType>>, Column<Code<Fate>>, Column<Code<Action>>>;
    struct Cell {
      ColumnOptions options;
      AnyColumn column;
    };
    formats::DividingSigns signs;
    std::vector<Cell> cells;
    // Of a merge, where there is one.
    Column<Code<Fate>> fate;
    Column<Code<Action>> action;
    Column<Int> record_year;

    Ports(const Options& o, Columns& c) : signs(formats::dividing_signs(o.separator, o.quote, c)) {
      if (o.layout.has_value() != o.columns.empty())
        c.fault<layout_or_columns>(Text(o.layout ? "Each" : "Neither"));
      for (const ColumnOptions& column : o.layout ? generic_columns() : o.columns)
        add(column, o, c);
      fate = c.find<Code<Fate>>("fate");
      if (!fate) return;
      action = c.find<Code<Action>>("action");
      record_year = c.find<Int>("school_year");
    }

   private:
    void add(const ColumnOptions& column, const Options& o, Columns& c) {
      const std::string dividing{'\n', '\r', signs.separator};
      if (o.header && signs.quote == '\0' && column.name().find_first_of(dividing) != std::string::npos)
        c.fault<divided_header>(column.name());
      const auto port = std::find_if(c.ports().begin(), c.ports().end(), [&](const ms_port& each) {
        return text_of(each.field.name) == column.as;
      });
      const ms_field field = port == c.ports().end() ? ms_field{} : port->field;
      cells.push_back({column, column_of(field, column.as, c)});
      if (column.pattern && !DatePattern::of(*column.pattern))
        c.fault<bad_pattern>(*column.pattern, column.as);
      if (port == c.ports().end()) return;
      const bool is_code = field.type == MS_CODE;
      const auto count = column.codes.names.size();
      if (column.pattern && field.type != MS_DATE) c.fault<needless_pattern>(column.as);
      if (count > 0 && !is_code) c.fault<needless_codes>(column.as);
      if (count > 0 && is_code && count != field.word_count)
        c.fault<wrong_codes>(column.as, count, listed(field));
    }
    /// Of its own type; one that does not come in is told.
    static AnyColumn column_of(const ms_field& field, const std::string& name, Columns& c) {
      switch (field.type) {
        case MS_INT:
          return c.need<Int>(name);
        case MS_BOOL:
          return c.need<bool>(name);
        case MS_DATE:
          return c.need<Date>(name);
        case MS_CODE:
          return code_of<Eligibility, Source, CertifiedType, Fate, Action>(field, name, c);
        default:
          return c.need<Text>(name);
      }
    }
    template <class... E>
    static AnyColumn code_of(const ms_field& field, const std::string& name, Columns& c) {
      std::optional<AnyColumn> found;
      const auto look = [&]<class Set>(CodeSet<Set>) {
        if (text_of(field.set) == CodeSet<Set>::name) found = c.need<Code<Set>>(name);
      };
      (look(CodeSet<E>{}), ...);
      return found ? *found : c.need<Text>(name);
    }
    static std::string listed(const ms_field& field) {
      std::string all;
      for (std::uint32_t i = 0; i < field.word_count; ++i)
        all += (i > 0 ? ", " : "") + std::string(text_of(field.words[i]));
      return all;
    }
  };

  IcFile(const Options& o, const Ports& ports, const Run& run)
      : at_(ports),
        year_(run.school_year),
        dividing_{'\n', '\r', ports.signs.separator},
        file_(o.path, reports::FileFaults::of<cannot_write, not_written>()) {
    if (has_quote()) dividing_ += at_.signs.quote;
    if (!o.header) return;
    for (const Ports::Cell& cell : at_.cells) {
      text_ = cell.options.name();
      add_to_line(cell);
    }
    end_line();
  }

  void write(Row row, Context& run) {
    if (!is_in_file(row)) return;
    line_.clear();
    for (const Ports::Cell& cell : at_.cells) {
      text_.clear();
      std::visit([&](const auto& column) { read(row, column, cell.options); }, cell.column);
      if (text_.empty() && cell.options.required) return run.remark<no_value>(row.place(), cell.options.as);
      if (!has_quote() && divides(text_)) return run.remark<needs_quote>(row.place(), cell.options.as);
      add_to_line(cell);
    }
    end_line();
  }

  void commit(Context&) { file_.finish(); }

 private:
  /// A record's changes that say what it gives. What has a fate, and what a record gives beside it; not the ends of others,
  /// nor a record of another year that is there already.
  [[nodiscard]] bool is_in_file(Row row) const {
    if (!at_.fate) return true;
    if (row.has(at_.record_year) && row[at_.record_year] != year_.end_year) return false;
    return row.has(at_.fate) || row[at_.action] == Action::insert || row[at_.action] == Action::update;
  }

  void read(Row row, Column<Text> column, const ColumnOptions&) { text_ += row[column]; }
  void read(Row row, Column<Int> column, const ColumnOptions&) {
    if (row.has(column)) text_ += std::to_string(row[column]);
  }
  void read(Row row, Column<bool> column, const ColumnOptions&) {
    if (row.has(column)) text_ += row[column] ? "yes" : "no";
  }
  void read(Row row, Column<Date> column, const ColumnOptions& options) {
    if (row.has(column)) append_date(row[column], options.pattern ? Text(*options.pattern) : usual_pattern);
  }
  template <class E>
  void read(Row row, Column<Code<E>> column, const ColumnOptions& options) {
    if (!row.has(column)) return;
    const E value = row[column];
    text_ += options.codes.names.empty() ? spell(value)
                                         : Text(options.codes.names[static_cast<std::size_t>(value)]);
  }

  void append_date(Date date, Text pattern) {
    const auto civil = date.civil();
    for (std::size_t i = 0, run = 0; i < pattern.size(); i += run) {
      const char sign = pattern[i];
      run = std::min(pattern.find_first_not_of(sign, i), pattern.size()) - i;
      if (sign == 'Y')
        append_number(static_cast<unsigned>(static_cast<int>(civil.year())) % (run == 2 ? 100 : 10'000), run);
      else if (sign == 'M')
        append_number(static_cast<unsigned>(civil.month()), run);
      else if (sign == 'D')
        append_number(static_cast<unsigned>(civil.day()), run);
      else
        text_ += sign;
    }
  }
  void append_number(unsigned number, std::size_t least_digits) {
    const std::string digits = std::to_string(number);
    text_.append(least_digits - std::min(digits.size(), least_digits), '0') += digits;
  }

  [[nodiscard]] bool has_quote() const { return at_.signs.quote != '\0'; }
  [[nodiscard]] bool divides(Text text) const { return text.find_first_of(dividing_) != Text::npos; }

  /// The text as `delimited` reads it back.
  void add_to_line(const Ports::Cell& cell) {
    if (&cell != &at_.cells.front()) line_ += at_.signs.separator;
    if (!divides(text_)) return void(line_ += text_);
    const char quote = at_.signs.quote;
    line_ += quote;
    for (const char c : text_)
      line_.append(c == quote ? 2 : 1, c);
    line_ += quote;
  }
  void end_line() {
    line_ += '\n';
    file_.write(line_);
  }

  static constexpr Text usual_pattern = "MM/DD/YYYY";

  Ports at_;
  SchoolYear year_;
  std::string dividing_;  // the signs that a value may hold only inside quotes
  reports::ReportFile file_;
  std::string line_, text_;  // that are being written
};

}  // namespace

MEALSYNC_PLUGIN(IcFile);
