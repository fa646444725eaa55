#include <engine/guards.hpp>

#include <engine/rules.hpp>

namespace mealsync {
namespace {

constexpr std::uint64_t least_judged = 50;

bool exceeds(std::uint64_t part, std::uint64_t whole, int percent) {
  return whole >= least_judged && part * 100 > whole * static_cast<std::uint64_t>(percent);
}

}  // namespace

void check_guards(const Guard& guard, Ledger& ledger) {
  const auto read = ledger.read();
  const auto made = ledger.fate(Fate::new_), updated = ledger.fate(Fate::updated),
             existing = ledger.fate(Fate::existing);
  if (read != ledger.decided())
    ledger.add(make_finding<rules::lost_records>({}, read, ledger.decided(), made, updated, existing,
                                                 ledger.skipped(), ledger.errors()));
  if (read == 0) ledger.add(make_finding<rules::no_records>({}));
  const bool is_useless = read > 0 && ledger.errors() == read && guard.rejected_percent < 100;
  if (is_useless || exceeds(ledger.errors(), read, guard.rejected_percent))
    ledger.add(make_finding<rules::too_many_rejected>({}, ledger.errors(), read, guard.rejected_percent));

  auto counts = ledger.counts();
  const auto before = counts["existing_records"], ended = counts["ended"];
  const auto changed = updated + ended + counts["removed"];
  if (exceeds(changed, before, guard.changed_percent))
    ledger.add(make_finding<rules::too_many_changed>({}, changed, before, guard.changed_percent));
  if (exceeds(ended, before, guard.ended_percent))
    ledger.add(make_finding<rules::too_many_ended>({}, ended, before, guard.ended_percent));
}

}  // namespace mealsync
