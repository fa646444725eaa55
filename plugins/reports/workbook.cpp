#include <reports/workbook.hpp>

#include <xlsxwriter.h>

#include <boost/nowide/utf/convert.hpp>
#include <cerrno>
#include <cstdio>
#include <new>
#include <system_error>

#include <reports/held_text.hpp>

namespace mealsync::reports {
namespace {

/// What a spreadsheet program takes.
constexpr std::size_t most_characters = 32767;
constexpr std::uint32_t most_rows = LXW_ROW_MAX;

void check(lxw_error error) {
  if (error == LXW_ERROR_MEMORY_MALLOC_FAILED) throw std::bad_alloc();
  if (error != LXW_NO_ERROR) fail<no_room>(Text(lxw_strerror(error)));
}

/// As a C string that every spreadsheet program reads: UTF-8 without a zero, and no longer than it may be.
std::string readable(Text cell) {
  std::string text = boost::nowide::utf::convert_string<char>(cell.data(), cell.data() + cell.size());
  for (char& c : text)
    if (c == '\0') c = '?';
  if (text.size() <= most_characters) return text;
  std::size_t end = most_characters - 3;
  while ((static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
    --end;  // not within a character
  return text.substr(0, end) + "…";
}

}  // namespace

Sheet::Sheet(Workbook& book, Text title, std::span<const SheetColumn> columns)
    : book_(book), title_(title), columns_(columns.begin(), columns.end()) {
  begin();
}

void Sheet::begin() {
  ++parts_;
  const std::string name = parts_ == 1 ? title_ : title_ + " " + std::to_string(parts_);
  sheet_ = workbook_add_worksheet(book_.book_.get(), name.c_str());
  if (sheet_ == nullptr) throw std::bad_alloc();
  worksheet_freeze_panes(sheet_, 1, 0);
  worksheet_set_landscape(sheet_);
  worksheet_fit_to_pages(sheet_, 1, 0);
  check(worksheet_repeat_rows(sheet_, 0, 0));
  for (lxw_col_t i = 0; i != columns_.size(); ++i) {
    check(worksheet_set_column(sheet_, i, i, columns_[i].width, nullptr));
    check(worksheet_write_string(sheet_, 0, i, readable(columns_[i].title).c_str(), book_.bold_));
  }
  row_ = 0;
}

void Sheet::end() {
  const auto last = static_cast<lxw_col_t>(columns_.size() - 1);
  if (std::fflush(sheet_->optimize_tmpfile) != 0) book_.lose();
  if (row_ > 0) check(worksheet_autofilter(sheet_, 0, 0, row_, last));
}

void Sheet::begin_row() {
  if (std::ferror(sheet_->optimize_tmpfile) != 0) book_.lose();
  if (row_ + 1 == most_rows) {
    end();
    begin();
  }
  ++row_;
}

void Sheet::add(std::span<const Text> cells) {
  if (book_.is_lost_) return;
  begin_row();
  for (std::size_t i = 0; i < cells.size(); ++i)
    write(static_cast<lxw_col_t>(i), cells[i]);
}

void Sheet::add(std::span<const Cell> cells) {
  if (book_.is_lost_) return;
  begin_row();
  for (std::size_t i = 0; i < cells.size(); ++i)
    std::visit([&](const auto& cell) { write(static_cast<lxw_col_t>(i), cell); }, cells[i]);
}

void Sheet::write(std::uint16_t column, Text cell) {
  if (!cell.empty()) check(worksheet_write_string(sheet_, row_, column, readable(cell).c_str(), nullptr));
}

void Sheet::write(std::uint16_t column, std::uint64_t number) {
  check(worksheet_write_number(sheet_, row_, column, static_cast<double>(number), nullptr));
}

void Workbook::Abandon::operator()(lxw_workbook* book) const {
  lxw_workbook_free(book);
}

Workbook::Workbook(ReportFile& file) : file_(file) {
  lxw_workbook_options options{.constant_memory = LXW_TRUE, .tmpdir = nullptr, .use_zip64 = LXW_FALSE};
  book_.reset(workbook_new_opt(file.part().c_str(), &options));
  bold_ = book_ == nullptr ? nullptr : workbook_add_format(book_.get());
  if (bold_ == nullptr) throw std::bad_alloc();
  format_set_bold(bold_);
}

Sheet& Workbook::add(Text title, std::span<const SheetColumn> columns) {
  sheets_.push_back(std::unique_ptr<Sheet>(new Sheet(*this, title, columns)));
  return *sheets_.back();
}

void Workbook::lose() {
  is_lost_ = true;
  fail<no_room>(std::generic_category().message(errno));
}

void Workbook::finish() {
  if (is_lost_) return;
  for (const auto& sheet : sheets_)
    sheet->end();
  errno = 0;
  const lxw_error error = workbook_close(book_.release());  // which frees it, whatever happens
  if (error != LXW_NO_ERROR)
    file_.fail_to_write(errno != 0 ? std::generic_category().message(errno) : lxw_strerror(error));
  file_.finish();
}

}  // namespace mealsync::reports
