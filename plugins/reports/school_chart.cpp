#include <reports/school_chart.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace mealsync::reports {
namespace {

constexpr std::size_t most_schools = 40;
/// Of the page's style, in the order of the titles.
constexpr std::array<Text, 4> meal_classes{"free", "reduced", "paid", "none"};

std::string name_of(Text school) {
  return school.empty() ? "No school known" : compose("School {}", school);
}

/// A share of `whole`, as an SVG's length.
std::string percent(std::uint64_t part, std::uint64_t whole) {
  const std::uint64_t permille = part * 1000 / whole;
  return compose("{}.{}%", permille / 10, permille % 10);
}

/// Whether a number can be read in its part of a bar, also on a phone.
bool has_room(std::uint64_t number, std::uint64_t whole) {
  return number * 1000 / whole >= 50 + 25 * grouped(number).size();
}

void write_bar(HtmlPage& page, const MealCounts& counts, std::uint64_t scale) {
  page.add(R"(<svg width="100%" height="16">)");
  std::uint64_t begin = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    page.add(R"(<rect class="{}" x="{}" width="{}" height="16"/>)", meal_classes[i], percent(begin, scale),
             percent(counts[i], scale));
    if (has_room(counts[i], scale))
      page.add(R"(<text class="on-{}" x="{}" y="12">{}</text>)", meal_classes[i],
               percent(2 * begin + counts[i], 2 * scale), grouped(counts[i]));
    begin += counts[i];
  }
  page.add("</svg>");
}

void write_bars(HtmlPage& page, Text name, const SchoolCounts& counts, std::uint64_t scale) {
  page.add(R"(<div class="school"><div class="name">{} <span>{}</span></div><div class="when">before</div>)",
           name, grouped(counts.students()));
  write_bar(page, counts.before, scale);
  page.add(R"(<div class="when">after</div>)");
  write_bar(page, counts.after, scale);
  page.add("</div>\n");
}

void write_row(HtmlPage& page, Text name, const SchoolCounts& counts) {
  std::vector<std::string> cells{std::string(name), std::to_string(counts.students())};
  for (std::size_t i = 0; i < meal_titles.size(); ++i)
    for (const MealCounts* when : {&counts.before, &counts.after})
      cells.push_back(std::to_string((*when)[i]));
  page.add_row(std::vector<Text>(cells.begin(), cells.end()));
}

}  // namespace

void write_schools(HtmlPage& page, const Schools& schools, bool is_committed) {
  const auto sorted = schools.by_size();
  if (sorted.empty()) return;
  SchoolCounts all;
  for (const auto& [school, counts] : sorted)
    all += counts;

  page.add(R"(<section aria-labelledby="schools"><h2 id="schools">Free, reduced and paid by school</h2>
<figure>
<ul class="legend" aria-hidden="true">)");
  for (std::size_t i = 0; i < meal_titles.size(); ++i)
    page.add(R"(<li><svg width="14" height="14"><rect class="{}" width="14" height="14"/></svg> {}</li>)",
             meal_classes[i], meal_titles[i]);
  page.add(R"(</ul>
<div class="chart" role="img" aria-label="A bar for each school before and one after the import: how many of its )"
           R"(students are free, reduced, paid, or have no record. The table below has the numbers.">
)");
  if (sorted.size() > 1) write_bars(page, "All schools", all, all.students());
  for (std::size_t i = 0; i < std::min(sorted.size(), most_schools); ++i)
    write_bars(page, name_of(sorted[i].first), sorted[i].second, sorted[0].second.students());
  page.add(
      R"(</div>
<figcaption>Each student whom this import concerns counts once, at the school where he is enrolled: before, by the best )"
      R"(record that the import met; after, by the best one that it {}. Who has none counts as Paid in Campus.)",
      is_committed ? "left" : "would have left: nothing was written");
  if (sorted.size() > most_schools)
    page.add(" The chart has the {} largest of {} schools, the table has all.", most_schools, sorted.size());
  page.add("</figcaption>\n</figure>\n");

  std::vector<std::string> headings{"School", "Students"};
  for (const Text title : meal_titles)
    for (const Text when : {"before", "after"})
      headings.push_back(compose("{} {}", title, when));
  page.begin_table("by-school", "Students by school", std::vector<Text>(headings.begin(), headings.end()));
  for (const auto& [school, counts] : sorted)
    write_row(page, name_of(school), counts);
  page.end_table();
  page.add("</section>\n");
}

}  // namespace mealsync::reports
