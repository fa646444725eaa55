#include <pipeline/stage_reader.hpp>

#include <algorithm>
#include <map>
#include <system_error>
#include <utility>

#include <pipeline/rules.hpp>
#include <pipeline/shape.hpp>

namespace mealsync {
namespace {

const Shape stage_shape{.required = {"plugin"}, .optional = {"id"}, .any_attribute = true, .any_child = true};

std::optional<Role> role_of(const Element& element) {
  for (const Role role : {Role::source, Role::transform, Role::sink})
    if (element.name == to_text(role)) return role;
  return std::nullopt;
}

std::filesystem::path working_folder() {
  std::error_code no_matter;  // without one, relative paths fail where they are opened
  return std::filesystem::current_path(no_matter);
}

}  // namespace

StageReader::StageReader(std::filesystem::path folder, Scope& scope, Findings& findings)
    : folder_(std::move(folder)), current_folder_(working_folder()), scope_(scope), findings_(findings) {}

std::vector<StageSpec> StageReader::read_stages(Element& root) {
  std::vector<StageSpec> stages;
  bool has_source = false;
  for (Element& child : root.children) {
    const auto role = role_of(child);
    if (!role) continue;
    auto stage = read_stage(*role, child);
    auto format = role == Role::source ? read_format(child) : std::nullopt;
    if (role == Role::source && std::exchange(has_source, true))
      findings_.add<rules::second_source>(child.at, stage ? stage->id : child.name);
    if (stage) stages.push_back(std::move(*stage));
    if (format) stages.push_back(std::move(*format));
  }
  if (!has_source) findings_.add<rules::no_source>(root.at);
  if (find_child(root, to_text(Role::sink)) == nullptr) findings_.add<rules::no_sink>(root.at);
  check_order(stages);
  check_ids(stages);
  std::stable_sort(stages.begin(), stages.end(),
                   [](const StageSpec& left, const StageSpec& right) { return left.role < right.role; });
  return stages;
}

std::optional<StageSpec> StageReader::read_stage(Role role, Element& element) {
  check_shape(element, stage_shape, findings_);
  StageSpec stage;
  stage.role = role;
  stage.at = element.at;
  stage.plugin = read_name(element, "plugin");
  stage.id = read_name(element, "id");
  if (stage.id.empty()) stage.id = stage.plugin;
  for (const Attribute& attribute : element.attributes)
    if (attribute.name != "plugin" && attribute.name != "id")
      stage.settings.push_back(read_setting(attribute));
  for (const Element& child : element.children)
    if (role != Role::source || child.name != to_text(Role::format))
      stage.settings.push_back(read_group(child));
  if (stage.plugin.empty()) return std::nullopt;
  return stage;
}

std::optional<StageSpec> StageReader::read_format(Element& source) {
  std::optional<StageSpec> format;
  bool has_format = false;
  for (Element& child : source.children) {
    if (child.name != to_text(Role::format)) continue;
    auto stage = read_stage(Role::format, child);
    if (std::exchange(has_format, true))
      findings_.add<rules::second_format>(child.at, stage ? stage->id : child.name);
    else
      format = std::move(stage);
  }
  return format;
}

Setting StageReader::read_group(const Element& element) {
  if (!element.text.empty()) findings_.add<rules::stray_text>(element.text_at, element.name);
  Setting group{element.name, {}, element.at, folder_, {}, true};
  for (const Attribute& attribute : element.attributes)
    group.children.push_back(read_setting(attribute));
  for (const Element& child : element.children)
    group.children.push_back(read_group(child));
  return group;
}

Setting StageReader::read_setting(const Attribute& attribute) {
  // With a fault in it the text is kept as written, so that the option does not seem to be missing.
  const Expanded value = scope_.expand(attribute).value_or(Expanded{attribute.value});
  return {attribute.name, value.text, attribute.at, value.from_outside ? current_folder_ : folder_};
}

std::string StageReader::read_name(const Element& element, std::string_view attribute) {
  const Attribute* const found = find_attribute(element, attribute);
  if (found == nullptr) return {};
  const auto value = scope_.expand(*found);
  if (!value) return {};
  if (value->text.empty()) findings_.add<rules::empty_attribute>(found->at, attribute);
  return value->text;
}

void StageReader::check_order(const std::vector<StageSpec>& stages) {
  const StageSpec* furthest = nullptr;
  for (const StageSpec& stage : stages) {
    if (stage.role == Role::format) continue;  // it stands inside its source
    if (furthest != nullptr && stage.role < furthest->role)
      findings_.add<rules::wrong_order>(stage.at, to_text(stage.role), stage.id, to_text(furthest->role),
                                        furthest->id);
    else
      furthest = &stage;
  }
}

void StageReader::check_ids(const std::vector<StageSpec>& stages) {
  std::map<std::string_view, const StageSpec*> first_uses;
  for (const StageSpec& stage : stages) {
    const auto [use, is_first] = first_uses.emplace(stage.id, &stage);
    if (is_first) continue;
    const StageSpec& first = *use->second;
    if (stage.id == stage.plugin && first.plugin == stage.plugin)
      findings_.add<rules::duplicate_plugin>(stage.at, stage.plugin, first.at.line);
    else
      findings_.add<rules::duplicate_id>(stage.at, stage.id, to_text(first.role), first.at.line);
  }
}

}  // namespace mealsync
