#include <engine/guards.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <engine/rules.hpp>

namespace mealsync {
namespace {

constexpr std::string_view school_prefix = "school.";
constexpr std::string_view records_prefix = "school.records.";

std::uint64_t value_of(const Measures& measures, std::string_view name) {
  const auto at = measures.find(name);
  return at == measures.end() ? 0 : at->second;
}

bool is_more(std::uint64_t part, std::uint64_t whole, int percent) {
  return part * 100 > whole * static_cast<std::uint64_t>(percent);
}
bool is_less(std::uint64_t part, std::uint64_t whole, int percent) {
  return part * 100 < whole * static_cast<std::uint64_t>(percent);
}

/// The limit that is passed, in words: "20 %", or "500"; nothing where none is.
std::optional<std::string> passed(const Limit& limit, std::uint64_t part, std::uint64_t whole,
                                  std::uint64_t least_base) {
  if (limit.percent < 100 && whole >= least_base && is_more(part, whole, limit.percent))
    return std::to_string(limit.percent) + " %";
  if (limit.count && part > *limit.count) return std::to_string(*limit.count);
  return std::nullopt;
}

/// The schools where a guard does not hold: the worst of them speaks for the others.
struct Schools {
  std::string worst;
  std::uint64_t part = 0, whole = 0;
  std::string limit;
  std::uint64_t count = 0;

  void add(std::string_view school, std::uint64_t its_part, std::uint64_t its_whole,
           const std::string& its_limit) {
    if (++count > 1 && its_part <= part) return;
    worst = school;
    part = its_part;
    whole = its_whole;
    limit = its_limit;
  }
  /// " (and at 3 other schools)"
  [[nodiscard]] std::string others() const {
    if (count < 2) return {};
    return " (and at " + std::to_string(count - 1) + (count == 2 ? " other school)" : " other schools)");
  }
};

class Judge {
 public:
  Judge(const Guard& guard, const Measures& baseline, Ledger& ledger)
      : guard_(guard),
        baseline_(baseline),
        ledger_(ledger),
        before_(ledger.counts()["existing_records"]),
        measures_(ledger.measures()),
        is_counted_(measures_.contains("changed")) {}

  void run() {
    judge_rejected();
    judge_file();
    judge_losses();
    judge_share();
    judge_changes();
    judge_schools();
  }

 private:
  template <const Rule& R, class... Args>
  void object(const Args&... args) {
    ledger_.object(make_finding<R>({}, args...));
  }

  void judge_rejected() {
    const auto read = ledger_.read(), errors = ledger_.errors();
    if (read == 0) object<rules::no_records>();
    const bool is_useless = read > 0 && errors == read && guard_.rejected.percent < 100;
    auto limit = passed(guard_.rejected, errors, read, guard_.district.least_base);
    if (!limit && is_useless) limit = std::to_string(guard_.rejected.percent) + " %";
    if (limit) object<rules::too_many_rejected>(errors, read, *limit);
  }

  void judge_file() {
    const auto read = ledger_.read(), before = value_of(baseline_, "read");
    const Limits& district = guard_.district;
    if (read > 0 && before >= district.least_base && is_less(read, before, district.file_percent))
      object<rules::short_file>(read, before, district.file_percent);

    // Where nobody counts, no school is missing.
    if (!is_counted_) return;
    Schools short_ones;
    for (auto at = baseline_.lower_bound(records_prefix);
         at != baseline_.end() && at->first.starts_with(records_prefix); ++at) {
      const auto now = value_of(measures_, at->first);
      if (at->second < guard_.school.least_base || !is_less(now, at->second, guard_.school.file_percent))
        continue;
      // The worst is the one that lacks most.
      short_ones.add(at->first.substr(records_prefix.size()), at->second - now, at->second, {});
    }
    if (short_ones.count > 0)
      object<rules::short_at_school>(short_ones.worst, short_ones.whole - short_ones.part, short_ones.whole,
                                     guard_.school.file_percent, short_ones.others());
  }

