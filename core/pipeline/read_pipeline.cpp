#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <tuple>

#include <pipeline/notify_reader.hpp>
#include <pipeline/pipeline.hpp>
#include <pipeline/pipeline_files.hpp>
#include <pipeline/rules.hpp>
#include <pipeline/shape.hpp>
#include <pipeline/stage_reader.hpp>
#include <pipeline/time_zone.hpp>

namespace mealsync {
namespace {

const Shape description_shape{.takes_text = true};
const Shape schedule_shape{.required = {"frequency", "at"}, .optional = {"day", "timezone"}};
const Shape guard_shape{.optional = {"rejected_percent", "rejected_count", "changed_percent", "changed_count",
                                     "ended_percent", "ended_count", "lost_percent", "lost_count",
                                     "share_points", "file_percent", "least_base", "school_changed_percent",
                                     "school_changed_count", "school_ended_percent", "school_ended_count",
                                     "school_lost_percent", "school_lost_count", "school_file_percent",
                                     "school_least_base"}};
const Shape values_shape{.required = {"name"}, .any_child = true};

const NameList frequencies{"daily", "weekly", "monthly"};
const NameList week_days{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end || text.starts_with('-')) return std::nullopt;
  return number;
}

bool is_pipeline_name(std::string_view name) {
  return is_variable_name(name) && name.find_first_of(".-_") != 0;
}

bool is_time(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return false;
  const auto hour = whole_number(text.substr(0, 2)), minute = whole_number(text.substr(3));
  return hour && minute && *hour < 24 && *minute < 60;
}

/// One blank for each run of blanks and line ends.
std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool is_blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!is_blank)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

class PipelineReader {
 public:
  PipelineReader(const std::filesystem::path& file, Scope& scope, Findings& findings)
      : scope_(scope), findings_(findings), stages_(file.parent_path(), scope, findings) {
    pipeline_.file = file;
  }

  [[nodiscard]] Pipeline read(Element& root) {
    read_attributes(root);
    if (Element* const description = find_child(root, "description")) read_description(*description);
    if (Element* const schedule = find_first(root, "schedule")) read_schedule(*schedule);
    if (Element* const guard = find_first(root, "guard")) read_guard(*guard);
    if (Element* const holder = find_holder(root, "notify")) read_notifies(*holder);
    read_values(root);
    pipeline_.stages = stages_.read_stages(root);
    return std::move(pipeline_);
  }

 private:
  /// A file with such a child, or else the first file it includes that has one.
  [[nodiscard]] static Element* find_holder(Element& file, std::string_view name) {
    if (find_child(file, name) != nullptr) return &file;
    for (Element& child : file.children) {
      Element* const included = child.name == "include" ? find_holder(child, name) : nullptr;
      if (included != nullptr) return included;
    }
    return nullptr;
  }
  [[nodiscard]] static Element* find_first(Element& file, std::string_view name) {
    Element* const holder = find_holder(file, name);
    return holder == nullptr ? nullptr : find_child(*holder, name);
  }

  /// The value and place of an attribute that is there and not at fault.
  [[nodiscard]] std::optional<Attribute> value_of(const Element& element, std::string_view name) {
    const Attribute* const attribute = find_attribute(element, name);
    if (attribute == nullptr) return std::nullopt;
    auto value = scope_.expand(*attribute);
    if (!value) return std::nullopt;
    return Attribute{attribute->name, std::move(value->text), attribute->at};
  }

  [[nodiscard]] std::string choice_of(const Element& element, std::string_view name,
                                      const NameList& choices) {
    const auto value = value_of(element, name);
    if (!value) return {};
    if (std::find(choices.begin(), choices.end(), value->value) != choices.end()) return value->value;
    findings_.add<rules::bad_choice>(value->at, name, value->value, one_of(choices));
    return {};
  }

  void read_attributes(const Element& root) {
    if (auto name = value_of(root, "name")) {
      if (!is_pipeline_name(name->value)) findings_.add<rules::bad_pipeline_name>(name->at, name->value);
      pipeline_.name = std::move(name->value);
    }
    if (auto district = value_of(root, "district")) pipeline_.district = std::move(district->value);
    if (const auto written = value_of(root, "school_year")) {
      const auto year = SchoolYear::read(written->value);
      if (!year) findings_.add<rules::bad_school_year>(written->at, written->value);
      pipeline_.school_year = year.value_or(SchoolYear{});
    }
    pipeline_.active = choice_of(root, "active", {"yes", "no"}) != "no";
  }

  void read_description(Element& element) {
    check_shape(element, description_shape, findings_);
    pipeline_.description = on_one_line(element.text);
  }

  void read_schedule(Element& element) {
    check_shape(element, schedule_shape, findings_);
    Schedule schedule{element.at, choice_of(element, "frequency", frequencies), {}, {}, {}};
    if (auto time = value_of(element, "at")) {
      if (!is_time(time->value)) findings_.add<rules::bad_time>(time->at, time->value);
      schedule.time = std::move(time->value);
    }
    if (auto zone = value_of(element, "timezone")) {
      if (!TimeZone::named(zone->value))
        findings_.add<rules::unknown_time_zone>(zone->at, zone->value,
                                                did_you_mean(zone->value, time_zone_names()));
      schedule.timezone = std::move(zone->value);
    }
    schedule.day = read_day(element, schedule.frequency);
    pipeline_.schedule = std::move(schedule);
  }

