#include <journal/finding_rows.hpp>

#include <string>

#include <finding/render.hpp>
#include <mealsync/context.hpp>

namespace mealsync::journal_file {
namespace {

constexpr int columns = 13;

std::string insert_of(std::size_t rows) {
  std::string sql =
      "INSERT INTO run_finding (run_id, position, code, severity, message, remedy, stage, file, line, "
      "at_file, at_line, at_column, count) VALUES ";
  for (std::size_t row = 0; row < rows; ++row)
    sql += row == 0 ? "(?,?,?,?,?,?,?,?,?,?,?,?,?)" : ",(?,?,?,?,?,?,?,?,?,?,?,?,?)";
  return sql;
}

}  // namespace

FindingRows::FindingRows(Database& database, std::uint64_t id) : database_(database), id_(id) {
  Statement next(database, "SELECT coalesce(max(position) + 1, 0) FROM run_finding WHERE run_id = ?");
  next.bind(id);
  if (next.next()) position_ = next.number(0);
}

void FindingRows::add(const Finding& finding) {
  Finding& kept = findings_[count_++];
  kept = finding;
  kept.message = shown_message(finding);
  if (count_ == at_once) write();
}

void FindingRows::write() {
  if (insert_rows_ != count_) insert_.emplace(database_, insert_of(count_));
  insert_rows_ = count_;
  insert_->reset();
  for (int row = 0; row < static_cast<int>(count_); ++row) {
    const Finding& finding = findings_[static_cast<std::size_t>(row)];
    const Place place{finding.place};
    insert_->bind_from(columns * row, id_, position_++, finding.code,
                       static_cast<std::uint32_t>(finding.severity), finding.message, finding.remedy,
                       finding.stage, place.file(), place.line(), finding.at.file, finding.at.line,
                       finding.at.column, finding.count);
  }
  insert_->next();
  count_ = 0;
}

}  // namespace mealsync::journal_file
