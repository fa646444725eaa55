// What a date costs in each way of writing it.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>
#include <vector>

#include <mealsync/date.hpp>

#include "pos_lines.hpp"
#include "rows.hpp"

namespace mealsync::micro {
namespace {

constexpr std::size_t dates = 4096;

template <class Write>
std::vector<std::string> written(Write write) {
  std::vector<std::string> texts;
  constexpr Date first = *Date::of(1999, 1, 1);
  for (std::size_t n = 0; n < dates; ++n)
    texts.push_back(write(Date{first.days + static_cast<std::int32_t>(n * 389 % 7000)}));
  return texts;
}

/// 9/6/16
std::string month_day_year_short(Date date) {
  const auto civil = date.civil();
  return std::to_string(static_cast<unsigned>(civil.month())) + '/' +
         std::to_string(static_cast<unsigned>(civil.day())) + '/' + to_text(date).substr(2, 2);
}

/// `read` as a run does: into a date, answering whether it could.
template <class Read>
void read_all(benchmark::State& state, const std::vector<std::string>& texts, Read read) {
  Date day;
  for (const std::string& text : texts)
    if (!read(text, day)) return state.SkipWithError("a date cannot be read");
  for (auto _ : state)
    for (const std::string& text : texts) {
      benchmark::DoNotOptimize(read(text, day));
      benchmark::DoNotOptimize(day);
    }
  count_rows(state, texts.size());
}

void date(benchmark::State& state, std::string_view pattern, std::string (*write)(Date)) {
  const auto reads = DatePattern::of(pattern);
  read_all(state, written(write), [&](std::string_view text, Date& day) { return reads->read(text, day); });
}
BENCHMARK_CAPTURE(date, month_day_year, "MM/DD/YYYY", month_day_year);
BENCHMARK_CAPTURE(date, month_day_year_short, "M/D/YY", month_day_year_short);

void date_of_iso(benchmark::State& state) {
  read_all(state, written([](Date day) { return to_text(day); }),
           [](std::string_view text, Date& day) { return date_from_iso(text, day); });
}
BENCHMARK(date_of_iso)->Name("date/iso");

}  // namespace
}  // namespace mealsync::micro
