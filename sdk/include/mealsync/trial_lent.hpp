// mealsync/trial_lent.hpp -- what a trial lends to a stage, as the types of abi.h.
//
// Made by hand and not with the SDK's own sheets, so that a trial can catch the SDK. Each text has memory of
// its own that is freed with what lends it, so that the address sanitizer catches a stage that keeps it.
// Units    The lines of a table count from 1, its header: the first record is on line 2.
#pragma once

#include <cstring>
#include <memory>

#include <mealsync/trial_table.hpp>

namespace mealsync::testing {

/// One option; a child element has children.
struct Setting {
  std::string name, value;
  std::vector<Setting> children{};
};

namespace detail {

/// Settings as a stage is told of them.
class LentSettings {
 public:
  explicit LentSettings(const std::vector<Setting>& settings) : names_(settings) {
    children_.reserve(names_.size());
    for (const Setting& setting : names_) {
      const auto& children = children_.emplace_back(std::make_unique<LentSettings>(setting.children))->all();
      settings_.push_back({lend(setting.name), lend(setting.value), children.data(), children.size()});
    }
  }
  [[nodiscard]] const std::vector<ms_setting>& all() const { return settings_; }

 private:
  std::vector<Setting> names_;
  std::vector<std::unique_ptr<LentSettings>> children_;
  std::vector<ms_setting> settings_;
};

/// Bytes in memory of their own.
class LentBytes {
 public:
  explicit LentBytes(std::string_view bytes)
      : bytes_(std::make_unique<char[]>(bytes.size())), size_(bytes.size()) {
    std::copy(bytes.begin(), bytes.end(), bytes_.get());
  }
  [[nodiscard]] ms_str text() const { return {bytes_.get(), size_}; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_;
};

/// Columns as a stage is told of them.
class LentFields {
 public:
  explicit LentFields(std::vector<TableColumn> columns) : columns_(std::move(columns)) {
    for (const TableColumn& column : columns_) {
      auto& words = words_.emplace_back();
      for (const std::string& word : column.words)
        words.push_back(lend(word));
      fields_.push_back({lend(column.name),
                         {},
                         column.type,
                         static_cast<std::uint32_t>(words.size()),
                         lend(column.set),
                         words.data()});
    }
  }
  [[nodiscard]] const std::vector<ms_field>& fields() const { return fields_; }

 private:
  std::vector<TableColumn> columns_;
  std::vector<std::vector<ms_str>> words_;
  std::vector<ms_field> fields_;
};

/// Some records of a table as a batch. A cell without a value holds one all the same, which nobody may read.
class LentBatch {
 public:
  /// With a decoy the batch begins with a row that is not selected.
  LentBatch(const Table& table, std::size_t first, std::size_t count, bool decoy)
      : cells_(table.columns.size()) {
    if (decoy) {
      places_.push_back(0);
      for (std::size_t c = 0; c < cells_.size(); ++c)
        add(cells_[c], table.columns[c], decoy_of(table.columns[c]));
    }
    for (std::size_t r = first; r < first + count; ++r) {
      selected_.push_back(static_cast<std::uint32_t>(places_.size()));
      places_.push_back(r + 2);
      for (std::size_t c = 0; c < cells_.size(); ++c)
        add(cells_[c], table.columns[c], table.records[r][c]);
    }
    for (const Cells& cells : cells_) {
      const bool all = std::count(cells.present.begin(), cells.present.end(), 0) == 0;
      columns_.push_back({all ? nullptr : cells.present.data(), cells.values.data()});
    }
    batch_ = {sizeof batch_,
              static_cast<std::uint32_t>(columns_.size()),
              places_.size(),
              places_.data(),
              columns_.data(),
              decoy ? selected_.data() : nullptr,
              decoy ? selected_.size() : 0};
  }
  LentBatch(const LentBatch&) = delete;
  LentBatch& operator=(const LentBatch&) = delete;

  [[nodiscard]] const ms_batch& batch() const { return batch_; }

 private:
  struct Cells {
    std::vector<std::uint8_t> present;
    std::vector<std::byte> values;
  };

  static std::string decoy_of(const TableColumn& column) {
    switch (column.type) {
      case MS_TEXT:
        return "decoy";
      case MS_INT:
        return "-1";
      case MS_DATE:
        return "1900-01-01";
      case MS_BOOL:
        return "yes";
      default:
        return column.words.front();
    }
  }

  template <class T>
  static void append(Cells& to, T value) {
    const auto at = to.values.size();
    to.values.resize(at + sizeof value);
    std::memcpy(to.values.data() + at, &value, sizeof value);
  }

  void add(Cells& to, const TableColumn& column, const std::optional<std::string>& cell) {
    to.present.push_back(cell ? 1 : 0);
    const std::string value = cell ? *cell : decoy_of(column);
    switch (column.type) {
      case MS_TEXT:
        return append(to, keep(value));
      case MS_INT:
        return append(to, number(value));
      case MS_DATE:
        return append(to, day(value).days);
      case MS_BOOL:
        return append(to, static_cast<std::uint8_t>(yes(value)));
      default:
        return append(to, static_cast<std::uint8_t>(code(column, value)));
    }
  }

  ms_str keep(const std::string& text) {
    char* to = texts_.emplace_back(std::make_unique<char[]>(text.size())).get();
    std::copy(text.begin(), text.end(), to);
    return {to, text.size()};
  }
  static std::int64_t number(const std::string& cell) {
    std::size_t end = 0;
    const std::int64_t number = std::stoll(cell, &end);
    if (end != cell.size()) throw std::invalid_argument("no number: " + cell);
    return number;
  }
  static Date day(const std::string& cell) {
    const auto date = date_from_iso(cell);
    if (!date) throw std::invalid_argument("no date: " + cell);
    return *date;
  }
  static bool yes(const std::string& cell) {
    if (cell != "yes" && cell != "no") throw std::invalid_argument("neither yes nor no: " + cell);
    return cell == "yes";
  }
  static std::ptrdiff_t code(const TableColumn& column, const std::string& cell) {
    const auto at = std::find(column.words.begin(), column.words.end(), cell);
    if (at == column.words.end()) throw std::invalid_argument("no " + column.set + ": " + cell);
    return at - column.words.begin();
  }

  std::vector<Cells> cells_;
  std::vector<std::unique_ptr<char[]>> texts_;
  std::vector<std::uint64_t> places_;
  std::vector<std::uint32_t> selected_;
  std::vector<ms_column> columns_;
  ms_batch batch_{};
};

}  // namespace detail

}  // namespace mealsync::testing
