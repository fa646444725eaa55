#include "meanings.hpp"

#include <algorithm>

#include <formats/encoding.hpp>

#include "code_words.hpp"

namespace mealsync::guess {
namespace {

constexpr std::uint64_t nearly_all = 900, most = 500;  // of a thousand records

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

bool is_small(char c) {
  return c >= 'a' && c <= 'z';
}

/// Letters, and the signs that stand in names.
bool is_like_name(std::string_view text) {
  return text.size() > 1 && is_letter(text[0]) && std::all_of(text.begin(), text.end(), [](char c) {
           return is_letter(c) || c == ' ' || c == '-' || c == '\'' || c == '.' || c == ',';
         });
}

class Reading {
 public:
  Reading(const Table& table, Date today) : table_(table) {
    found_.columns.resize(table.columns.size());
    found_.year = SchoolYear::of(today);
  }

  Meanings run() {
    for (std::size_t i = 0; i < found_.columns.size(); ++i)
      look_at(i);
    tell_dates();
    tell_years();
    tell_codes();
    for (Column& column : found_.columns)
      if (column.meaning == Meaning::unknown && column.may_be_name) column.meaning = Meaning::person;
    return std::move(found_);
  }

 private:
  void look_at(std::size_t i) {
    const Profile& values = table_.columns[i];
    Column& column = found_.columns[i];
    if (!table_.header.empty()) column.header = table_.header[i];
    const auto named = meaning_of_header(column.header);
    column.dates = dates_in(values);
    const bool is_varied = !values.is_whole() || values.distinct() * 2 >= values.records();
    column.may_be_key = !column.dates && is_varied && values.share([](const std::string& value) {
      return is_digits(value) && value.size() >= 3 && value.size() <= 13;
    }) >= nearly_all;
    column.may_be_name = values.share(is_like_name) >= nearly_all && values.distinct() > 1 &&
                         values.share(is_code_word) < most;
    if (named) column.meaning = *named;
    // What holds something else than its name says is not what its name says.
    const bool is_date = column.meaning == Meaning::birth_date || column.meaning == Meaning::start_date ||
                         column.meaning == Meaning::end_date;
    if (is_date && !column.dates) column.meaning = Meaning::unknown;
    const bool is_id = column.meaning == Meaning::state_id || column.meaning == Meaning::student_number;
    if (is_id && column.dates) column.meaning = Meaning::unknown;
    if (column.meaning == Meaning::code && !may_be_code(values))
      column.meaning = column.dates ? Meaning::unknown : Meaning::person;
  }

  [[nodiscard]] static bool may_be_code(const Profile& values) {
    constexpr std::size_t most_codes = 100;
    return values.is_whole() && values.distinct() <= most_codes && !values.is_blank() &&
           values.share(is_listable) >= nearly_all;
  }

  /// Birth dates lie years before the others. Of the others the earlier column is the first day.
  void tell_dates() {
    std::vector<std::size_t> open, events;
    std::optional<Date> latest;
    for (std::size_t i = 0; i < found_.columns.size(); ++i) {
      const Column& column = found_.columns[i];
      if (!column.dates) continue;
      if (!latest || column.dates->usual > *latest) latest = column.dates->usual;
      if (column.meaning == Meaning::unknown) open.push_back(i);
    }
    if (!latest) return;
    // Those of pupils lie over many years, those of one import hardly beyond one.
    constexpr int days_of_three_years = 3 * 365, days_of_an_import = 400;
    const auto spans_years = [](const DateColumn& dates) {
      return dates.latest.days - dates.earliest.days > days_of_an_import;
    };
    for (const std::size_t i : open) {
      const DateColumn& dates = *found_.columns[i].dates;
      const bool is_birth = spans_years(dates) || latest->days - dates.usual.days > days_of_three_years;
      if (is_birth && !found_.first(Meaning::birth_date))
        found_.columns[i].meaning = Meaning::birth_date;
      else if (!is_birth)
        events.push_back(i);
    }
    std::stable_sort(events.begin(), events.end(), [&](std::size_t a, std::size_t b) {
      return found_.columns[a].dates->usual < found_.columns[b].dates->usual;
    });
    for (const std::size_t i : events) {
      if (!found_.first(Meaning::start_date))
        found_.columns[i].meaning = Meaning::start_date;
      else if (!found_.first(Meaning::end_date))
        found_.columns[i].meaning = Meaning::end_date;
    }
    // Of two that are named alike the first counts.
    for (const Meaning meaning : {Meaning::birth_date, Meaning::start_date, Meaning::end_date})
      for (const auto all = found_.all(meaning); const std::size_t i : all)
        if (i != all.front()) found_.columns[i].meaning = Meaning::unknown;
  }

