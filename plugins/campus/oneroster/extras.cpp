#include <campus/oneroster/extras.hpp>

#include <charconv>
#include <map>
#include <utility>

#include <campus/oneroster/rules.hpp>
#include <campus/store/checks.hpp>

namespace mealsync::oneroster {
namespace {

/// A share from 0 to 1, or a percentage with its sign.
std::optional<double> read_share(Text text) {
  const bool is_percentage = text.ends_with('%');
  if (is_percentage) text.remove_suffix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (is_percentage) number /= 100;
  return number >= 0 && number <= 1 ? std::optional(number) : std::nullopt;
}

std::optional<bool> read_yes(Text text) {
  for (const Text word : {"yes", "y", "true", "1"})
    if (is_same_word(text, word)) return true;
  for (const Text word : {"", "no", "n", "false", "0"})
    if (is_same_word(text, word)) return false;
  return std::nullopt;
}

}  // namespace

Provisions::Provisions(Table& table)
    : table_(table),
      at_{table.need("school"), table.need("school_year"), table.need("provision"), table.may_have("isp"),
          table.may_have("group")} {}

void Provisions::read(Texts& texts, campus::IncomingRoster& roster) {
  std::map<std::pair<Text, SchoolYear>, std::uint64_t> lines;
  while (table_.next()) {
    const Text school = table_.required(at_.school);
    const Text year_text = table_.required(at_.year);
    if (school.empty() || year_text.empty()) continue;
    const auto year = SchoolYear::read(year_text);
    if (!year) table_.tell<no_number>(Text("school_year"), Text("school year, such as 2016-17"));
    const auto isp = read_share(table_[at_.isp]);
    const bool has_isp = !table_[at_.isp].empty();
    if (has_isp && !isp) table_.tell<no_number>(Text("isp"), Text("share, such as 0.6213 or 62.13%"));
    if (!year || (has_isp && !isp)) continue;
    const Text kept = texts.keep_once(school);
    if (const auto [at, is_new] = lines.try_emplace({kept, *year}, table_.line()); !is_new) {
      table_.tell<said_before>(at->second, Text("school and year"));
      continue;
    }
    const Text provision = table_[at_.provision];
    if (!provision.empty() && !campus::feeds_everybody(provision)) table_.tell<other_provision>(provision);
    roster.provisions.push_back({kept, *year, texts.keep_once(provision), has_isp ? isp : std::nullopt,
                                 texts.keep_once(table_[at_.group]), table_.line()});
  }
}

Households::Households(Table& table)
    : table_(table), at_{table.need("household"),     table.need("student"),
                         table.may_have("secondary"), table.may_have("start_date"),
                         table.may_have("end_date"),  table.may_have("name")} {}

void Households::read(Texts& texts, campus::IncomingRoster& roster) {
  std::map<std::pair<Text, Text>, std::uint64_t> lines;
  while (table_.next()) {
    const Text household = texts.keep_once(table_.required(at_.household));
    if (household.empty()) continue;
    const Text student = table_.required(at_.student);
    const auto secondary = read_yes(table_[at_.secondary]);
    if (!secondary) table_.tell<no_number>(Text("secondary"), Text("yes or no"));
    bool is_good = secondary && !student.empty();
    const auto first = table_.date(at_.first, is_good), last = table_.date(at_.last, is_good);
    if (is_good && first && last && *last < *first) {
      table_.tell<ends_first>(*last, *first);
      is_good = false;
    }
    if (!is_good) {
      roster.held_households.push_back(household);
      continue;
    }
    const Text kept = texts.keep(student);
    if (const auto [at, is_new] = lines.try_emplace({household, kept}, table_.line()); !is_new) {
      table_.tell<said_before>(at->second, Text("student and household"));
      continue;
    }
    roster.members.push_back(
        {household, texts.keep_once(table_[at_.name]), kept, *secondary, first, last, table_.line()});
  }
}

}  // namespace mealsync::oneroster
