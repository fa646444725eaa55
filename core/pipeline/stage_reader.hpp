// pipeline/stage_reader.hpp -- the stages of a pipeline and their settings.
//
// Errors  MS13xx. Whether a setting is one that the stage declares is not asked here.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include <finding/finding.hpp>
#include <pipeline/document.hpp>
#include <pipeline/pipeline.hpp>
#include <pipeline/variables.hpp>

namespace mealsync {

class StageReader {
 public:
  /// `folder`: what relative paths start from, unless they come from outside.
  StageReader(std::filesystem::path folder, Scope& scope, Findings& findings);

  /// The stages of the pipeline file `root` and of what it includes, in the order of the data; a stage without
  /// plugin is left out. A stage of a file takes the place of those of its role and id that the file includes: of
  /// them the settings are not read.
  [[nodiscard]] std::vector<StageSpec> read_stages(Element& root);
  [[nodiscard]] Setting read_group(const Element& element);

 private:
  /// A stage before its settings are read.
  struct Use {
    StageSpec stage;
    Element* element = nullptr;
    bool is_own = true;  // of the file that is looked at, and not of one that it includes

    [[nodiscard]] bool is_same(const Use& other) const {
      return !stage.id.empty() && stage.id == other.stage.id && stage.role == other.stage.role;
    }
  };

  [[nodiscard]] std::vector<Use> uses_in(Element& file);
  [[nodiscard]] static std::vector<Use> with_own_in_place(const std::vector<Use>& uses);
  [[nodiscard]] StageSpec read_head(Role role, Element& element);
  void read_settings(const Element& element, StageSpec& stage);
  [[nodiscard]] std::optional<StageSpec> read_format(Element& source);
  [[nodiscard]] Setting read_setting(const Attribute& attribute);
  [[nodiscard]] std::string read_name(const Element& element, std::string_view attribute);
  void check_order(const std::vector<Use>& uses);
  void check_ids(const std::vector<StageSpec>& stages);

  std::filesystem::path folder_;
  std::filesystem::path current_folder_;
  Scope& scope_;
  Findings& findings_;
};

}  // namespace mealsync