  void tell_years() {
    for (std::size_t i = 0; i < found_.columns.size(); ++i) {
      Column& column = found_.columns[i];
      const Profile& values = table_.columns[i];
      const auto is_year = [](const std::string& value) { return SchoolYear::read(value).has_value(); };
      // Four digits may be anything.
      const auto is_plain = [&](const std::string& value) { return value.size() > 4 && is_year(value); };
      const bool is_named = column.meaning == Meaning::school_year;
      if (is_named ? values.share(is_year) < nearly_all
                   : values.share(is_plain) < nearly_all || column.dates) {
        if (is_named) column.meaning = Meaning::unknown;
        continue;
      }
      if (!is_named && (column.meaning != Meaning::unknown || found_.first(Meaning::school_year))) continue;
      column.meaning = Meaning::school_year;
      const auto usual =
          std::max_element(values.values().begin(), values.values().end(), [&](const auto& a, const auto& b) {
            return (is_year(a.first) ? a.second : 0) < (is_year(b.first) ? b.second : 0);
          });
      found_.year = SchoolYear::read(usual->first).value();
      found_.is_year_known = true;
    }
    if (const auto start = found_.first(Meaning::start_date); start && !found_.is_year_known) {
      found_.year = SchoolYear::of(found_.columns[*start].dates->usual);
      found_.is_year_known = true;
    }
  }

  /// A column of words that codes are made of, or of one or two signs.
  void tell_codes() {
    for (std::size_t i = 0; i < found_.columns.size(); ++i)
      tell_constant(i);
    for (std::size_t i = 0; i < found_.columns.size(); ++i)
      if (is_open(i) && table_.columns[i].share(is_code_word) >= most && !is_gender(i) && !is_initial(i) &&
          may_be_code(table_.columns[i]))
        found_.columns[i].meaning = Meaning::code;
    for (std::size_t i = 0; i < found_.columns.size(); ++i)
      if (is_open(i) && is_short(i) && !is_gender(i) && !follows_name(i))
        found_.columns[i].meaning = Meaning::code;
  }
  [[nodiscard]] bool is_open(std::size_t i) const {
    return found_.columns[i].meaning == Meaning::unknown && !found_.columns[i].may_be_key &&
           !found_.columns[i].dates;
  }
  [[nodiscard]] bool is_short(std::size_t i) const {
    constexpr std::size_t most_short = 12;
    const Profile& values = table_.columns[i];
    return may_be_code(values) && values.distinct() <= most_short && distinct_letters(i) > 1 &&
           values.share([](const std::string& value) {
             return value.size() == 1 ||
                    (value.size() == 2 && std::none_of(value.begin(), value.end(), is_small));
           }) >= nearly_all;
  }
  [[nodiscard]] bool is_gender(std::size_t i) const {
    const auto& values = table_.columns[i].values();
    return values.contains("M") && std::all_of(values.begin(), values.end(), [](const auto& value) {
             return value.first.empty() || value.first == "M" || value.first == "F" || value.first == "X";
           });
  }
  /// Values but the blank one.
  [[nodiscard]] std::size_t distinct_letters(std::size_t i) const {
    const Profile& values = table_.columns[i];
    return values.distinct() - (values.blanks() > 0 ? 1 : 0);
  }
  /// The same letter or nothing, beside a name: of a middle name, and not F for free.
  [[nodiscard]] bool is_initial(std::size_t i) const {
    return follows_name(i) && distinct_letters(i) == 1 &&
           table_.columns[i].share([](const std::string& value) { return value.size() == 1; }) >= nearly_all;
  }
  /// A single letter beside a name is one of it.
  [[nodiscard]] bool follows_name(std::size_t i) const {
    return i > 0 && found_.columns[i - 1].may_be_name && table_.columns[i].blanks() > 0;
  }
  /// The same in every record: what kind of record it is, or whose file.
  void tell_constant(std::size_t i) {
    const Profile& values = table_.columns[i];
    if (!is_open(i) || values.records() < 3 || values.distinct() != 1 || values.is_blank()) return;
    if (!is_code_word(values.values().begin()->first)) found_.columns[i].meaning = Meaning::constant;
  }

  const Table& table_;
  Meanings found_;
};

}  // namespace

std::vector<std::size_t> Meanings::all(Meaning meaning) const {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].meaning == meaning) all.push_back(i);
  return all;
}

std::optional<std::size_t> Meanings::first(Meaning meaning) const {
  const auto found = all(meaning);
  return found.empty() ? std::nullopt : std::optional(found.front());
}

Meanings meanings_of(const Table& table, Date today) {
  return Reading(table, today).run();
}

bool is_printable(std::string_view text) {
  return formats::is_utf8(text) && std::all_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) >= ' ' && c != 0x7F;
         });
}

bool is_listable(std::string_view value) {
  constexpr std::size_t longest = 40, most_digits = 4;
  const auto digits = std::count_if(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  return value.size() <= longest && static_cast<std::size_t>(digits) <= most_digits && is_printable(value);
}

}  // namespace mealsync::guess
