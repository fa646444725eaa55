#include <catalog/label.hpp>

#include <algorithm>
#include <array>
#include <iterator>

#include <mealsync/rule.hpp>
#include <mealsync/value.hpp>
#include <pipeline/letters.hpp>

namespace mealsync {
namespace {

/// What no line may hold, or nothing.
std::string_view fault_of_letters(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = character_size(text.substr(i));
    if (size == 0) return "it is not UTF-8";
    const auto first = static_cast<unsigned char>(text[i]);
    const bool is_control = (first < ' ' && first != '\t' && first != '\n') || first == 0x7F ||
                            (first == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0);
    if (is_control) return "it holds a control character";
    i += size;
  }
  return {};
}

/// Takes what comes before `end` off the text, and `end`; nothing where there is no `end`.
std::optional<std::string_view> take_until(char end, std::string_view& text) {
  const auto at = text.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const auto taken = text.substr(0, at);
  text.remove_prefix(at + 1);
  return taken;
}

std::optional<std::uint32_t> take_number(std::string_view& text) {
  const auto digits = take_until('\t', text);
  if (!digits || digits->size() > 3) return std::nullopt;
  return parse<std::uint32_t>(*digits);
}

std::optional<Role> role_of(std::string_view word) {
  for (const Role role : {Role::source, Role::format, Role::transform, Role::sink})
    if (to_text(role) == word) return role;
  return std::nullopt;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : left_(text) {}

  Label read() {
    label_.fault = fault();
    return std::move(label_);
  }

 private:
  std::string fault() {
    if (left_.size() > MS_LABEL_MOST) return compose("it is longer than {} bytes", MS_LABEL_MOST);
    left_ = left_.substr(0, left_.find_last_not_of('\0') + 1);
    const auto major = take_number(left_), minor = take_number(left_);
    if (!major || !minor) return "it does not begin with the two numbers of its ABI";
    label_.abi_major = *major;
    label_.abi_minor = *minor;
    if (!is_understood(*major, *minor)) return {};
    if (const auto words = fault_of_letters(left_); !words.empty()) return std::string(words);
    if (!left_.ends_with('\n')) return "it ends within a line";
    return fault_of_lines();
  }

  std::string fault_of_lines() {
    std::string_view first = *take_until('\n', left_);
    const auto plugin = take_until('\t', first);
    if (!plugin || plugin->empty() || first.find('\t') != std::string_view::npos)
      return "line 1 names no plugin and version";
    label_.plugin = *plugin;
    label_.version = first;
    for (int number = 2; !left_.empty(); ++number)
      if (std::string words = fault_of_stage(*take_until('\n', left_), number); !words.empty()) return words;
    return label_.stages.empty() ? "it names no stage" : "";
  }

  std::string fault_of_stage(std::string_view line, int number) {
    const auto word = take_until('\t', line), name = take_until('\t', line);
    if (!word || !name || name->empty() || line.find('\t') != std::string_view::npos)
      return compose("line {} is no role, name and summary", number);
    const auto role = role_of(*word);
    if (!role) return compose("line {} names the role '{}', and there is none of that name", number, *word);
    if (std::any_of(label_.stages.begin(), label_.stages.end(),
                    [&](const LabelledStage& s) { return s.role == *role && s.name == *name; }))
      return compose("it names the {} '{}' twice", *word, *name);
    label_.stages.push_back({*role, std::string(*name), std::string(line)});
    return {};
  }

  std::string_view left_;
  Label label_;
};

std::string spelled(std::string_view plugin, std::string_view version, std::uint32_t major,
                    std::uint32_t minor) {
  return compose("the plugin '{}' {} of ABI {}.{}", plugin, version, major, minor);
}

std::string spelled(Role role, std::string_view name, std::string_view summary) {
  return compose("the {} '{}' ({})", to_text(role), name, summary);
}

}  // namespace

Label read_label(std::string_view text) {
  return Reader(text).read();
}

std::optional<std::pair<std::string, std::string>> difference(const Label& label, const ms_plugin& table,
                                                              const std::vector<const ms_stage*>& stages) {
  std::vector<std::string> named{spelled(label.plugin, label.version, label.abi_major, label.abi_minor)};
  for (const LabelledStage& stage : label.stages)
    named.push_back(spelled(stage.role, stage.name, stage.summary));
  std::vector<std::string> held{
      spelled(text_of(table.name), text_of(table.version), table.abi_major, table.abi_minor)};
  for (const ms_stage* stage : stages)
    held.push_back(spelled(static_cast<Role>(stage->role), text_of(stage->name), text_of(stage->summary)));

  const auto [of_label, of_table] = std::mismatch(named.begin(), named.end(), held.begin(), held.end());
  if (of_label == named.end() && of_table == held.end()) return std::nullopt;
  const auto words = [](auto at, const auto& all) { return at == all.end() ? "nothing more" : *at; };
  return std::pair(words(of_label, named), words(of_table, held));
}

}  // namespace mealsync
