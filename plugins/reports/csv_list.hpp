// reports/csv_list.hpp -- a list that is too long for a page, as a CSV file beside it, for the same eyes alone.
//
// Its rows are written as those of csv_report.
// Errors   As those of a report's file.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <reports/csv_row.hpp>
#include <reports/report_file.hpp>

namespace mealsync::reports {

class CsvList {
 public:
  /// `page`-`name`.csv, the page's own name without its ending.
  CsvList(const std::string& page, Text name, std::span<const CsvColumn> columns)
      : path_(path_beside(page, name)), file_(path_), row_(names_of(columns), columns) {
    file_.write(byte_order_mark);
    const std::vector<Text> names = names_of(columns);
    add(names);
  }

  void add(std::span<const Text> cells) {
    text_.clear();
    row_.append_to(text_, cells);
    file_.write(text_);
  }
  void finish() { file_.finish(); }

  [[nodiscard]] std::string file_name() const { return std::filesystem::path(path_).filename().string(); }

 private:
  [[nodiscard]] static std::string path_beside(const std::string& page, Text name) {
    std::filesystem::path path(page);
    path.replace_filename(path.stem().string() + "-" + std::string(name) + ".csv");
    return path.string();
  }
  [[nodiscard]] static std::vector<Text> names_of(std::span<const CsvColumn> columns) {
    std::vector<Text> names;
    for (const CsvColumn& column : columns)
      names.push_back(column.name);
    return names;
  }

  std::string path_;
  ReportFile file_;
  CsvRow row_;
  std::string text_;  // the row that is being written
};

}  // namespace mealsync::reports
