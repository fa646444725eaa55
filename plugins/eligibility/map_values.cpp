// Turns the sender's codes into eligibility, source and certified type.
//
// Blanks around a value and the case of ASCII letters do not count; a blank value is a value too.
// A <map> that gives every value wins over one with a `*`, and among the latter the first.
// Source   KSIS end-of-year training, 2016-04-21, slide 21: a value of the POS that nobody has mapped
//          ("Invalid [FieldName]") is a student whose meal status is silently missing.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <mealsync/sdk.hpp>

namespace {

using namespace mealsync;

constexpr Text any_value = "*";

[[nodiscard]] Text trimmed(Text text) {
  constexpr Text blanks = " \t\r\n";
  if (!text.empty() && text.front() > ' ' && text.back() > ' ') return text;  // nearly all are
  const auto first = text.find_first_not_of(blanks);
  if (first == Text::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

[[nodiscard]] char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The values of a record, or of a `when`, as they are compared. Keeps its memory when it is cleared.
class Values {
 public:
  void clear() {
    whole_.clear();
    ends_.clear();
  }
  void add(Text value) {
    if (!ends_.empty()) whole_ += '|';
    const std::size_t begin = whole_.size();
    whole_ += trimmed(value);
    std::transform(whole_.begin() + static_cast<std::ptrdiff_t>(begin), whole_.end(),
                   whole_.begin() + static_cast<std::ptrdiff_t>(begin), lower);
    ends_.push_back(whole_.size());
  }

  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] Text operator[](std::size_t index) const {
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1] + 1;
    return Text(whole_).substr(begin, ends_[index] - begin);
  }
  /// With a `|` between two values. A value that holds one itself makes more parts than any `when` has.
  [[nodiscard]] const std::string& whole() const { return whole_; }

  [[nodiscard]] bool has(Text value) const {
    for (std::size_t i = 0; i < size(); ++i)
      if ((*this)[i] == value) return true;
    return false;
  }
  /// Whether these, of a `when`, are those of a record of as many columns.
  [[nodiscard]] bool match(const Values& record) const {
    for (std::size_t i = 0; i < size(); ++i)
      if ((*this)[i] != any_value && (*this)[i] != record[i]) return false;
    return true;
  }

 private:
  std::string whole_;
  std::vector<std::size_t> ends_;
};

/// A <map> of the pipeline file: what the values in `when` become.
struct Map {
  std::optional<std::string> when;
  std::optional<Eligibility> eligibility;
  std::optional<Source> source;
  std::optional<CertifiedType> certified_type;

  static void describe(Describe<Map>& d) {
    d.option(
        "when", &Map::when,
        "One value a column of 'from', separated by '|'; * matches any. Without it: for all other records.");
    d.option("eligibility", &Map::eligibility, "The eligibility of such a record.");
    d.option("source", &Map::source, "Whether such a record is certified without an application.");
    d.option("certified_type", &Map::certified_type, "Why such a record has its eligibility.");
  }
};

/// The <map> elements, to be looked up without allocating.
class MapTable {
 public:
  /// False where an earlier <map> has the same values.
  [[nodiscard]] bool add(const Values& when, const Map& map) {
    if (!when.has(any_value)) return exact_.try_emplace(when.whole(), map).second;
    for (const Pattern& earlier : patterns_)
      if (earlier.when.whole() == when.whole()) return false;
    patterns_.push_back({when, map});
    return true;
  }
  [[nodiscard]] bool add_default(const Map& map) {
    if (default_) return false;
    default_ = map;
    return true;
  }

  /// Null where nothing says what the record becomes.
  [[nodiscard]] const Map* find(const Values& record) const {
    if (const auto at = exact_.find(Text(record.whole())); at != exact_.end()) return &at->second;
    for (const Pattern& pattern : patterns_)
      if (pattern.when.match(record)) return &pattern.map;
    return default_ ? &*default_ : nullptr;
  }

