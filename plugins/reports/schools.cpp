#include <reports/schools.hpp>

#include <algorithm>
#include <functional>
#include <numeric>

namespace mealsync::reports {
namespace {

void take_better(std::size_t& best, Row row, Column<Code<Eligibility>> column) {
  if (row.has(column)) best = std::min(best, static_cast<std::size_t>(row[column]));
}

}  // namespace

std::uint64_t SchoolCounts::students() const {
  return std::accumulate(before.begin(), before.end(), std::uint64_t{0});
}

SchoolCounts& SchoolCounts::operator+=(const SchoolCounts& other) {
  std::transform(before.begin(), before.end(), other.before.begin(), before.begin(), std::plus<>());
  std::transform(after.begin(), after.end(), other.after.begin(), after.begin(), std::plus<>());
  return *this;
}

SchoolPorts::SchoolPorts(const ReportOptions& options, Columns& columns) {
  if (options.profile == Profile::summary) return;
  school = columns.find<Text>("enrolled_school");
  before = columns.find<Code<Eligibility>>("was_eligibility");
  if (!school || !before) return;
  person = columns.find<Int>("person_id");
  action = columns.find<Code<Action>>("action");
  after = columns.find<Code<Eligibility>>("eligibility");
  is_told_ = person && action && after;
}

void Schools::add(Row row) {
  if (!at_.is_told()) return;
  if (person_ != row[at_.person]) {
    end_student();
    person_ = row[at_.person];
    school_ = row[at_.school];
  }
  take_better(before_, row, at_.before);
  const Action action = row[at_.action];
  if (action != Action::end && action != Action::remove) take_better(after_, row, at_.after);
}

void Schools::end_student() {
  if (!person_) return;
  SchoolCounts& counts = schools_[school_];
  ++counts.before[before_];
  ++counts.after[after_];
  person_.reset();
  before_ = after_ = none;
}

std::vector<std::pair<Text, SchoolCounts>> Schools::by_size() const {
  std::vector<std::pair<Text, SchoolCounts>> sorted(schools_.begin(), schools_.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second.students() > b.second.students(); });
  return sorted;
}

}  // namespace mealsync::reports
