// Reads a state's list of directly certified students. How each state writes it is in direct_layouts.hpp.
//
// An SSN leaves no trace: what a layout does not name is not read.
// Source   layouts.md 2: a row with a code that nobody knows is held back; a list of foster children is never extended.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <mealsync/sdk.hpp>

#include "formats/direct_layouts.hpp"
#include "formats/encoding.hpp"
#include "formats/field_reader.hpp"
#include "formats/fixed_line.hpp"
#include "formats/header_names.hpp"
#include "formats/program_codes.hpp"
#include "formats/splitter.hpp"
#include "formats/text_rules.hpp"
#include "formats/typed_column.hpp"

namespace {

/// As the source dc_file has them.
enum class ListKind : std::uint8_t { monthly, history, foster, foster_history };

/// The place of a layout in the table.
enum class LayoutName : std::uint8_t {};

}  // namespace

template <>
struct mealsync::CodeSet<ListKind> {
  static constexpr std::string_view name = "list";
  static constexpr std::array<std::string_view, 4> words{"monthly", "history", "foster", "foster_history"};
};
template <>
struct mealsync::CodeSet<LayoutName> {
  static constexpr std::string_view name = "layout";
  static constexpr auto words = [] {
    std::array<std::string_view, std::size(formats::layouts::all)> names;
    for (std::size_t i = 0; i < names.size(); ++i)
      names[i] = formats::layouts::all[i].name;
    return names;
  }();
};

namespace {

using namespace mealsync;
using namespace mealsync::formats;

class DirectCertification {
 public:
  static constexpr auto name = "direct_certification";
  static constexpr auto summary =
      "Reads a state's list of students who are certified without an application.";

  static constexpr Rule unknown_program{
      4001, Severity::error, "Invalid [{}] '{}'",
      "Ask the state what the code means, and add a <program> for it to the pipeline's format."};
  static constexpr Rule not_certified{4004, Severity::info, "The list has the student as not certified ({})",
                                      "Nothing is to be done: the state's match found no program."};
  static constexpr Rule wrong_count{
      4010, Severity::error, "Wrong number of columns: {}, expected {}",
      "Download the list again; where every line is so, its layout is another."};
  static constexpr Rule broken_line{4010, Severity::error,
                                    "A quote is wrong in this line, or it is longer than {} bytes",
                                    "Download the list again without opening it in a spreadsheet."};
  static constexpr Rule too_short{4010, Severity::error, "Line of {} characters is too short for layout '{}'",
                                  "Download the list again: the line was cut."};
  static constexpr Rule no_header{4010, Severity::fatal, "The first line lacks {}, as layout '{}' has them",
                                  "Download the list with its header, or correct layout in the pipeline."};
  static constexpr Rule no_text_line{4011, Severity::error, "Line cannot be read as {}",
                                     "Download the list again as UTF-8."};

  static constexpr Rule other_columns{
      own(5001), Severity::fatal, "when='{}' does not have a value of each of {}",
      "Give one value a column, divided by '|'; none where the layout has none."};
  static constexpr Rule program_twice{own(5001), Severity::fatal, "when='{}' has more than one <program>",
                                      "Delete one of the two."};

  static constexpr std::array rules{
      &unknown_program, &not_certified, &wrong_count, &broken_line, &too_short,     &no_header,    &nul_byte,
      &utf16,           &no_text_line,  &no_text,     &no_date,     &other_columns, &program_twice};

  struct ProgramOptions {
    std::string when;
    Eligibility eligibility = Eligibility::free;
    CertifiedType certified_type = CertifiedType::unknown;
    bool certified = true;
    static void describe(Describe<ProgramOptions>& d) {
      d.option(
          "when", &ProgramOptions::when,
          "The list's code: a value of each program column of the layout, divided by '|'; * is any other.");
      d.option("eligibility", &ProgramOptions::eligibility, "The eligibility of its students.");
      d.option("certified_type", &ProgramOptions::certified_type, "The program.");
      d.option("certified", &ProgramOptions::certified,
               "No where the code says that a student is not certified.");
    }
  };
  struct Options {
    LayoutName layout{};
    ListKind list = ListKind::monthly;
    std::vector<ProgramOptions> programs;
    static void describe(Describe<Options>& d) {
      d.required("layout", &Options::layout,
                 "Whose list it is: Kentucky, Texas, Illinois, Tennessee, Maryland, California or Oregon.");
      d.option("list", &Options::list,
               "Which list it is; one of foster children is never extended to their households.");
      d.children("program", &Options::programs,
                 "What codes mean of which the layout knows nothing, or something else.");
    }
  };

