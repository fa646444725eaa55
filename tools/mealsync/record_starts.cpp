#include "record_starts.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <limits>
#include <utility>

#include <engine/unpacking.hpp>
#include <mealsync/row.hpp>

#include "clock.hpp"

namespace mealsync::tool {
namespace {

/// The source and its format alone, on another file.
Plan reading_plan(Pipeline pipeline, const std::string& file, Catalog& catalog, Findings& findings) {
  for (StageSpec& stage : pipeline.stages)
    if (stage.role == Role::source) {
      stage.plugin = "local_file";
      stage.settings = {{"path", std::filesystem::absolute(file).string(), stage.at, {}}};
    }
  Plan plan = without_sinks(make_plan(std::move(pipeline), catalog, findings));
  std::erase_if(plan.stages,
                [](const PlannedStage& planned) { return planned.spec.role == Role::transform; });
  return plan;
}

bool is_packed(const std::string& file) {
  std::array<char, 512> first{};
  std::ifstream in(file, std::ios::binary);
  in.read(first.data(), first.size());
  return packing_of({first.data(), static_cast<std::size_t>(in.gcount())}).value_or(Packing::none) !=
         Packing::none;
}

}  // namespace

std::optional<RecordStarts> record_starts(Pipeline pipeline, const std::string& file, Catalog& catalog,
                                          Findings& findings) {
  const Date day = pipeline.school_year.first();
  const Plan plan = reading_plan(std::move(pipeline), file, catalog, findings);
  if (findings.failed()) return std::nullopt;

  RecordStarts starts;
  RunFacts facts{"rejects", day, true, utc_now(), utc_now, {}, {}, {}};
  facts.look = {std::numeric_limits<std::uint64_t>::max(), [&](std::size_t, const ms_batch& batch) {
                  mealsync::detail::each_row(batch, [&](Row row) { starts.lines.push_back(row.line()); });
                }};
  const Outcome outcome = run_pipeline(plan, facts);
  for (const Finding& ending : outcome.findings.run_ending())
    findings.add(ending);
  if (findings.failed()) return std::nullopt;
  outcome.findings.each([&](const Finding& finding) {
    if (const auto line = Place{finding.place}.line(); line != 0) starts.lines.push_back(line);
  });
  std::sort(starts.lines.begin(), starts.lines.end());
  starts.lines.erase(std::unique(starts.lines.begin(), starts.lines.end()), starts.lines.end());
  starts.is_packed = is_packed(file);
  if (!outcome.inputs.empty()) starts.sha256 = outcome.inputs.front().sha256;
  return starts;
}

}  // namespace mealsync::tool
