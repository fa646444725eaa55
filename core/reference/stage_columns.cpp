#include <reference/stage_columns.hpp>

#include <algorithm>
#include <map>
#include <span>

#include <catalog/settings.hpp>
#include <mealsync/columns.hpp>

namespace mealsync {
namespace {

/// A column that may come in, or is given.
struct Field {
  std::string name, doc, set;
  std::uint32_t type = MS_TEXT;
  std::uint32_t word_count = 0;
  const ms_str* words = nullptr;  // lives in the plugin, which is never unloaded

  [[nodiscard]] bool is_like(const Field& other) const { return type == other.type && set == other.set; }
};

struct ColumnFault {
  std::uint32_t code;
  std::string column;
  bool operator==(const ColumnFault&) const = default;
};

/// What a stage says to its `plan`.
struct Planned {
  std::vector<Field> given;
  std::vector<std::uint32_t> used;
  std::vector<ColumnFault> faults;
  bool has_other_fault = false;

  [[nodiscard]] bool misses(const std::string& column) const {
    return std::any_of(faults.begin(), faults.end(), [&](const ColumnFault& fault) {
      return fault.code == detail::no_column.code && fault.column == column;
    });
  }
};

void declare(void* self, const ms_plan* plan) noexcept {
  auto& planned = *static_cast<Planned*>(self);
  for (const ms_port& port : std::span{plan->ports, plan->port_count}) {
    if (port.from != MS_NO_COLUMN) continue;
    const ms_field& field = port.field;
    planned.given.push_back({std::string(text_of(field.name)), std::string(text_of(field.doc)),
                             std::string(text_of(field.set)), field.type, field.word_count, field.words});
  }
  for (const std::uint32_t column : std::span{plan->used, plan->used_count})
    if (std::find(planned.used.begin(), planned.used.end(), column) == planned.used.end())
      planned.used.push_back(column);
}

/// The rules of the SDK about columns name the column first, in quotes.
void report(void* self, const ms_finding* finding) noexcept {
  auto& planned = *static_cast<Planned*>(self);
  const std::string_view message = text_of(finding->message);
  const auto begin = message.find('\'');
  const auto end = begin == message.npos ? begin : message.find('\'', begin + 1);
  const bool is_of_column =
      finding->code == detail::no_column.code || finding->code == detail::other_type.code;
  if (!is_of_column || end == message.npos) {
    planned.has_other_fault = true;
    return;
  }
  ColumnFault fault{finding->code, std::string(message.substr(begin + 1, end - begin - 1))};
  if (std::find(planned.faults.begin(), planned.faults.end(), fault) == planned.faults.end())
    planned.faults.push_back(std::move(fault));
}

/// Something for each option that is required, so that a stage can be planned without a pipeline.
std::vector<Setting> required_settings(std::span<const ms_option> options) {
  std::vector<Setting> settings;
  for (const ms_option& option : options) {
    if ((option.flags & MS_REQUIRED) == 0) continue;
    Setting setting;
    setting.name = text_of(option.name);
    setting.is_group = option.type == MS_GROUP;
    if (setting.is_group)
      setting.children = required_settings({option.children, option.child_count});
    else if (option.choice_count > 0)
      setting.value = text_of(option.choices[0]);
    else if (option.type == MS_INT)
      setting.value = std::to_string(std::clamp<std::int64_t>(0, option.least, option.most));
    else if (option.type == MS_DATE)
      setting.value = "2016-07-01";
    else if (option.type == MS_BOOL)
      setting.value = "no";
    else
      setting.value = "x";
    settings.push_back(std::move(setting));
  }
  return settings;
}

Planned plan(const ms_stage& stage, const std::vector<Field>& input) {
  Planned planned;
  ms_host host{};
  host.size = sizeof host;
  host.self = &planned;
  host.declare = declare;
  host.emit = [](void*, const ms_batch*) noexcept { return ms_status{MS_FAILED}; };
  host.report = report;
  host.count = [](void*, ms_str, std::uint64_t) noexcept {};

  const auto required = required_settings({stage.options, stage.option_count});
  const SettingTable settings(required);
  std::vector<ms_field> view;
  for (const Field& f : input)
    view.push_back({borrow(f.name), borrow(f.doc), f.type, f.word_count, borrow(f.set), f.words});
  const ms_status status =
      stage.plan(settings.settings().data(), settings.settings().size(), view.data(), view.size(), &host);
  if (status != MS_OK && planned.faults.empty()) planned.has_other_fault = true;
  std::erase_if(planned.used, [&](std::uint32_t column) { return column >= input.size(); });
  return planned;
}

/// What may come in under a name: as some stage gives it, then as any plain type.
using Forms = std::map<std::string, std::vector<Field>>;

Forms forms_given_by(const std::vector<StageEntry>& stages) {
  Forms forms;
  for (const StageEntry& entry : stages)
    for (Field& field : plan(*entry.stage, {}).given) {
      auto& known = forms[field.name];
      if (std::none_of(known.begin(), known.end(), [&](const Field& f) { return f.is_like(field); }))
        known.push_back(std::move(field));
    }
  return forms;
}

/// Columns that come in, one form of a name at a time.
class Offer {
 public:
  explicit Offer(Forms forms) : forms_(std::move(forms)) {
    for (auto& [name, known] : forms_)
      add_plain(name, known);
  }

