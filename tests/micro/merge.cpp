// What it costs to decide what becomes of a student's records.
#include <benchmark/benchmark.h>

#include <vector>

#include <eligibility/decision.hpp>

#include "planned_stages.hpp"
#include "rows.hpp"

namespace mealsync::micro {
namespace {

constexpr Status snap{Eligibility::free, Source::direct, CertifiedType::snap};
constexpr Status free_income{Eligibility::free, Source::non_direct, CertifiedType::income};
constexpr Status reduced_income{Eligibility::reduced, Source::non_direct, CertifiedType::income};
constexpr Status denied{Eligibility::paid, Source::non_direct, CertifiedType::denied};

/// What Campus has of a student, and what the file says of him.
struct Student {
  std::vector<MealRecord> existing;
  std::vector<IncomingRow> rows;
};

constexpr Date day(unsigned month, unsigned of_month) {
  return *Date::of(month < 7 ? 2017 : 2016, month, of_month);
}
constexpr Date june_30 = day(6, 30);

MealRecord record(std::int64_t id, const Status& status, Date start, Date end) {
  return {id, SchoolYear::of(start), status, start, end, false};
}

Student nothing_there(Date start) {
  return {{}, {{snap, start, june_30, 1}}};
}
Student covered(Date start) {
  return {{record(1, snap, start, june_30)}, {{snap, start, june_30, 1}}};
}
/// The record ends, another one begins.
Student better_rank(Date start) {
  return {{record(1, reduced_income, day(7, 1), june_30)}, {{snap, start, june_30, 1}}};
}
/// Two that follow each other, and one that both overlap.
Student several_rows(Date start) {
  return {
      {},
      {{reduced_income, start, day(12, 31), 1}, {snap, day(1, 1), june_30, 2}, {denied, start, june_30, 3}}};
}
/// One is left of last year; of this year's three the row meets all.
Student existing_several(Date start) {
  return {{record(1, free_income, *Date::of(2015, 8, 10), start.previous()),
           record(2, reduced_income, start, day(12, 31)), record(3, denied, day(1, 1), day(3, 31)),
           record(4, free_income, day(4, 1), june_30)},
          {{snap, start, june_30, 1}}};
}

void merge(benchmark::State& state, Student (*student)(Date)) {
  std::vector<Student> all;
  std::size_t rows = 0;
  for (std::int32_t n = 0; n < 90; ++n) {
    all.push_back(student({day(8, 10).days + n}));
    rows += all.back().rows.size();
  }
  detail::Planner planner(school_year, Policy{});
  for (auto _ : state)
    for (const Student& each : all)
      benchmark::DoNotOptimize(planner.decide(each.existing, each.rows).changes.data());
  count_rows(state, rows);
}
BENCHMARK_CAPTURE(merge, nothing_there, nothing_there);
BENCHMARK_CAPTURE(merge, covered, covered);
BENCHMARK_CAPTURE(merge, better_rank, better_rank);
BENCHMARK_CAPTURE(merge, three_rows, several_rows);
BENCHMARK_CAPTURE(merge, four_existing, existing_several);

}  // namespace
}  // namespace mealsync::micro
