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

/// "line 11", or "line 11 of shared/codes.xml" where that is another file.
std::string line_seen_from(const Position& here, const Position& there) {
  const std::string line = "line " + std::to_string(there.line);
  return there.file == here.file ? line : line + " of " + there.file;
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
  bool has_source = false, has_sink = false;
  for (Use& use : uses_in(root)) {
    StageSpec& stage = use.stage;
    read_settings(*use.element, stage);
    auto format = stage.role == Role::source ? read_format(*use.element) : std::nullopt;
    if (stage.role == Role::source && std::exchange(has_source, true))
      findings_.add<rules::second_source>(stage.at, stage.plugin.empty() ? use.element->name : stage.id);
    has_sink = has_sink || stage.role == Role::sink;
    if (!stage.plugin.empty()) stages.push_back(std::move(stage));
    if (format) stages.push_back(std::move(*format));
  }
  if (!has_source && !scope_.is_open()) findings_.add<rules::no_source>(root.at);
  if (!has_sink && !scope_.is_open()) findings_.add<rules::no_sink>(root.at);
  check_ids(stages);
  std::stable_sort(stages.begin(), stages.end(),
                   [](const StageSpec& left, const StageSpec& right) { return left.role < right.role; });
  return stages;
}

std::vector<StageReader::Use> StageReader::uses_in(Element& file) {
  std::vector<Use> uses;
  for (Element& child : file.children) {
    if (child.name == "include") {
      for (Use& use : uses_in(child))
        uses.push_back({std::move(use.stage), use.element, false});
    } else if (const auto role = role_of(child)) {
      uses.push_back({read_head(*role, child), &child});
    }
  }
  check_order(uses);
  return with_own_in_place(uses);
}

std::vector<StageReader::Use> StageReader::with_own_in_place(const std::vector<Use>& uses) {
  const auto first = [&](const Use& like, bool is_own) {
    return std::find_if(uses.begin(), uses.end(),
                        [&](const Use& each) { return each.is_own == is_own && each.is_same(like); });
  };
  std::vector<Use> placed;
  for (auto use = uses.begin(); use != uses.end(); ++use) {
    const auto own = first(*use, true), included = first(*use, false);
    const bool is_replaced = own != uses.end() && included != uses.end();
    if (!is_replaced || (use->is_own && use != own))
      placed.push_back(*use);
    else if (use == included)
      placed.push_back(*own);
  }
  return placed;
}

StageSpec StageReader::read_head(Role role, Element& element) {
  check_shape(element, stage_shape, findings_);
  StageSpec stage;
  stage.role = role;
  stage.at = element.at;
  stage.plugin = read_name(element, "plugin");
  stage.id = read_name(element, "id");
  if (stage.id.empty()) stage.id = stage.plugin;
  return stage;
}

void StageReader::read_settings(const Element& element, StageSpec& stage) {
  for (const Attribute& attribute : element.attributes)
    if (attribute.name != "plugin" && attribute.name != "id")
      stage.settings.push_back(read_setting(attribute));
  for (const Element& child : element.children)
    if (stage.role != Role::source || child.name != to_text(Role::format))
      stage.settings.push_back(read_group(child));
}

std::optional<StageSpec> StageReader::read_format(Element& source) {
  std::optional<StageSpec> format;
  bool has_format = false;
  for (Element& child : source.children) {
    if (child.name != to_text(Role::format)) continue;
    StageSpec stage = read_head(Role::format, child);
    read_settings(child, stage);
    if (std::exchange(has_format, true))
      findings_.add<rules::second_format>(child.at, stage.plugin.empty() ? child.name : stage.id);
    else if (!stage.plugin.empty())
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

/// Of the stages of one file; between files the roles alone give the order.
void StageReader::check_order(const std::vector<Use>& uses) {
  const StageSpec* furthest = nullptr;
  for (const Use& use : uses) {
    const StageSpec& stage = use.stage;
    if (!use.is_own || stage.plugin.empty()) continue;
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
    const std::string line = line_seen_from(stage.at, first.at);
    if (stage.id == stage.plugin && first.plugin == stage.plugin)
      findings_.add<rules::duplicate_plugin>(stage.at, stage.plugin, line);
    else
      findings_.add<rules::duplicate_id>(stage.at, stage.id, to_text(first.role), line);
  }
}

}  // namespace mealsync
