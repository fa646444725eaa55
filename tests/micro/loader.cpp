// What a change of the database costs: written, noted, and looked at for overlaps, but never committed, so that every
// iteration finds the same database. The wait for the disk at the commit is not in it.
#include <benchmark/benchmark.h>

#include <memory>

#include <campus/store/import_transaction.hpp>
#include <campus/store/store.hpp>

#include "campus_folder.hpp"
#include "planned_stages.hpp"
#include "rows.hpp"

namespace mealsync::micro {
namespace {

using campus::CampusStore;
using campus::ImportTransaction;

constexpr std::int64_t persons = 50'000;

MealRecord record(std::int64_t id, Date end) {
  return {id,  school_year, {Eligibility::free, Source::direct, CertifiedType::snap}, *Date::of(2016, 8, 10),
          end, false};
}

/// A change of each person's one record. `holds_records`: whether there are any before.
class Loader {
 public:
  Loader(Action action, bool holds_records) : action_(action), store_(open()) {
    if (!holds_records) return;
    ImportTransaction first(store_, run("first"));
    for (std::int64_t person = 1; person <= persons; ++person)
      first.apply(person, Action::insert, {}, record(0, school_year.last()));
    first.commit("2016-09-05T01:00:05Z", "successful", "");
  }

  [[nodiscard]] std::unique_ptr<ImportTransaction> begin() {
    return std::make_unique<ImportTransaction>(store_, run("second"));
  }
  void change_all(ImportTransaction& import) const {
    const bool has_after = action_ != Action::remove;
    for (std::int64_t person = 1; person <= persons; ++person) {
      const MealRecord before = action_ == Action::insert ? MealRecord{} : record(person, school_year.last());
      const MealRecord after =
          has_after ? record(before.id, action_ == Action::end ? as_of : school_year.last()) : MealRecord{};
      import.apply(person, action_, before, after);
    }
    import.assert_no_overlap();
  }

 private:
  CampusStore open() const { return {campus_.database(), campus::Access::read_write}; }
  static campus::ImportRun run(std::string_view name) {
    return {name, as_of, "micro", school_year, "2016-09-06T01:00:00Z"};
  }

  Action action_;
  CampusFolder campus_{persons};
  CampusStore store_;
};

void load(benchmark::State& state, Action action, bool holds_records) {
  Loader loader(action, holds_records);
  for (auto _ : state) {
    state.PauseTiming();
    auto import = loader.begin();
    state.ResumeTiming();
    loader.change_all(*import);
    state.PauseTiming();
    import.reset();
    state.ResumeTiming();
  }
  count_rows(state, persons);
}
BENCHMARK_CAPTURE(load, insert_into_none, Action::insert, false)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(load, end, Action::end, true)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(load, remove, Action::remove, true)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace mealsync::micro
