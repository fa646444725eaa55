// Reads delimited text: comma, tab or any other separator; quoted or not; columns by position or by header.
#include <algorithm>
#include <vector>

#include <mealsync/sdk.hpp>

#include "formats/dividing_signs.hpp"
#include "formats/encoding.hpp"
#include "formats/field_reader.hpp"
#include "formats/header_names.hpp"
#include "formats/splitter.hpp"
#include "formats/text_rules.hpp"
#include "formats/typed_column.hpp"

namespace {

using namespace mealsync;
using namespace mealsync::formats;

class Delimited {
 public:
  static constexpr auto name = "delimited";
  static constexpr auto summary = "Reads records whose columns are divided by a separator.";

  static constexpr Rule wrong_count{4010, Severity::error, "Wrong number of columns: {}, expected {}",
                                    "Correct the line, or the columns of the pipeline; a separator inside a "
                                    "value needs quotes around the value."};
  static constexpr Rule too_long{4010, Severity::error, "Line is longer than {} bytes",
                                 "Check that the file is delimited text; raise max_record where its records "
                                 "are that long."};
  static constexpr Rule open_quote{
      4010, Severity::error, "A quote opens in this line, and none closes it in a record of at most {} bytes",
      "Check that the file was copied whole, and double each quote inside a "
      "quoted value."};
  static constexpr Rule text_after_quote{4010, Severity::error, "Text follows the closing quote of a column",
                                         "Double each quote inside a quoted value, or set quote=\"none\"."};
  static constexpr Rule broken_header{4010, Severity::fatal, "The header in line {} cannot be read",
                                      "Correct the header: it is one line of text, with quotes that close."};
  static constexpr Rule header_count{4010, Severity::fatal,
                                     "The header has the wrong number of columns: {}, expected {}",
                                     "Correct the columns of the pipeline; the file's layout is another."};
  static constexpr Rule not_in_header{
      4010, Severity::fatal, "The header has no column {}; its columns are: {}",
      "Correct the header names of the pipeline; the file's layout is another."};
  static constexpr Rule no_header{4010, Severity::fatal, "The first line has none of the columns {}",
                                  "Extract the file with its header, or leave out the header names and set "
                                  "header=\"no\"."};
  static constexpr Rule twice_in_header{4010, Severity::fatal, "The header has more than one column '{}'",
                                        "Give the columns by position, without header names."};

  static constexpr Rule no_columns{own(5001), Severity::fatal,
                                   "There is no <column> to say what the file holds",
                                   "Give each column of the file a <column>, or those with a header name."};
  static constexpr Rule no_name{own(5001), Severity::fatal, "Column {} has neither 'as' nor 'skip'",
                                "Name it with as, or pass over it with skip=\"yes\"."};
  static constexpr Rule name_and_skip{own(5001), Severity::fatal, "Column {} is skipped and has '{}'",
                                      "Leave out one of the two."};
  static constexpr Rule mixed{own(5001), Severity::fatal,
                              "Some columns have a header name and some have none",
                              "Give a header name to all of them, or to none."};
  static constexpr Rule needs_header{own(5001), Severity::fatal,
                                     "Columns have header names, and header is 'no'",
                                     "Set header=\"yes\", or leave out the header names."};

  static constexpr std::array rules{
      &wrong_count,   &too_long,     &open_quote,    &text_after_quote, &no_number,
      &no_text,       &nul_byte,     &utf16,         &no_date,          &no_value,
      &broken_header, &header_count, &not_in_header, &no_header,        &twice_in_header,
      &bad_separator, &bad_quote,    &no_columns,    &no_name,          &name_and_skip,
      &mixed,         &needs_header, &bad_pattern,   &two_ways,         &needless_pattern};

  struct ColumnOptions {
    std::string as;
    std::string header;
    CellType type = CellType::text;
    std::optional<std::string> pattern;
    bool required = false;
    bool skip = false;
    static void describe(Describe<ColumnOptions>& d) {
      d.option("as", &ColumnOptions::as, "Name of the column from here on.");
      d.option("header", &ColumnOptions::header, "Its name in the file's header; case does not count.");
      d.option("type", &ColumnOptions::type, "What its cells hold; int is a whole number.");
      d.option("pattern", &ColumnOptions::pattern,
               "How a date is written; MM/DD/YYYY where it is left out. Where a column has several ways: "
               "M/D/YYYY|YYYY/M/D.");
      d.option("required", &ColumnOptions::required, "Whether a record without a value is an error.");
      d.option("skip", &ColumnOptions::skip, "Whether this column of the file is passed over.");
    }
  };
  struct Options {
    std::string separator = ",";
    std::string quote = "\"";
    bool header = false;
    Encoding encoding = Encoding::automatic;
    std::uint32_t max_record = 65536;
    std::vector<ColumnOptions> columns;
    static void describe(Describe<Options>& d) {
      d.option("separator", &Options::separator, "The sign between columns; for a tab, the word tab.");
      d.option("quote", &Options::quote,
               "The sign around a value that holds separators; where there is none, the word none.");
      d.option("header", &Options::header, "Whether the first line names the columns.");
      d.option("encoding", &Options::encoding, "How characters are written; auto tells by each value.");
      d.option("max_record", &Options::max_record, "Longest record, in bytes.").at_least(64).at_most(1 << 20);
      d.children("column", &Options::columns, "The columns in the order of the file, or each by its header.");
    }
  };

