// reports/gathered.hpp -- what every import report gathers while the run goes on: records, messages, codes.
//
// Source   Sections and columns: KSIS end-of-year training, 2016-04-21, slides 20 and 21.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <mealsync/sdk.hpp>
#include <reports/date_texts.hpp>
#include <reports/options.hpp>
#include <reports/report_file.hpp>
#include <reports/table.hpp>

namespace mealsync::reports {

/// What a report stage may find.
inline constexpr std::array report_rules{&cannot_write, &not_written, &no_room};

inline constexpr Text test_banner = "TEST IMPORT - nothing was written";

/// The columns of a merge, where there is one and the report lists records: otherwise none is looked at.
struct ReportPorts {
  ReportPorts(const ReportOptions& options, Columns& columns);

  Column<Code<Fate>> fate;
  Column<Code<Action>> action;
  Column<Text> name;  // "Last, First"
  Column<Text> state_id;
  Column<Int> record_year;  // the calendar year in which it ends
  Column<Date> start_date, end_date;
  Column<Code<Eligibility>> eligibility;
  Column<Code<Source>> source;
  Column<Code<CertifiedType>> certified_type;
  Column<bool> extended;  // given because of another child of the household
};

/// A column of the listed records: as people read it, and as a member's name.
struct Heading {
  Text title, member;
  /// Its cells are empty, or words of this house: no comma, no quote, no control character. Others may hold anything.
  bool is_ours = true;
};

/// The lists of records: what became new or changed, and what was there.
enum class Section : std::uint8_t { updated, existing };

/// Lists a record. The cells are borrowed; their columns are `headings`, of an existing record those after the first.
using ListRecord = std::function<void(Section, std::span<const Text> cells)>;

/// How a message shows the key of its record.
enum class Keys : std::uint8_t { whole, masked };

/// A message of the Error/Warning section.
struct Message {
  Text file;               // empty where the finding is of no record
  std::uint64_t line = 0;  // 0 likewise
  Text severity, code, words;
};

/// A code that was found, with the worst severity it had and what to do about it.
struct CodeCount {
  Severity severity = Severity::info;
  std::uint64_t count = 0;
  std::string remedy;
};

class Gathered {
 public:
  /// Each record is told to `list` as soon as it is known what became of it.
  Gathered(const ReportOptions& options, const ReportPorts& ports, SchoolYear year, ListRecord list,
           Keys keys = Keys::whole);

  void add(Row row);
  void add(const Found& found);
  /// To be called before anything is read.
  void end_of_rows() { end_record(); }

  /// The first says what became of the record. Names are among them where they come in.
  [[nodiscard]] std::span<const Heading> headings() const { return headings_; }
  [[nodiscard]] std::span<const Heading> headings(Section section) const {
    return headings().subspan(section == Section::existing ? 1 : 0);
  }
  /// Errors, then warnings, then the rest, each by file and line. A summary keeps none.
  void each_message(std::span<const ms_input> inputs, const std::function<void(const Message&)>& body) const;
  [[nodiscard]] std::uint64_t errors_and_warnings() const { return errors_and_warnings_; }
  [[nodiscard]] const std::map<std::uint32_t, CodeCount>& codes() const { return codes_; }
  /// Why the run did not succeed, if so. The words may hold a value: a summary has the code and its remedy.
  [[nodiscard]] std::string reason(const Summary& outcome) const;

 private:
  static constexpr std::size_t most_columns = 11;
  using Cells = std::array<Text, most_columns>;

  /// A record that waits for what else its row did.
  struct Waiting {
    std::string texts;  // its cells, one behind the other
    std::array<std::size_t, most_columns> sizes;
    std::optional<Fate> fate;
    bool is_new = false;
    bool is_ended = false;
  };

  void read_cells(Row row);
  void keep_waiting(Row row);
  void tell(const Waiting& record);
  void note_follow_up(Row row);
  void end_record();
  void keep_message(const Found& found);

  bool has_messages_;
  Keys keys_;
  ReportPorts at_;
  SchoolYear year_;
  std::string year_text_;
  DateTexts start_dates_, end_dates_;
  std::vector<Heading> headings_;
  ListRecord list_;
  Table errors_, warnings_, notes_;
  std::map<std::uint32_t, CodeCount> codes_;
  std::uint64_t errors_and_warnings_ = 0;
  std::optional<std::uint32_t> cause_;  // the first of the worst codes that ended the run

  // Of the record whose rows are coming. Its texts are kept for the next one, which so needs no memory of its own.
  std::uint64_t place_ = 0;
  Cells cells_;
  std::string type_;
  std::vector<Waiting> waiting_;
  std::size_t waiting_count_ = 0;
  bool ended_ = false, removed_ = false, trimmed_ = false;
};

}  // namespace mealsync::reports
