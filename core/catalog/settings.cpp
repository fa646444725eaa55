#include <catalog/settings.hpp>

#include <algorithm>
#include <limits>
#include <system_error>

#include <catalog/rules.hpp>
#include <mealsync/value.hpp>

namespace mealsync {
namespace {

using Options = std::span<const ms_option>;

const ms_option* option_named(Options options, std::string_view name, bool is_group) {
  for (const ms_option& option : options)
    if (text_of(option.name) == name && (option.type == MS_GROUP) == is_group) return &option;
  return nullptr;
}

std::vector<std::string_view> names_of(Options options, bool groups) {
  std::vector<std::string_view> names;
  for (const ms_option& option : options)
    if ((option.type == MS_GROUP) == groups) names.push_back(text_of(option.name));
  return names;
}

std::string range_text(const ms_option& option) {
  if (option.most == std::numeric_limits<std::int64_t>::max())
    return "at least " + std::to_string(option.least);
  if (option.least == std::numeric_limits<std::int64_t>::min())
    return "at most " + std::to_string(option.most);
  return "from " + std::to_string(option.least) + " to " + std::to_string(option.most);
}

void check_value(const ms_option& option, const Setting& setting, Findings& findings) {
  const std::string_view name = setting.name, value = setting.value;
  if ((option.flags & MS_SECRET) != 0) {
    if (!is_secret_reference(value)) findings.add<rules::literal_secret>(setting.at, name);
    return;
  }
  if (option.type == MS_INT) {
    const auto number = parse<std::int64_t>(value);
    if (!number)
      findings.add<rules::wrong_type>(setting.at, name, value, std::string_view("a whole number"));
    else if (*number < option.least || *number > option.most)
      findings.add<rules::out_of_range>(setting.at, name, *number, range_text(option));
  } else if (option.type == MS_BOOL) {
    if (!parse<bool>(value))
      findings.add<rules::wrong_type>(setting.at, name, value, std::string_view("yes or no"));
  } else if (option.type == MS_DATE) {
    if (!parse<Date>(value))
      findings.add<rules::wrong_type>(setting.at, name, value, std::string_view("a date like 2016-09-06"));
  } else if (option.choice_count > 0) {
    std::vector<std::string_view> choices;
    std::string all;
    for (const ms_str& choice : std::span{option.choices, option.choice_count}) {
      choices.push_back(text_of(choice));
      all += (all.empty() ? "" : ", ") + std::string(text_of(choice));
    }
    if (std::find(choices.begin(), choices.end(), value) == choices.end())
      findings.add<rules::no_choice>(setting.at, name, value, did_you_mean(value, choices), all);
  } else if (value.empty() && (option.flags & MS_REQUIRED) != 0) {
    findings.add<rules::wrong_type>(setting.at, name, value, std::string_view("a value"));
  }
}

class Checker {
 public:
  explicit Checker(Findings& findings) : findings_(findings) {}

  /// `element`: what the settings are of, as a finding names it.
  void check(Options options, const std::vector<Setting>& settings, const Position& at,
             const std::string& element) {
    for (const Setting& setting : settings) {
      const ms_option* option = option_named(options, setting.name, setting.is_group);
      if (option == nullptr && setting.is_group)
        findings_.add<rules::unknown_child>(setting.at, element, setting.name,
                                            did_you_mean(setting.name, names_of(options, true)));
      else if (option == nullptr)
        findings_.add<rules::unknown_option>(setting.at, element, setting.name,
                                             did_you_mean(setting.name, names_of(options, false)));
      else if (setting.is_group)
        check({option->children, option->child_count}, setting.children, setting.at,
              "<" + setting.name + ">");
      else
        check_value(*option, setting, findings_);
    }
    for (const ms_option& option : options) {
      const bool is_given = std::any_of(settings.begin(), settings.end(),
                                        [&](const Setting& s) { return s.name == text_of(option.name); });
      if ((option.flags & MS_REQUIRED) != 0 && !is_given)
        findings_.add<rules::missing_option>(at, element, text_of(option.name));
    }
  }