 private:
  struct Pattern {
    Values when;
    Map map;
  };
  struct Hash : std::hash<Text> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, Map, Hash, std::equal_to<>> exact_;
  std::vector<Pattern> patterns_;
  std::optional<Map> default_;
};

/// What the values of earlier records became, by these as they came in. A district has few, and to bring them into the
/// form in which they are compared takes most of the time that a look-up does.
class Remembered {
 public:
  /// Null where it does not know; then `put` lets it know.
  [[nodiscard]] const Map* find(std::span<const Text> values) {
    entry_ = &entries_[place_of(values)];
    return std::equal(values.begin(), values.end(), entry_->values.begin(), entry_->values.end())
               ? entry_->map
               : nullptr;
  }
  /// Of the values that were looked for last.
  void put(std::span<const Text> values, const Map* map) {
    entry_->values.assign(values.begin(), values.end());
    entry_->map = map;
  }

 private:
  struct Entry {
    std::vector<std::string> values;
    const Map* map = nullptr;
  };
  /// Differs for most codes that a district has beside each other.
  [[nodiscard]] static std::size_t place_of(std::span<const Text> values) {
    std::size_t place = 0;
    for (const Text value : values) {
      const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(value[at]); };
      const std::size_t size = value.size();
      place = place * 31 + size;
      if (size > 0) place = ((place * 31 + byte(0)) * 31 + byte(size / 2)) * 31 + byte(size - 1);
    }
    return place % places;
  }

  static constexpr std::size_t places = 256;
  std::vector<Entry> entries_ = std::vector<Entry>(places);
  Entry* entry_ = nullptr;
};

/// `text` as it stands in an attribute of a pipeline file.
[[nodiscard]] std::string as_attribute(Text text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '"')
      escaped += "&quot;";
    else if (c == '$')
      escaped += "$$";  // ${name} is a variable
    else
      escaped += c;
  }
  return escaped;
}

class MapValues {
 public:
  static constexpr auto name = "map_values";
  static constexpr auto summary = "Turns the sender's codes into eligibility, source and certified type.";

  static constexpr Rule unmapped{
      4001, Severity::error, "Invalid [{}] '{}'",
      "Add a <map> for the value to the pipeline's code map, or correct it in the POS."};
  static constexpr Rule to_map{4001, Severity::info, "Unmapped {} times: <map when=\"{}\"{}/>",
                               "Fill in the line and add it to the pipeline's code map."};
  static constexpr Rule not_mappable{
      4001, Severity::info, "Unmapped {} times, and no <map> can name it: '{}'",
      "Correct the value in the POS: * and | have a meaning of their own in a <map>."};
  static constexpr Rule more_unmapped{4001, Severity::info, "Unmapped {} more times, with other values",
                                      "Check that 'from' names the columns that hold codes."};
  static constexpr Rule no_map{own(5001), Severity::fatal, "There is no <map> to say what a value becomes",
                               "Add <map> elements, or name a <values> fragment with 'use'."};
  static constexpr Rule other_count{own(5001), Severity::fatal,
                                    "when='{}' has {} values, and 'from' names {} columns",
                                    "Give one value a column, separated by '|'."};
  static constexpr Rule mapped_twice{own(5001), Severity::fatal, "when='{}' is mapped twice",
                                     "Delete one of the two <map> elements."};
  static constexpr Rule two_defaults{own(5001), Severity::fatal, "Two <map> elements have no 'when'",
                                     "Keep one of them as the default."};
  static constexpr std::array rules{&unmapped, &to_map,      &not_mappable, &more_unmapped,
                                    &no_map,   &other_count, &mapped_twice, &two_defaults};

  struct Options {
    Names from;
    std::string use;  // the host has put the fragment's <map> elements among ours
    std::vector<Map> maps;

    static void describe(Describe<Options>& d) {
      d.option("from", &Options::from,
               "The columns that hold the sender's codes; none, for one value for all.");
      d.option("use", &Options::use,
               "A <values> fragment whose <map> elements are used as if they stood here.")
          .fragment();
      d.children("map", &Options::maps, "What the values of a record become.");
    }
  };

  struct Ports {
    std::vector<Column<Text>> from;
    Column<Code<Eligibility>> eligibility;
    Column<Code<Source>> source;
    Column<Code<CertifiedType>> certified_type;
    MapTable table;
    std::string names;  // of `from`, as findings show them
    std::string given;  // the attributes that a further <map> has to fill in