  void judge_share() {
    const auto all = value_of(measures_, "imported"), all_before = value_of(baseline_, "imported");
    const auto part = value_of(measures_, "free_or_reduced"),
               part_before = value_of(baseline_, "free_or_reduced");
    if (std::min(all, all_before) < guard_.district.least_base) return;
    // part_before / all_before - part / all > points / 100
    if (100 * part_before * all >
        100 * part * all_before + static_cast<std::uint64_t>(guard_.share_points) * all * all_before)
      object<rules::share_fell>(part, all, part_before, all_before, guard_.share_points);
  }

  void judge_losses() {
    const auto lost = value_of(measures_, "lost");
    if (const auto limit = passed_by_district(guard_.district.lost, lost))
      object<rules::too_many_lost>(lost, before_, *limit);
  }

  void judge_changes() {
    const auto changed = value_of(measures_, "changed"), ended = value_of(measures_, "ended");
    if (const auto limit = passed_by_district(guard_.district.changed, changed))
      object<rules::too_many_changed>(changed, before_, *limit);
    if (const auto limit = passed_by_district(guard_.district.ended, ended))
      object<rules::too_many_ended>(ended, before_, *limit);
  }

  /// Where nobody has counted the records before, nothing is known of their share.
  [[nodiscard]] std::optional<std::string> passed_by_district(const Limit& limit, std::uint64_t part) const {
    return passed(limit, part, before_, std::max<std::uint64_t>(guard_.district.least_base, 1));
  }

  void judge_schools() {
    if (const auto schools = passing("lost", guard_.school.lost); schools.count > 0)
      tell<rules::too_many_lost_at_school>(schools);
    if (const auto schools = passing("changed", guard_.school.changed); schools.count > 0)
      tell<rules::too_many_changed_at_school>(schools);
    if (const auto schools = passing("ended", guard_.school.ended); schools.count > 0)
      tell<rules::too_many_ended_at_school>(schools);
  }
  [[nodiscard]] Schools passing(const std::string& measure, const Limit& limit) const {
    const std::string prefix = std::string(school_prefix) + measure + '.';
    Schools schools;
    for (auto at = measures_.lower_bound(prefix); at != measures_.end() && at->first.starts_with(prefix);
         ++at) {
      const std::string school = at->first.substr(prefix.size());
      // Of a school that shrinks, what it had before.
      const std::string of_school = std::string(records_prefix) + school;
      const auto records = std::max(value_of(measures_, of_school), value_of(baseline_, of_school));
      if (const auto words = passed(limit, at->second, records, guard_.school.least_base))
        schools.add(school, at->second, records, *words);
    }
    return schools;
  }
  template <const Rule& R>
  void tell(const Schools& schools) {
    object<R>(schools.worst, schools.part, schools.whole, schools.limit, schools.others());
  }

  const Guard& guard_;
  const Measures& baseline_;
  Ledger& ledger_;
  std::uint64_t before_;  // the district's records of the year before the run
  Measures measures_;
  bool is_counted_;  // by a merge
};

}  // namespace

void check_guards(const Guard& guard, const Measures& baseline, Ledger& ledger) {
  const auto read = ledger.read();
  if (read != ledger.decided())
    ledger.add(make_finding<rules::lost_records>({}, read, ledger.decided(), ledger.fate(Fate::new_),
                                                 ledger.fate(Fate::updated), ledger.fate(Fate::existing),
                                                 ledger.skipped(), ledger.errors()));
  Judge(guard, baseline, ledger).run();
}

Measures baseline_of(const Measures& measures, const Measures& before) {
  Measures baseline;
  const bool is_nothing = value_of(measures, "read") == 0 ||
                          (value_of(measures, "imported") == 0 && value_of(before, "imported") > 0);
  if (is_nothing) return baseline;
  for (const auto& [name, value] : measures)
    if (name == "read" || name == "imported" || name == "free_or_reduced" || name.starts_with(records_prefix))
      baseline.emplace(name, value);
  return baseline;
}

}  // namespace mealsync
