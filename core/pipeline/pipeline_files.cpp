#include <pipeline/pipeline_files.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <system_error>
#include <utility>

#include <pipeline/rules.hpp>
#include <pipeline/shape.hpp>

namespace mealsync {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_levels = 8;

const Shape pipeline_shape{
    .required = {"name", "school_year"},
    .optional = {"district", "active"},
    .once = {"description", "schedule", "guard"},
    .many = {"notify", "include", "variable", "values", "source", "transform", "sink"},
};
const Shape fragment_shape{
    .once = {"schedule", "guard"},
    .many = {"notify", "include", "variable", "values", "source", "transform", "sink"},
};
const Shape include_shape{.required = {"href"}};
const Shape variable_shape{.required = {"name", "value"}};

/// One name for one file; a path that cannot be followed is told when it is read.
fs::path identity(const fs::path& file) {
  std::error_code error;
  const fs::path canonical = fs::weakly_canonical(file, error);
  return error ? file : canonical;
}

class FileReader {
 public:
  FileReader(Scope& scope, Findings& findings) : scope_(scope), findings_(findings) {}

  [[nodiscard]] std::optional<Element> read(const fs::path& file) {
    auto root = read_root(file, {file.string()}, "pipeline", pipeline_shape);
    if (root) take_over(*root, file);
    return root;
  }

 private:
  [[nodiscard]] std::optional<Element> read_root(const fs::path& file, const Position& asked_at,
                                                 std::string_view name, const Shape& shape) {
    auto root = read_document(file, asked_at, findings_);
    if (!root) return std::nullopt;
    if (root->name != name) {
      findings_.add<rules::wrong_root>(root->at, root->name, name);
      return std::nullopt;
    }
    check_shape(*root, shape, findings_);
    return root;
  }

  /// Declares what `root` declares, and reads what it includes.
  void take_over(Element& root, const fs::path& file) {
    std::set<std::string> names;
    for (Element& child : root.children)
      if (child.name == "variable") declare(child, names);

    open_.push_back(identity(file));
    known_.insert(open_.back());
    for (Element& child : root.children)
      if (child.name == "include") include(child, file);
    open_.pop_back();
  }

  void declare(Element& variable, std::set<std::string>& names) {
    check_shape(variable, variable_shape, findings_);
    const Attribute* const name = find_attribute(variable, "name");
    const Attribute* const value = find_attribute(variable, "value");
    if (name == nullptr) return;
    if (!is_variable_name(name->value))
      findings_.add<rules::bad_variable_name>(name->at, name->value);
    else if (is_reserved_variable(name->value))
      findings_.add<rules::reserved_variable>(name->at, name->value);
    else if (!names.insert(name->value).second)
      findings_.add<rules::duplicate_variable>(name->at, name->value);
    else
      scope_.declare(name->value, value == nullptr ? Attribute{"value", {}, name->at} : *value);
  }

  void include(Element& element, const fs::path& file) {
    check_shape(element, include_shape, findings_);
    element.children.clear();
    const Attribute* const href = find_attribute(element, "href");
    const auto path = href == nullptr ? std::nullopt : scope_.expand(*href);
    if (!path) return scope_.leave_open();

    const fs::path included = (file.parent_path() / path->text).lexically_normal();
    const fs::path canonical = identity(included);
    if (std::find(open_.begin(), open_.end(), canonical) != open_.end())
      return findings_.add<rules::include_cycle>(href->at, included.string());
    if (open_.size() > most_levels) {
      findings_.add<rules::include_too_deep>(href->at, included.string(), most_levels);
      return scope_.leave_open();
    }
    if (!known_.insert(canonical).second) return;

    auto root = read_root(included, href->at, "fragment", fragment_shape);
    if (!root) return scope_.leave_open();
    take_over(*root, included);
    element.children = std::move(root->children);
  }

  Scope& scope_;
  Findings& findings_;
  std::vector<fs::path> open_;  // from the pipeline file to the one being read
  std::set<fs::path> known_;
};

}  // namespace

std::optional<Element> read_files(const fs::path& file, Scope& scope, Findings& findings) {
  return FileReader(scope, findings).read(file);
}

}  // namespace mealsync
