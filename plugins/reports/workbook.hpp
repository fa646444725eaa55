// reports/workbook.hpp -- sheets of a spreadsheet that grow row by row, on disk: however many rows, memory stays the same.
//
// A cell is text or a number, never a formula or a link, whatever it holds. A sheet of more rows than a spreadsheet
// program reads goes on in another one.
// Units    Widths in characters.
// Errors   Fails the run (9009) where the temporary folder has no room, or the report cannot be written. Throws
//          std::bad_alloc.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include <mealsync/sdk.hpp>
#include <reports/report_file.hpp>

struct lxw_format;
struct lxw_workbook;
struct lxw_worksheet;

namespace mealsync::reports {

struct SheetColumn {
  Text title;
  int width = 16;
};
using Cell = std::variant<Text, std::uint64_t>;

class Workbook;

class Sheet {
 public:
  /// Cells are as many as columns, or fewer.
  void add(std::span<const Text> cells);
  void add(std::span<const Cell> cells);

 private:
  friend Workbook;
  Sheet(Workbook& book, Text title, std::span<const SheetColumn> columns);
  void begin();
  void end();
  void begin_row();
  void write(std::uint16_t column, Text cell);
  void write(std::uint16_t column, std::uint64_t number);

  Workbook& book_;
  std::string title_;
  std::vector<SheetColumn> columns_;
  lxw_worksheet* sheet_ = nullptr;  // the workbook's
  int parts_ = 0;
  std::uint32_t row_ = 0;  // of this part, the last
};

class Workbook {
 public:
  /// The file is the report's, and the workbook all that is written to it.
  explicit Workbook(ReportFile& file);
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  /// Sheets stand in the order in which they were added. `title` has at most 25 characters, and the titles of columns live
  /// as long as the workbook.
  Sheet& add(Text title, std::span<const SheetColumn> columns);
  /// Writes it, whole, where no row was lost. Nothing is added after it.
  void finish();

 private:
  friend Sheet;
  struct Abandon {
    void operator()(lxw_workbook* book) const;
  };

  /// Its rows are no longer all there: the library does not look.
  [[noreturn]] void lose();

  ReportFile& file_;
  bool is_lost_ = false;
  std::unique_ptr<lxw_workbook, Abandon> book_;
  lxw_format* bold_ = nullptr;
  std::vector<std::unique_ptr<Sheet>> sheets_;
};

}  // namespace mealsync::reports
