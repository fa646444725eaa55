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

  /// The stages among the children of `root`, in the order of the data; a stage without plugin and a
  /// second source are left out.
  [[nodiscard]] std::vector<StageSpec> read_stages(Element& root);
  [[nodiscard]] Setting read_group(const Element& element);

 private:
  [[nodiscard]] std::optional<StageSpec> read_stage(Role role, Element& element);
  [[nodiscard]] std::optional<StageSpec> read_format(Element& source);
  [[nodiscard]] Setting read_setting(const Attribute& attribute);
  [[nodiscard]] std::string read_name(const Element& element, std::string_view attribute);
  void check_order(const std::vector<StageSpec>& stages);
  void check_ids(const std::vector<StageSpec>& stages);

  std::filesystem::path folder_;
  std::filesystem::path current_folder_;
  Scope& scope_;
  Findings& findings_;
};

}  // namespace mealsync