  [[nodiscard]] std::vector<Field> fields() const {
    std::vector<Field> fields;
    for (const auto& [name, known] : forms_)
      if (const auto at = turn(name); at < known.size()) fields.push_back(known[at]);
    return fields;
  }
  /// Makes another offer after a fault; false where there is none left.
  bool answer(const ColumnFault& fault) {
    const auto [at, is_new] = forms_.try_emplace(fault.column);
    if (is_new) add_plain(at->first, at->second);
    if (is_new || fault.code != detail::other_type.code) return is_new;
    auto& turn = turns_[fault.column];
    return turn < at->second.size() && ++turn <= at->second.size();
  }

 private:
  static void add_plain(const std::string& name, std::vector<Field>& known) {
    for (const std::uint32_t type : {MS_TEXT, MS_INT, MS_DATE, MS_BOOL})
      known.push_back({name, {}, {}, type, 0, nullptr});
  }
  [[nodiscard]] std::size_t turn(const std::string& name) const {
    const auto at = turns_.find(name);
    return at == turns_.end() ? 0 : at->second;
  }

  Forms forms_;
  std::map<std::string, std::size_t> turns_;
};

std::string type_of(const Field& field) {
  switch (field.type) {
    case MS_TEXT:
      return "text";
    case MS_INT:
      return "number";
    case MS_DATE:
      return "date";
    case MS_BOOL:
      return "yes|no";
    default:
      return "code of " + field.set;
  }
}

constexpr int most_offers = 100;  // a stage that is never content must not hold us up

/// The columns that the stage takes without a fault, as far as they can be found.
std::vector<Field> accepted_by(const ms_stage& stage, const std::vector<StageEntry>& stages) {
  Offer offer(forms_given_by(stages));
  bool is_new = true;
  for (int round = 0; is_new && round < most_offers; ++round) {
    is_new = false;
    for (const ColumnFault& fault : plan(stage, offer.fields()).faults)
      is_new = offer.answer(fault) || is_new;
  }
  return offer.fields();
}

}  // namespace

StageColumns columns_of(const ms_stage& stage, const std::vector<StageEntry>& stages) {
  StageColumns columns;
  if (stage.read != nullptr) return columns;  // its format gives them
  std::vector<Field> needed;
  if (stage.role == MS_TRANSFORM || stage.role == MS_SINK) {
    const auto input = accepted_by(stage, stages);
    for (const std::uint32_t at : plan(stage, input).used) {
      auto others = input;
      others.erase(others.begin() + at);
      const Field& field = input[at];
      const bool is_needed = plan(stage, others).misses(field.name);
      (is_needed ? columns.needs : columns.uses).push_back({field.name, type_of(field), {}});
      if (is_needed) needed.push_back(field);
    }
  }
  const Planned planned = plan(stage, needed);
  columns.depends = planned.has_other_fault || !planned.faults.empty();
  for (const Field& field : planned.given)
    columns.gives.push_back({field.name, type_of(field), field.doc});
  return columns;
}

}  // namespace mealsync
