// reports/table_page.hpp -- one table as a report: text, CSV, HTML or JSON, a file for its owner alone.
//
// Rows wait on disk until the report is written: however many there are, memory stays the same. CSV is the table alone,
// as a spreadsheet takes it; the others have a head, and where it is asked for the number of rows by some columns.
// Errors   As those of a report's file, and of text that is held.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mealsync/meal_status.hpp>
#include <reports/html_page.hpp>
#include <reports/report_file.hpp>
#include <reports/table.hpp>

namespace mealsync::reports {

enum class TableFormat : std::uint8_t { text, csv, html, json };

struct TableColumn {
  std::string name;  // school_number; people read "School number"
  bool is_number = false;
};

struct TableHead {
  std::string title;
  std::string of;                  // Jefferson County, school year 2016-17, as of 2016-09-06
  std::string stopped{};           // why the table is not whole; empty where it is
  std::vector<std::string> notes;  // sentences
  std::string nothing;             // said in the place of a table without rows
};

class TablePage {
 public:
  /// `counted_by` are places among the columns: rows are counted by them, in the order in which they come.
  TablePage(const std::string& path, TableFormat format, std::vector<TableColumn> columns,
            std::vector<std::size_t> counted_by = {});

  /// A cell for each column.
  void add(std::span<const Text> cells);
  /// Nothing is added after it.
  void write(const TableHead& head);

 private:
  struct Counts {
    std::vector<std::string> cells;
    std::uint64_t rows = 0;
  };

  void count(std::span<const Text> cells);
  [[nodiscard]] Table counts_table() const;
  [[nodiscard]] std::vector<TableColumn> counts_columns() const;

  void write_text(const TableHead& head);
  void write_table_text(const Table& table, const std::vector<TableColumn>& columns);
  void write_csv();
  void write_html(const TableHead& head);
  void write_table_html(Text id, Text caption, const Table& table, const std::vector<TableColumn>& columns);
  void write_beside();
  void write_json(const TableHead& head);

  TableFormat format_;
  std::vector<TableColumn> columns_;
  std::vector<std::size_t> counted_by_;
  std::optional<HtmlPage> page_;
  std::optional<ReportFile> file_;  // of the other formats
  Table rows_;
  std::vector<Counts> counts_;
  std::map<std::string, std::size_t, std::less<>> count_of_;  // by the cells, one behind the other
};

}  // namespace mealsync::reports

template <>
struct mealsync::CodeSet<mealsync::reports::TableFormat> {
  static constexpr std::string_view name = "table_format";
  static constexpr std::array<std::string_view, 4> words{"text", "csv", "html", "json"};
};
