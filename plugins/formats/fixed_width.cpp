// Reads text in which every column stands at a place of its own, whatever it holds.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <mealsync/sdk.hpp>

#include "formats/encoding.hpp"
#include "formats/fixed_line.hpp"
#include "formats/text_rules.hpp"
#include "formats/typed_column.hpp"

namespace {

using namespace mealsync;
using namespace mealsync::formats;

class FixedWidth {
 public:
  static constexpr auto name = "fixed_width";
  static constexpr auto summary = "Reads records whose columns have fixed places, counted in characters.";

  static constexpr Rule too_short{4010, Severity::error, "Line of {} characters is too short for {}",
                                  "Extract or copy the file again: the line was cut. Where the writer leaves "
                                  "blanks out at the end of lines, correct the columns of the pipeline."};
  static constexpr Rule no_text_line{4011, Severity::error, "Line cannot be read as {}",
                                     "Write the file anew as UTF-8, or correct encoding in the pipeline."};
  static constexpr Rule no_columns{own(5001), Severity::fatal,
                                   "There is no <column> to say what the file holds",
                                   "Give each column that is used a <column> with its start and length."};
  static constexpr Rule overlapping{own(5001), Severity::fatal,
                                    "Columns '{}' and '{}' overlap: {} to {} and {} to {}",
                                    "Correct start and length; where the vendor's description is so, compare "
                                    "it with a line of the file."};

  static constexpr std::array rules{&too_short,   &no_number,   &nul_byte, &no_text_line,
                                    &utf16,       &no_date,     &no_value, &no_columns,
                                    &overlapping, &bad_pattern, &two_ways, &needless_pattern};

  static constexpr std::int64_t longest_line = 65536;

  struct ColumnOptions {
    std::string as;
    std::uint32_t start = 1;
    std::uint32_t length = 1;
    CellType type = CellType::text;
    std::optional<std::string> pattern;
    bool required = false;
    static void describe(Describe<ColumnOptions>& d) {
      d.required("as", &ColumnOptions::as, "Name of the column from here on.");
      d.required("start", &ColumnOptions::start,
                 "Place of its first character, counted from 1; a letter with an accent is one character, "
                 "however many bytes it has.")
          .at_least(1)
          .at_most(longest_line);
      d.required("length", &ColumnOptions::length, "How many characters it has.")
          .at_least(1)
          .at_most(longest_line);
      d.option("type", &ColumnOptions::type, "What its cells hold; int is a whole number.");
      d.option("pattern", &ColumnOptions::pattern, "How a date is written; MM/DD/YYYY where it is left out.");
      d.option("required", &ColumnOptions::required, "Whether a record without a value is an error.");
    }
  };
  struct Options {
    bool header = false;
    Encoding encoding = Encoding::automatic;
    std::vector<ColumnOptions> columns;
    static void describe(Describe<Options>& d) {
      d.option("header", &Options::header, "Whether the first line names the columns; it is passed over.");
      d.option("encoding", &Options::encoding, "How characters are written; auto tells by each line.");
      d.children("column", &Options::columns,
                 "The columns that are used, in any order; what lies between them is passed over.");
    }
  };

  struct Ports {
    struct Cell {
      FixedPlace place;
      TypedColumn column;
    };
    std::vector<Cell> cells;

    Ports(const Options& o, Columns& c) {
      if (o.columns.empty()) c.fault<no_columns>();
      for (const ColumnOptions& column : o.columns)
        cells.push_back(
            {{column.start, column.length}, {column.as, column.type, column.pattern, column.required, c}});
      for (auto each = cells.begin(); each != cells.end(); ++each)
        for (auto other = std::next(each); other != cells.end(); ++other)
          if (each->place.start <= other->place.last() && other->place.start <= each->place.last())
            c.fault<overlapping>(each->column.name(), other->column.name(), each->place.start,
                                 each->place.last(), other->place.start, other->place.last());
    }
  };

  FixedWidth(const Options& options, const Ports& ports)
      : encoding_(options.encoding),
        has_header_(options.header),
        cells_(ports.cells),
        lines_(options.encoding) {
    for (const Ports::Cell& cell : cells_)
      width_ = std::max(width_, cell.place.last());
  }

  void decode(const Block& block, Output& out) {
    if (block.begins_file()) {
      if (begins_utf16(block.bytes())) fail<utf16>();
      awaits_header_ = has_header_;
    }
    std::uint64_t line = block.first_line();
    for (lines_.begin(block.bytes()); lines_.next(); ++line) {
      if (lines_.is_blank() || std::exchange(awaits_header_, false)) continue;
      read_record(block.place(line), out);
    }
  }

 private:
  void read_record(Place place, Output& out) {
    if (!lines_.read())
      return lines_.has_nul() ? out.reject<nul_byte>(place)
                              : out.reject<no_text_line>(place, words_of(encoding_));
    NewRecord record(out, place);
    if (lines_.size() < width_) record.reject<too_short>(lines_.size(), beyond(lines_.size()));
    for (const Ports::Cell& cell : cells_)
      if (cell.place.last() <= lines_.size()) cell.column.put(lines_.cell(cell.place), record);
  }
  /// The columns that do not end within so many characters.
  [[nodiscard]] std::string beyond(std::size_t size) const {
    std::string all;
    for (const Ports::Cell& cell : cells_)
      if (cell.place.last() > size) all += (all.empty() ? "'" : ", '") + cell.column.name() + "'";
    return all;
  }

  Encoding encoding_;
  bool has_header_;
  std::vector<Ports::Cell> cells_;
  std::size_t width_ = 0;  // that every line has
  FixedLines lines_;
  bool awaits_header_ = false;
};

}  // namespace

MEALSYNC_PLUGIN(FixedWidth);
