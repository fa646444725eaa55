// A table as JSON: one object, of which every row is a line.
#include <nlohmann/json.hpp>

#include <reports/table_page.hpp>

namespace mealsync::reports {
namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Cells of columns of numbers are numbers as they stand; one without a value is null.
std::string object_of(const std::vector<TableColumn>& columns, std::span<const Text> cells) {
  std::string object = "{";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) object += ',';
    (object += dumped(columns[i].name)) += ':';
    if (cells[i].empty())
      object += "null";
    else
      object += columns[i].is_number ? std::string(cells[i]) : dumped(cells[i]);
  }
  return object += '}';
}

}  // namespace

void TablePage::write_json(const TableHead& head) {
  file_->write("{\"title\":" + dumped(head.title) + ",\n\"of\":" + dumped(head.of) +
               ",\n\"stopped\":" + dumped(head.stopped) + ",\n\"notes\":" + dumped(head.notes));
  const auto write = [this](Text name, const Table& table, const std::vector<TableColumn>& columns) {
    file_->write(",\n" + dumped(name) + ":[");
    bool is_first = true;
    table.each([&](std::span<const Text> cells) {
      file_->write((std::exchange(is_first, false) ? "\n" : ",\n") + object_of(columns, cells));
    });
    file_->write("]");
  };
  if (!counted_by_.empty()) write("counts", counts_table(), counts_columns());
  write("rows", rows_, columns_);
  file_->write("}\n");
  file_->finish();
}

}  // namespace mealsync::reports
