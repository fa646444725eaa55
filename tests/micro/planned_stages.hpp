// planned_stages.hpp -- the stages of a pipeline, planned and made as the engine does it, out of the plugins that
// were built.
//
// Errors     Throws std::runtime_error with what was found.
// Ownership  Stages refer to what they were planned from: destroy them first.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <engine/batch.hpp>
#include <engine/ledger.hpp>
#include <engine/live_stage.hpp>
#include <engine/plan.hpp>
#include <mealsync/context.hpp>

namespace mealsync::micro {

inline constexpr SchoolYear school_year{2017};
inline constexpr Date as_of = *Date::of(2016, 9, 6);

class PlannedStages {
 public:
  /// `stages` stand between <pipeline> and </pipeline>.
  explicit PlannedStages(const std::string& stages);

  [[nodiscard]] const PlannedStage& planned(std::string_view id) const;
  [[nodiscard]] std::unique_ptr<LiveStage> make(std::string_view id);

 private:
  Plan plan_;
  Ledger ledger_;
};

/// Calls a verb with a batch or a block; throws where it fails.
template <class Verb, class Given>
void call(LiveStage& stage, Verb verb, const Given& given) {
  if (stage.call(verb, &given) != MS_OK) throw std::runtime_error(stage.planned().spec.id + " has failed");
}

/// A whole file in one block.
[[nodiscard]] ms_block block_of(std::string_view bytes);

using Batches = std::vector<std::unique_ptr<const OwnedBatch>>;

/// What comes out where the file goes through the stages that are named, with all its columns. The first one is the
/// format.
[[nodiscard]] Batches batches_after(PlannedStages& stages, const std::vector<std::string_view>& ids,
                                    std::string_view bytes);

}  // namespace mealsync::micro
