// glance.hpp -- the first rows after a stage, as anyone may see them: no name, no birth date, no whole key.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include <mealsync/abi.h>
#include <engine/plan.hpp>

namespace mealsync::tool {

/// How much of a column's values may be shown. Its name decides, and what is not known to be harmless is not shown.
enum class Showing : std::uint8_t { whole, masked, hidden };
[[nodiscard]] Showing showing_of(std::string_view column, std::uint32_t type);

class Glance {
 public:
  Glance(std::string role, std::string id, const Schema& schema);

  void add(const ms_batch& batch);

  [[nodiscard]] const std::string& role() const { return role_; }
  [[nodiscard]] const std::string& id() const { return id_; }
  /// Of the rows; the first is the line in the file.
  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
  [[nodiscard]] const std::vector<std::vector<std::string>>& rows() const { return rows_; }

 private:
  [[nodiscard]] std::string cell(const ms_batch& batch, std::size_t column, std::size_t row) const;

  std::string role_, id_;
  const Schema& schema_;
  std::vector<Showing> showings_;
  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// Of each stage, in the order of the plan; a source of bytes gives no rows.
[[nodiscard]] std::vector<Glance> glances_of(const Plan& plan);

void print_table(const Glance& glance, std::ostream& out);

}  // namespace mealsync::tool