  struct Ports {
    struct Cell {
      std::size_t field;  // in the record; meaningless while the header is to be read
      const LayoutColumn* known;
      TypedColumn column;
    };
    const Layout* layout;
    std::vector<Cell> cells;
    std::vector<std::size_t> program_cells;  // of `cells`
    ProgramCodes codes;
    Column<Code<Eligibility>> eligibility;
    Column<Code<Source>> source;
    Column<Code<CertifiedType>> type;
    Column<bool> may_extend;

    Ports(const Options& o, Columns& c)
        : layout(&layouts::all[static_cast<std::size_t>(o.layout)]), codes(layout->program_columns.size()) {
      for (std::size_t i = 0; i < layout->columns.size(); ++i)
        if (const LayoutColumn& known = layout->columns[i]; !known.as.empty()) add_cell(i, known, c);
      add_programs(o, c);
      eligibility = c.add<Code<Eligibility>>("eligibility", "What the program entitles to.");
      source = c.add<Code<Source>>("source", "Direct.");
      type = c.add<Code<CertifiedType>>("certified_type", "The program.");
      may_extend = c.add<bool>("may_extend", "Whether the list may be extended to households.");
    }

   private:
    void add_cell(std::size_t field, const LayoutColumn& known, Columns& c) {
      const bool is_date = !known.pattern.empty();
      for (const Text program : layout->program_columns)
        if (program == known.as) program_cells.push_back(cells.size());
      cells.push_back({field,
                       &known,
                       {std::string(known.as), is_date ? CellType::date : CellType::text,
                        is_date ? std::optional(std::string(known.pattern)) : std::nullopt, false, c}});
    }
    void add_programs(const Options& o, Columns& c) {
      std::string columns;
      for (const Text each : layout->program_columns)
        columns += (columns.empty() ? "" : "|") + std::string(each);
      for (const ProgramOptions& each : o.programs) {
        const auto added =
            codes.add(each.when, {each.when, each.certified_type, each.eligibility, each.certified});
        if (added == ProgramCodes::Added::of_other_columns)
          c.fault<other_columns>(each.when, "'" + columns + "'");
        if (added == ProgramCodes::Added::twice) c.fault<program_twice>(each.when);
      }
      for (const Program& each : layout->programs)
        static_cast<void>(codes.add(each.when, each));
    }
  };

  DirectCertification(const Options& options, const Ports& ports)
      : at_(ports),
        list_(options.list),
        dialect_({ports.layout->separator, ports.layout->separator == ',' ? '"' : Dialect::no_quote}),
        expected_(ports.layout->columns.size()),
        splitter_(dialect_),
        reader_(dialect_.quote, Encoding::automatic),
        lines_(Encoding::automatic) {
    for (const Ports::Cell& cell : at_.cells)
      width_ = std::max(width_, cell.known->place.last());
    for (const std::size_t cell : at_.program_cells)
      program_names_ += (program_names_.empty() ? "" : "|") + at_.cells[cell].column.name();
  }

  std::size_t frame(Text bytes) { return is_fixed() ? bytes.rfind('\n') + 1 : splitter_.whole(bytes); }

  void decode(const Block& block, Output& out) {
    if (block.begins_file()) {
      if (begins_utf16(block.bytes())) fail<utf16>();
      awaits_header_ = at_.layout->has_header;
    }
    if (is_fixed())
      decode_lines(block, out);
    else
      decode_fields(block, out);
  }

 private:
  [[nodiscard]] bool is_fixed() const { return at_.layout->separator == Layout::fixed; }

  void decode_lines(const Block& block, Output& out) {
    std::uint64_t line = block.first_line();
    for (lines_.begin(block.bytes()); lines_.next(); ++line) {
      if (lines_.is_blank()) continue;
      const Place place = block.place(line);
      if (!lines_.read()) {
        if (lines_.has_nul())
          out.reject<nul_byte>(place);
        else
          out.reject<no_text_line>(place, words_of(Encoding::automatic));
      } else if (lines_.size() < width_) {
        out.reject<too_short>(place, lines_.size(), at_.layout->name);
      } else {
        read_record(place, out,
                    [&](const Ports::Cell& cell) { return std::optional(lines_.cell(cell.known->place)); });
      }
    }
  }