    Ports(const Options& o, Columns& c) {
      for (const std::string& column : o.from.names) {
        from.push_back(c.need<Text>(column));
        names += (names.empty() ? "" : "|") + column;
      }
      if (o.maps.empty()) c.fault<no_map>();
      for (const Map& map : o.maps)
        add_to_table(map, c);
      give(eligibility, &Map::eligibility, "Free, Reduced or Paid.", o, c);
      give(source, &Map::source, "Direct where no application was needed.", o, c);
      give(certified_type, &Map::certified_type, "Why the student has the eligibility.", o, c);
    }

   private:
    void add_to_table(const Map& map, Columns& c) {
      if (!map.when) {
        if (!table.add_default(map)) c.fault<two_defaults>();
        return;
      }
      Values when;
      for (Text rest = *map.when;;) {
        const auto end = rest.find('|');
        when.add(rest.substr(0, end));
        if (end == Text::npos) break;
        rest.remove_prefix(end + 1);
      }
      if (when.size() != from.size())
        c.fault<other_count>(*map.when, when.size(), from.size());
      else if (!table.add(when, map))
        c.fault<mapped_twice>(*map.when);
    }

    /// A column that no <map> gives is left as it comes in.
    template <class E>
    void give(Column<Code<E>>& column, std::optional<E> Map::*value, Text doc, const Options& o, Columns& c) {
      const auto gives = [&](const Map& map) { return (map.*value).has_value(); };
      if (std::none_of(o.maps.begin(), o.maps.end(), gives)) return;
      column = c.add<Code<E>>(CodeSet<E>::name, doc);
      given += ' ' + std::string(CodeSet<E>::name) + "=\"\"";
    }
  };

  explicit MapValues(const Ports& ports) : at_(ports) {}

  void process(Row row, Output& out) {
    came_.clear();
    for (const Column<Text> column : at_.from)
      came_.push_back(row[column]);
    const Map* map = remembered_.find(came_);
    if (map == nullptr) map = look_up();
    if (map == nullptr) return reject_unmapped(row, out);

    Cells cells = out.pass(row);
    if (map->eligibility) cells.set(at_.eligibility, *map->eligibility);
    if (map->source) cells.set(at_.source, *map->source);
    if (map->certified_type) cells.set(at_.certified_type, *map->certified_type);
  }

  void finish(Output& out) {
    std::stable_sort(unmapped_.begin(), unmapped_.end(),
                     [](const Unmapped& a, const Unmapped& b) { return a.records > b.records; });
    for (const Unmapped& each : unmapped_) {
      if (each.can_be_named)
        out.remark<to_map>(Place{}, each.records, as_attribute(each.written), at_.given);
      else
        out.remark<not_mappable>(Place{}, each.records, each.written);
    }
    if (others_ > 0) out.remark<more_unmapped>(Place{}, others_);
  }

 private:
  struct Unmapped {
    std::string compared;
    std::string written;
    bool can_be_named;
    std::uint64_t records;
  };
  static constexpr std::size_t most_listed = 100;

  [[nodiscard]] const Map* look_up() {
    values_.clear();
    for (const Text value : came_)
      values_.add(value);
    const Map* const map = at_.table.find(values_);
    if (map != nullptr) remembered_.put(came_, map);
    return map;
  }

  void reject_unmapped(Row row, Output& out) {
    std::string written;
    bool can_be_named = true;
    for (std::size_t i = 0; i < came_.size(); ++i) {
      const Text value = trimmed(came_[i]);
      if (i > 0) written += '|';
      written += value;
      can_be_named = can_be_named && value != any_value && value.find('|') == Text::npos;
    }
    out.reject<unmapped>(row, at_.names, written);
    out.count("unmapped");

    const auto same = [&](const Unmapped& each) { return each.compared == values_.whole(); };
    const auto known = std::find_if(unmapped_.begin(), unmapped_.end(), same);
    if (known != unmapped_.end())
      ++known->records;
    else if (unmapped_.size() < most_listed)
      unmapped_.push_back({values_.whole(), written, can_be_named, 1});
    else
      ++others_;
  }

  Ports at_;
  std::vector<Text> came_;  // the values of the record
  Values values_;           // likewise, as they are compared, where they are not remembered
  Remembered remembered_;
  std::vector<Unmapped> unmapped_;
  std::uint64_t others_ = 0;
};

}  // namespace

MEALSYNC_PLUGIN(MapValues);