  struct Ports {
    struct Cell {
      std::size_t field;   // in the record; meaningless while the header is to be read
      std::string header;  // empty: by position
      TypedColumn column;
    };
    Dialect dialect;
    std::vector<Cell> cells;

    Ports(const Options& o, Columns& c) {
      const auto signs = dividing_signs(o.separator, o.quote, c);
      dialect = {signs.separator, signs.quote, o.max_record};
      if (o.columns.empty()) c.fault<no_columns>();

      const auto by_header =
          std::count_if(o.columns.begin(), o.columns.end(),
                        [](const ColumnOptions& column) { return !column.header.empty(); });
      if (by_header != 0 && by_header != std::ssize(o.columns)) c.fault<mixed>();
      if (by_header != 0 && !o.header) c.fault<needs_header>();
      for (std::size_t i = 0; i < o.columns.size(); ++i)
        add(o.columns[i], i, c);
    }

   private:
    void add(const ColumnOptions& column, std::size_t field, Columns& c) {
      if (column.skip) {
        if (!column.as.empty()) c.fault<name_and_skip>(field + 1, Text("as"));
        if (!column.header.empty()) c.fault<name_and_skip>(field + 1, Text("header"));
      } else if (column.as.empty()) {
        c.fault<no_name>(field + 1);
      } else {
        cells.push_back({field,
                         std::string(trimmed(column.header)),
                         {column.as, column.type, column.pattern, column.required, c}});
      }
    }
  };

  Delimited(const Options& options, const Ports& ports)
      : dialect_(ports.dialect),
        encoding_(options.encoding),
        has_header_(options.header),
        cells_(ports.cells),
        by_header_(!cells_.empty() && !cells_.front().header.empty()),
        expected_(options.columns.size()),
        splitter_(dialect_),
        reader_(dialect_.quote, options.encoding) {}

  std::size_t frame(Text bytes) { return splitter_.whole(bytes); }

  void decode(const Block& block, Output& out) {
    if (block.begins_file()) {
      if (begins_utf16(block.bytes())) fail<utf16>();
      awaits_header_ = has_header_;
    }
    std::uint64_t line = block.first_line();
    for (splitter_.begin(block.bytes()); splitter_.next(); line += splitter_.lines()) {
      if (splitter_.is_blank()) continue;
      if (std::exchange(awaits_header_, false))
        read_header(line);
      else
        read_record(block.place(line), out);
    }
  }

 private:
  void read_record(Place place, Output& out) {
    const auto fields = splitter_.fields();
    if (has_nul(splitter_)) {
      out.reject<nul_byte>(place);
    } else if (splitter_.fault() == RecordFault::too_long) {
      out.reject<too_long>(place, dialect_.max_record);
    } else if (splitter_.fault() == RecordFault::open_quote) {
      out.reject<open_quote>(place, dialect_.max_record);
    } else if (splitter_.fault() == RecordFault::text_after_quote) {
      out.reject<text_after_quote>(place);
    } else if (fields.size() != expected_) {
      out.reject<wrong_count>(place, fields.size(), expected_);
    } else {
      NewRecord record(out, place);
      for (const Ports::Cell& cell : cells_) {
        if (const auto text = reader_.read(splitter_, fields[cell.field]))
          cell.column.put(*text, record);
        else
          record.reject<no_text>(cell.column.name(), words_of(encoding_));
      }
    }
  }

  /// Finds the columns that are known by their header.
  void read_header(std::uint64_t line) {
    if (splitter_.fault() != RecordFault::none || has_nul(splitter_)) fail<broken_header>(line);
    std::vector<std::string> names;
    for (const Field& field : splitter_.fields()) {
      const auto text = reader_.read(splitter_, field);
      if (!text) fail<broken_header>(line);
      names.emplace_back(trimmed(text->text));
    }
    if (!by_header_) {
      if (names.size() != expected_) fail<header_count>(names.size(), expected_);
      return;
    }
    expected_ = names.size();
    std::string missing;
    bool has_any = false;
    for (Ports::Cell& cell : cells_) {
      const auto is_named = [&](const std::string& each) { return is_same_name(each, cell.header); };
      const auto found = std::find_if(names.begin(), names.end(), is_named);
      if (found == names.end()) {
        missing += (missing.empty() ? "'" : ", '") + cell.header + "'";
        continue;
      }
      if (std::any_of(found + 1, names.end(), is_named)) fail<twice_in_header>(cell.header);
      cell.field = static_cast<std::size_t>(found - names.begin());
      has_any = true;
    }
    // A first line without any of the names may be a child's record, and is not shown.
    if (!has_any) fail<no_header>(missing);
    if (!missing.empty()) fail<not_in_header>(missing, listed(names));
  }

  Dialect dialect_;
  Encoding encoding_;
  bool has_header_;
  std::vector<Ports::Cell> cells_;
  bool by_header_;
  std::size_t expected_;  // columns of a record
  Splitter splitter_;
  FieldReader reader_;
  bool awaits_header_ = false;
};

}  // namespace

MEALSYNC_PLUGIN(Delimited);
