#include <engine/crossing.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <mealsync/row.hpp>

namespace mealsync {
namespace {

constexpr std::ptrdiff_t batches_in_flight = 8;

std::vector<bool> columns_wanted(const std::vector<LiveStage*>& sinks, std::size_t columns) {
  std::vector<bool> wanted(columns, false);
  for (const LiveStage* sink : sinks)
    for (const std::uint32_t column : sink->planned().used)
      wanted[column] = true;
  return wanted;
}

}  // namespace

Crossing::Crossing(const std::vector<LiveStage*>& sinks, const Schema& schema, Ledger& ledger)
    : sinks_(sinks),
      schema_(schema),
      ledger_(ledger),
      wanted_(columns_wanted(sinks, schema.size())),
      fate_column_(schema.code_column(CodeSet<Fate>::name)),
      writing_([this] { write_all(); }),
      written_(writing_.get_future()) {
  queue_.set_capacity(batches_in_flight);
  thread_ = std::jthread([this] {
    writing_();
    drop_all();
  });
}

Crossing::~Crossing() {
  if (written_.valid()) queue_.push(nullptr);
}

ms_status Crossing::push(const ms_batch& batch) {
  if (has_failed_) return MS_FAILED;
  count_fates(batch);
  queue_.push(std::make_unique<OwnedBatch>(batch, schema_, wanted_));
  return MS_OK;
}

void Crossing::finish() {
  queue_.push(nullptr);
  written_.get();
}

void Crossing::write_all() {
  while (const auto batch = next()) {
    if (has_failed_) continue;
    has_failed_ = !std::all_of(sinks_.begin(), sinks_.end(), [&](LiveStage* sink) {
      return sink->call(sink->stage().write, &batch->view()) == MS_OK;
    });
  }
}

/// Where writing broke off with an exception, push must still find room.
void Crossing::drop_all() {
  has_failed_ = has_failed_ || !has_ended_;
  while (!has_ended_)
    static_cast<void>(next());
}

std::unique_ptr<OwnedBatch> Crossing::next() {
  std::unique_ptr<OwnedBatch> batch;
  queue_.pop(batch);
  has_ended_ = batch == nullptr;
  return batch;
}

/// A pipeline without a merge has no fates: each record that reaches its sinks is new there.
void Crossing::count_fates(const ms_batch& batch) {
  std::array<std::uint64_t, CodeSet<Fate>::words.size()> counts{};
  const Column<Code<Fate>> fate{fate_column_, MS_NO_COLUMN};
  detail::each_row(batch, [&](Row row) {
    if (fate_column_ == MS_NO_COLUMN)
      ++counts[static_cast<std::size_t>(Fate::new_)];
    else if (row.has(fate))
      ++counts[std::min(static_cast<std::size_t>(row[fate]), counts.size() - 1)];
  });
  for (std::size_t i = 0; i < counts.size(); ++i)
    ledger_.count_fate(static_cast<Fate>(i), counts[i]);
}

}  // namespace mealsync
