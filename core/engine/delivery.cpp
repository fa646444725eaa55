#include <engine/delivery.hpp>

#include <algorithm>
#include <array>

#include <mealsync/row.hpp>

namespace mealsync {
namespace {

constexpr std::size_t most_bytes = std::size_t{8} << 20;  // before one sink

}  // namespace

Delivery::Delivery(const std::vector<LiveStage*>& sinks, const PlannedStage& last, Ledger& ledger)
    : last_(last),
      ledger_(ledger),
      fate_column_(last.output.code_column(CodeSet<Fate>::name)),
      changes_(last.output) {
  for (LiveStage* sink : sinks)
    crossings_.push_back(std::make_unique<Crossing>(
        [sink](const ms_batch& batch) { return sink->take(sink->stage().write, batch); }, most_bytes));
}

ms_status Delivery::push(const ms_batch& batch) {
  count_fates(batch);
  changes_.add(batch);
  const auto owned = std::make_shared<const OwnedBatch>(batch, last_.output, last_.wanted);
  const bool is_taken = std::all_of(crossings_.begin(), crossings_.end(),
                                    [&](const auto& crossing) { return crossing->push(owned) == MS_OK; });
  return is_taken ? MS_OK : MS_FAILED;
}

void Delivery::finish() {
  for (const auto& crossing : crossings_)
    crossing->finish();
}

/// A pipeline without a merge has no fates: each record that reaches its sinks is new there.
void Delivery::count_fates(const ms_batch& batch) {
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
