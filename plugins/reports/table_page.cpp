#include <reports/table_page.hpp>

#include <algorithm>

#include <reports/clean.hpp>
#include <reports/csv_list.hpp>
#include <reports/csv_row.hpp>

namespace mealsync::reports {
namespace {

/// school_number: School number.
std::string heading_of(const TableColumn& column) {
  std::string heading = clean(column.name);
  std::replace(heading.begin(), heading.end(), '_', ' ');
  for (auto at = heading.find("id"); at != std::string::npos; at = heading.find("id", at + 2)) {
    const bool is_word =
        (at == 0 || heading[at - 1] == ' ') && (at + 2 == heading.size() || heading[at + 2] == ' ');
    if (is_word) heading.replace(at, 2, "ID");
  }
  if (!heading.empty() && heading[0] >= 'a' && heading[0] <= 'z')
    heading[0] = static_cast<char>(heading[0] - 'a' + 'A');
  return heading;
}

std::vector<std::string> headings_of(const std::vector<TableColumn>& columns) {
  std::vector<std::string> headings;
  for (const TableColumn& column : columns)
    headings.push_back(heading_of(column));
  return headings;
}

std::vector<Text> views_of(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

std::vector<CsvColumn> csv_columns(const std::vector<TableColumn>& columns) {
  std::vector<CsvColumn> all;
  for (const TableColumn& column : columns)
    all.push_back({column.name, column.is_number});
  return all;
}

}  // namespace

TablePage::TablePage(const std::string& path, TableFormat format, std::vector<TableColumn> columns,
                     std::vector<std::size_t> counted_by)
    : format_(format), columns_(std::move(columns)), counted_by_(std::move(counted_by)) {
  if (format_ == TableFormat::html)
    page_.emplace(path);
  else
    file_.emplace(path);
}

void TablePage::add(std::span<const Text> cells) {
  rows_.add(cells);
  if (!counted_by_.empty()) count(cells);
}

void TablePage::count(std::span<const Text> cells) {
  std::string key;
  for (const std::size_t column : counted_by_)
    (key += cells[column]) += '\0';
  const auto [at, is_new] = count_of_.try_emplace(std::move(key), counts_.size());
  if (is_new) {
    Counts& counts = counts_.emplace_back();
    for (const std::size_t column : counted_by_)
      counts.cells.emplace_back(cells[column]);
  }
  ++counts_[at->second].rows;
}

Table TablePage::counts_table() const {
  Table table;
  const auto add = [&table](std::vector<std::string> cells, std::uint64_t rows) {
    cells.push_back(std::to_string(rows));
    table.add(views_of(cells));
  };
  for (const Counts& counts : counts_)
    add(counts.cells, counts.rows);
  std::vector<std::string> all(counted_by_.size());
  all.back() = "All";
  add(all, rows_.rows());
  return table;
}

std::vector<TableColumn> TablePage::counts_columns() const {
  std::vector<TableColumn> columns;
  for (const std::size_t column : counted_by_)
    columns.push_back(columns_[column]);
  columns.push_back({"rows", true});
  return columns;
}

void TablePage::write(const TableHead& head) {
  switch (format_) {
    case TableFormat::text:
      return write_text(head);
    case TableFormat::csv:
      return write_csv();
    case TableFormat::html:
      return write_html(head);
    case TableFormat::json:
      return write_json(head);
  }
}

void TablePage::write_text(const TableHead& head) {
  const auto line = [this](Text words) {
    file_->write(clean(words));
    file_->write("\n");
  };
  line(head.title);
  line(head.of);
  if (!head.stopped.empty()) line(head.stopped);
  for (const std::string& note : head.notes)
    line(note);
  line("");
  if (rows_.rows() == 0) {
    if (head.stopped.empty()) line(head.nothing);
  } else {
    if (!counts_.empty()) {
      write_table_text(counts_table(), counts_columns());
      line("");
    }
    write_table_text(rows_, columns_);
  }
  file_->finish();
}

void TablePage::write_table_text(const Table& table, const std::vector<TableColumn>& columns) {
  const auto headings = headings_of(columns);
  std::string line;
  const auto write = [&](std::span<const Text> cells) {
    line.clear();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::size_t width = std::max(table.width(i), characters(headings[i]));
      const std::string gap(width - characters(cells[i]), ' ');
      if (i > 0) line += "  ";
      if (columns[i].is_number) line += gap;
      line += cells[i];
      if (!columns[i].is_number) line += gap;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    line += '\n';
    file_->write(line);
  };
  write(views_of(headings));
  table.each(write);
}

void TablePage::write_csv() {
  std::vector<Text> names;
  for (const TableColumn& column : columns_)
    names.push_back(column.name);
  const CsvRow row(names, csv_columns(columns_));
  std::string text(byte_order_mark);
  const auto write = [&](std::span<const Text> cells) {
    row.append_to(text, cells);
    file_->write(text);
    text.clear();
  };
  write(names);
  rows_.each(write);
  file_->finish();
}

void TablePage::write_html(const TableHead& head) {
  page_->begin(head.title + ", " + head.of);
  page_->add("<header>\n");
  if (!head.stopped.empty())
    page_->add("<p class=\"banner stopped\"><strong>{}</strong></p>\n", head.stopped);
  page_->add("<h1>{}</h1>\n<p class=\"of\">{}</p>\n", head.title, head.of);
  for (const std::string& note : head.notes)
    page_->add("<p>{}</p>\n", note);
  page_->add("</header>\n<main id=\"report\">\n");
  if (rows_.rows() == 0 && head.stopped.empty()) page_->add("<section><p>{}</p></section>\n", head.nothing);
  if (rows_.rows() > 0) {
    if (!counts_.empty()) write_table_html("counts", "Counts", counts_table(), counts_columns());
    if (rows_.rows() > longest_list)
      write_beside();
    else
      write_table_html("rows", rows_.rows() == 1 ? "1 row" : grouped(rows_.rows()) + " rows", rows_,
                       columns_);
  }
  page_->end();
  page_->finish();
}

void TablePage::write_table_html(Text id, Text caption, const Table& table,
                                 const std::vector<TableColumn>& columns) {
  const auto headings = headings_of(columns);
  page_->add("<section>\n");
  page_->begin_table(id, caption, views_of(headings));
  table.each([&](std::span<const Text> cells) { page_->add_row(cells); });
  page_->end_table();
  page_->add("</section>\n");
}

void TablePage::write_beside() {
  CsvList list(page_->path(), "rows", csv_columns(columns_));
  rows_.each([&](std::span<const Text> cells) { list.add(cells); });
  list.finish();
  page_->add("<section>\n");
  page_->link_to(list.file_name(), rows_.rows());
  page_->add("</section>\n");
}

}  // namespace mealsync::reports