 private:
  Findings& findings_;
};

/// Puts the children of the fragments that are named by the stage's options after its own.
std::vector<Setting> with_fragments(const StageSpec& spec, Options options,
                                    const std::vector<Fragment>& fragments, Findings& findings) {
  std::vector<Setting> settings = spec.settings;
  for (const Setting& setting : spec.settings) {
    const ms_option* option = option_named(options, setting.name, false);
    if (option == nullptr || (option->flags & MS_FRAGMENT) == 0) continue;
    const auto fragment = std::find_if(fragments.begin(), fragments.end(),
                                       [&](const Fragment& f) { return f.name == setting.value; });
    if (fragment == fragments.end()) {
      std::vector<std::string_view> known;
      for (const Fragment& each : fragments)
        known.push_back(each.name);
      findings.add<rules::no_fragment>(setting.at, setting.value, did_you_mean(setting.value, known));
    } else {
      settings.insert(settings.end(), fragment->children.begin(), fragment->children.end());
    }
  }
  return settings;
}

/// From the current folder, but for one that names a server (//server/share); as it is where that is gone: what cannot be opened is then told by whoever opens it.
std::string absolute_path(const std::filesystem::path& path) {
  if (path.native().starts_with("//")) return path.string();
  std::error_code error;
  const auto absolute = std::filesystem::absolute(path, error);
  return (error ? path : absolute).lexically_normal().string();
}

void make_ready(std::vector<Setting>& settings, Options options,
                const std::map<std::string, std::string>& variables, Findings& faults) {
  for (Setting& setting : settings) {
    const ms_option* option = option_named(options, setting.name, setting.is_group);
    if (option == nullptr) continue;
    make_ready(setting.children, {option->children, option->child_count}, variables, faults);
    setting.value = replace_variables(setting.value, variables);
    if ((option->flags & MS_PATH) != 0 && !setting.value.empty())
      setting.value = absolute_path(setting.folder / setting.value);
    if ((option->flags & MS_SECRET) != 0)
      setting.value = read_secret(setting, faults).value_or(std::string{});
  }
}

}  // namespace

std::optional<std::vector<Setting>> check_settings(const StageSpec& spec, const ms_stage& stage,
                                                   const std::vector<Fragment>& fragments,
                                                   Findings& findings) {
  const Options options{stage.options, stage.option_count};
  Findings faults;
  auto settings = with_fragments(spec, options, fragments, faults);
  Checker(faults).check(options, settings, spec.at,
                        std::string(to_text(spec.role)) + " '" + spec.plugin + "'");
  for (const Finding& fault : faults.all())
    findings.add(fault);
  if (faults.failed()) return std::nullopt;
  return settings;
}

const std::vector<ms_setting>& SettingTable::table(const std::vector<Setting>& settings) {
  auto& made = tables_.emplace_back();
  made.reserve(settings.size());
  for (const Setting& setting : settings) {
    const auto& children = table(setting.children);
    made.push_back({borrow(texts_.emplace_back(setting.name)), borrow(texts_.emplace_back(setting.value)),
                    children.data(), children.size()});
  }
  return made;
}

std::optional<std::vector<Setting>> settings_for_run(const std::vector<Setting>& settings,
                                                     const ms_stage& stage,
                                                     const std::map<std::string, std::string>& variables,
                                                     Findings& findings) {
  std::vector<Setting> ready = settings;
  Findings faults;
  make_ready(ready, {stage.options, stage.option_count}, variables, faults);
  for (const Finding& fault : faults.all())
    findings.add(fault);
  if (faults.failed()) return std::nullopt;
  return ready;
}

std::vector<std::string> paths_among(const std::vector<Setting>& settings, const ms_stage& stage) {
  std::vector<std::string> paths;
  for (const Setting& setting : settings) {
    const ms_option* option = option_named({stage.options, stage.option_count}, setting.name, false);
    if (option != nullptr && (option->flags & MS_PATH) != 0 && !setting.value.empty())
      paths.push_back(absolute_path(setting.folder / setting.value));
  }
  return paths;
}

std::vector<Setting> secrets_among(const std::vector<Setting>& settings, const ms_stage& stage) {
  std::vector<Setting> secrets;
  for (const Setting& setting : settings) {
    const ms_option* option = option_named({stage.options, stage.option_count}, setting.name, false);
    if (option != nullptr && (option->flags & MS_SECRET) != 0) secrets.push_back(setting);
  }
  return secrets;
}

}  // namespace mealsync