  void decode_fields(const Block& block, Output& out) {
    std::uint64_t line = block.first_line();
    for (splitter_.begin(block.bytes()); splitter_.next(); line += splitter_.lines()) {
      if (splitter_.is_blank()) continue;
      const Place place = block.place(line);
      if (std::exchange(awaits_header_, false)) {
        read_header();
      } else if (has_nul(splitter_)) {
        out.reject<nul_byte>(place);
      } else if (splitter_.fault() != RecordFault::none) {
        out.reject<broken_line>(place, dialect_.max_record);
      } else if (splitter_.fields().size() != expected_) {
        out.reject<wrong_count>(place, splitter_.fields().size(), expected_);
      } else {
        read_record(place, out, [&](const Ports::Cell& cell) {
          return reader_.read(splitter_, splitter_.fields()[cell.field]);
        });
      }
    }
  }

  /// Finds the layout's columns by their names. The file may have others: the states add some from year to year.
  void read_header() {
    std::vector<std::string> names;
    if (splitter_.fault() == RecordFault::none)
      for (const Field& field : splitter_.fields()) {
        const auto text = reader_.read(splitter_, field);
        names.emplace_back(text ? trimmed(text->text) : Text());
      }
    std::vector<std::string> missing;
    for (Ports::Cell& cell : at_.cells) {
      const auto is_named = [&](const std::string& each) { return is_same_name(each, cell.known->header); };
      const auto found = std::find_if(names.begin(), names.end(), is_named);
      const bool is_one = found != names.end() && std::none_of(found + 1, names.end(), is_named);
      if (is_one)
        cell.field = static_cast<std::size_t>(found - names.begin());
      else
        missing.emplace_back(cell.known->header);
    }
    // What the line has is not shown: it may be a child's.
    if (!missing.empty()) fail<no_header>(listed(missing), at_.layout->name);
    expected_ = names.size();
  }

  /// `text_of` gives the text of a cell; that of the one before it may be gone then.
  template <class F>
  void read_record(Place place, Output& out, F&& text_of) {
    program_.clear();
    values_.clear();
    for (const std::size_t each : at_.program_cells) {
      const auto text = text_of(at_.cells[each]);
      program_.emplace_back(text ? trimmed(text->text) : Text());
    }
    values_.assign(program_.begin(), program_.end());
    const Program* const program = at_.codes.find(values_);
    if (program != nullptr && !program->is_certified)
      return out.skip<not_certified>(place, "not_certified", shown_program());

    NewRecord record(out, place);
    for (const Ports::Cell& cell : at_.cells) {
      if (const auto text = text_of(cell))
        cell.column.put(*text, record);
      else
        record.reject<no_text>(cell.column.name(), words_of(Encoding::automatic));
    }
    if (program == nullptr) return record.reject<unknown_program>(program_names_, shown_program());
    if (Cells* const cells = record.cells())
      cells->set(at_.eligibility, program->eligibility)
          .set(at_.source, Source::direct)
          .set(at_.type, program->type)
          .set(at_.may_extend, list_ == ListKind::monthly || list_ == ListKind::history);
  }

  /// A code; something longer, where the list is of another layout, may be a name.
  [[nodiscard]] std::string shown_program() const {
    constexpr std::size_t longest_code = 4;
    std::string shown;
    for (const std::string& value : program_)
      (shown += &value == program_.data() ? "" : "|") += value.size() <= longest_code ? value : "(a value)";
    return shown;
  }

  Ports at_;
  ListKind list_;
  Dialect dialect_;
  std::size_t expected_;   // columns of a record
  std::size_t width_ = 0;  // characters of a line
  Splitter splitter_;
  FieldReader reader_;
  FixedLines lines_;
  bool awaits_header_ = false;
  std::string program_names_;
  std::vector<std::string> program_;  // of the record: its text may be gone when the next is read
  std::vector<Text> values_;
};

}  // namespace

MEALSYNC_PLUGIN(DirectCertification);
