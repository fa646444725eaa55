// reports/html_page.hpp -- a page of HTML that is written piece by piece: what is in it was escaped.
//
// Errors   As those of a report's file.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <reports/markup.hpp>
#include <reports/report_file.hpp>

namespace mealsync::reports {

/// A list with more rows is no part of the page, but a file beside it: a browser is slow with more.
inline constexpr std::uint64_t longest_list = 5000;

class HtmlPage {
 public:
  explicit HtmlPage(const std::string& path) : path_(path), file_(path) {}

  template <class... Args>
  void add(Markup markup, const Args&... args) {
    text_.clear();
    markup.append_to(text_, args...);
    file_.write(text_);
  }
  /// Markup already: rows of a table, or what of the page is always the same.
  void add_markup(Text markup) { file_.write(markup); }

  /// From its first byte into its body, with a link past what comes before the element that is called report.
  void begin(Text title);
  /// From the end of its main part to its last byte, with the script.
  void end();

  /// `id` is one word, and the page's only one of it.
  void begin_table(Text id, Text caption, std::span<const Text> headings);
  void add_row(std::span<const Text> cells);
  void end_table();
  static void append_row(std::string& markup, std::span<const Text> cells);

  /// Says where a list is that has too many rows.
  void link_to(Text file_name, std::uint64_t rows);

  void finish() { file_.finish(); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
  ReportFile file_;
  std::string text_;  // what is being written
};

}  // namespace mealsync::reports