  [[nodiscard]] std::string read_day(const Element& element, std::string_view frequency) {
    const Attribute* const attribute = find_attribute(element, "day");
    if (attribute == nullptr) {
      if (frequency == "weekly" || frequency == "monthly")
        findings_.add<rules::missing_attribute>(element.at, element.name, "day");
      return {};
    }
    if (frequency == "daily") findings_.add<rules::day_without_use>(attribute->at);
    if (frequency == "weekly") return choice_of(element, "day", week_days);
    const auto day = value_of(element, "day");
    if (!day || frequency != "monthly") return {};
    const auto number = whole_number(day->value);
    if (!number || *number < 1 || *number > 31) findings_.add<rules::bad_day_of_month>(day->at, day->value);
    return day->value;
  }

  void read_notifies(Element& file) {
    for (Element& child : file.children)
      if (child.name == "notify") pipeline_.notifies.push_back(read_notify(child, stages_, findings_));
  }

  void read_guard(Element& element) {
    check_shape(element, guard_shape, findings_);
    Guard& guard = pipeline_.guard;
    guard.at = element.at;
    read_limit(element, "rejected", guard.rejected);
    read_percent(element, "share_points", guard.share_points);
    read_limits(element, "", guard.district);
    read_limits(element, "school_", guard.school);
  }

  void read_limits(const Element& element, const std::string& whose, Limits& limits) {
    read_limit(element, whose + "changed", limits.changed);
    read_limit(element, whose + "ended", limits.ended);
    read_limit(element, whose + "lost", limits.lost);
    read_percent(element, whose + "file_percent", limits.file_percent);
    if (const auto least = read_count(element, whose + "least_base")) limits.least_base = *least;
  }

  void read_limit(const Element& element, const std::string& name, Limit& limit) {
    read_percent(element, name + "_percent", limit.percent);
    limit.count = read_count(element, name + "_count");
  }

  [[nodiscard]] std::optional<std::uint64_t> read_count(const Element& element, std::string_view name) {
    const auto value = value_of(element, name);
    if (!value) return std::nullopt;
    const auto number = whole_number(value->value);
    if (!number) findings_.add<rules::bad_count>(value->at, name, value->value);
    return number;
  }

  void read_percent(const Element& element, std::string_view name, int& percent) {
    const auto value = value_of(element, name);
    if (!value) return;
    const auto number = whole_number(value->value);
    if (number && *number <= 100)
      percent = *number;
    else
      findings_.add<rules::bad_percent>(value->at, name, value->value);
  }

  /// Of two <values> of one name in different files the first holds; in one file they are a fault.
  void read_values(Element& file) {
    std::set<std::string> names;
    for (Element& child : file.children) {
      if (child.name != "values") continue;
      check_shape(child, values_shape, findings_);
      Fragment fragment{{}, child.at, {}};
      for (const Element& entry : child.children)
        fragment.children.push_back(stages_.read_group(entry));
      const auto name = value_of(child, "name");
      if (!name) continue;
      fragment.name = name->value;
      if (name->value.empty())
        findings_.add<rules::empty_attribute>(name->at, name->name);
      else if (!names.insert(name->value).second)
        findings_.add<rules::duplicate_values>(name->at, name->value);
      else if (values_.insert(name->value).second)
        pipeline_.fragments.push_back(std::move(fragment));
    }
    for (Element& child : file.children)
      if (child.name == "include") read_values(child);
  }

  Pipeline pipeline_;
  std::set<std::string> values_;  // their names, of all files
  Scope& scope_;
  Findings& findings_;
  StageReader stages_;
};

/// In the order in which a reader meets them: the pipeline file, then each file it includes, from top to
/// bottom.
void add_in_order(const Findings& found, const std::string& file, Findings& findings) {
  std::map<std::string, std::size_t> ranks{{file, 0}};
  for (const Finding& finding : found.all())
    ranks.try_emplace(finding.at.file, ranks.size());
  std::vector<Finding> ordered = found.all();
  const auto place = [&](const Finding& finding) {
    return std::tuple(ranks.at(finding.at.file), finding.at.line, finding.at.column);
  };
  std::stable_sort(ordered.begin(), ordered.end(),
                   [&](const Finding& left, const Finding& right) { return place(left) < place(right); });
  for (Finding& finding : ordered)
    findings.add(std::move(finding));
}

}  // namespace

std::optional<Pipeline> read_pipeline(const std::filesystem::path& file, const Variables& variables,
                                      Findings& findings) {
  Findings found;
  Scope scope(variables, found);
  std::optional<Pipeline> pipeline;
  if (auto root = read_files(file, scope, found)) {
    scope.check(file.string());
    pipeline = PipelineReader(file, scope, found).read(*root);
  }
  add_in_order(found, file.string(), findings);
  return pipeline;
}

}  // namespace mealsync
