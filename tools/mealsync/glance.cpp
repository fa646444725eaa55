#include "glance.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include <finding/render.hpp>
#include <mealsync/context.hpp>
#include <mealsync/row.hpp>

namespace mealsync::tool {
namespace {

bool holds_any(std::string_view name, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return name.find(word) != std::string_view::npos; });
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

Showing showing_of(std::string_view column, std::uint32_t type) {
  std::string name(column);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (type == MS_CODE || type == MS_BOOL) return Showing::whole;
  if (holds_any(name,
                {"name", "birth", "dob", "ssn", "case", "address", "street", "phone", "mail", "parent"}))
    return Showing::hidden;
  if (type == MS_DATE) return Showing::whole;
  if (name.starts_with("school") || name.ends_with("school")) return Showing::whole;
  const bool is_key =
      name == "id" || name.ends_with("_id") || name.ends_with("number") || name.ends_with("_key");
  if (is_key) return Showing::masked;
  // What the sender's codes are called, here and elsewhere.
  constexpr std::array codes{"status", "code",   "reason", "origin",   "program", "type",
                             "elig",   "source", "record", "category", "lunch",   "meal"};
  const bool is_code = std::any_of(codes.begin(), codes.end(),
                                   [&](const char* word) { return name.find(word) != std::string::npos; });
  return is_code || type == MS_INT ? Showing::whole : Showing::masked;
}

Glance::Glance(std::string role, std::string id, const Schema& schema)
    : role_(std::move(role)), id_(std::move(id)), schema_(schema), columns_{"line"} {
  for (std::size_t i = 0; i < schema.size(); ++i) {
    showings_.push_back(showing_of(schema.name(i), schema.type(i)));
    columns_.emplace_back(schema.name(i));
  }
}

void Glance::add(const ms_batch& batch) {
  mealsync::detail::each_row(batch, [&](Row row) {
    std::vector<std::string> cells{std::to_string(row.line())};
    for (std::size_t i = 0; i < schema_.size(); ++i)
      cells.push_back(cell(batch, i, row.index()));
    rows_.push_back(std::move(cells));
  });
}

std::string Glance::cell(const ms_batch& batch, std::size_t column, std::size_t row) const {
  const ms_column& cells = batch.columns[column];
  if (cells.present != nullptr && cells.present[row] == 0) return {};
  std::string text;
  switch (schema_.type(column)) {
    case MS_TEXT:
      mealsync::detail::append_clean(text, text_of(static_cast<const ms_str*>(cells.values)[row]));
      break;
    case MS_INT:
      text = std::to_string(static_cast<const std::int64_t*>(cells.values)[row]);
      break;
    case MS_DATE:
      text = to_text(Date{static_cast<const std::int32_t*>(cells.values)[row]});
      break;
    case MS_BOOL:
      text = static_cast<const std::uint8_t*>(cells.values)[row] != 0 ? "yes" : "no";
      break;
    default:
      text = schema_.word(column, static_cast<const std::uint8_t*>(cells.values)[row]);
  }
  switch (showings_[column]) {
    case Showing::whole:
      return scrub(std::move(text));
    case Showing::masked:
      return mask_key(text);
    case Showing::hidden:
      break;
  }
  return text.empty() ? text : "***";
}

std::vector<Glance> glances_of(const Plan& plan) {
  std::vector<Glance> glances;
  for (const PlannedStage& planned : plan.stages)
    glances.emplace_back(std::string(to_text(planned.spec.role)), planned.spec.id, planned.output);
  return glances;
}

void print_table(const Glance& glance, std::ostream& out) {
  out << glance.role() << " " << glance.id() << ": " << glance.rows().size()
      << (glance.rows().size() == 1 ? " row\n" : " rows\n");
  if (glance.rows().empty()) return;
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < glance.columns().size(); ++i) {
    std::size_t width = characters(glance.columns()[i]);
    for (const auto& row : glance.rows())
      width = std::max(width, characters(row[i]));
    widths.push_back(width);
  }
  const auto print = [&](const std::vector<std::string>& cells) {
    std::string line = " ";
    for (std::size_t i = 0; i < cells.size(); ++i)
      line += " " + cells[i] + std::string(widths[i] - characters(cells[i]) + 1, ' ');
    out << line.substr(0, line.find_last_not_of(' ') + 1) << "\n";
  };
  print(glance.columns());
  for (const auto& row : glance.rows())
    print(row);
  out << "\n";
}

}  // namespace mealsync::tool
