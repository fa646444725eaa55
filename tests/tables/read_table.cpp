// Reads delimited files through the engine's own run path, and prints their cells for a comparison.
//
// Usage: read_table PLUGINS       PLUGINS: the folder of the plugins that were built
//
// Each line of standard input is a JSON object: file, separator (a sign, or tab), columns. The answer to each is a line:
// {"status", "rows": [[…]], "findings": N}; a cell without a value is "".

#include <engine/run.hpp>
#include <filesystem>
#include <iostream>
#include <mealsync/row.hpp>
#include <nlohmann/json.hpp>
#include <pipeline/pipeline.hpp>

namespace {

using namespace mealsync;
using Json = nlohmann::json;

Setting setting(std::string name, std::string value) {
  Setting made;
  made.name = std::move(name);
  made.value = std::move(value);
  return made;
}

StageSpec stage(Role role, const std::string& plugin, std::vector<Setting> settings) {
  StageSpec made;
  made.role = role;
  made.id = made.plugin = plugin;
  made.settings = std::move(settings);
  return made;
}

Pipeline pipeline_of(const Json& order) {
  std::vector<Setting> format{setting("separator", order["separator"]), setting("max_record", "1048576")};
  for (int i = 0; i < order["columns"].get<int>(); ++i) {
    Setting column;
    column.name = "column";
    column.is_group = true;
    column.children = {setting("as", "c" + std::to_string(i))};
    format.push_back(column);
  }
  Pipeline pipeline;
  pipeline.name = "table";
  pipeline.stages = {stage(Role::source, "local_file", {setting("path", order["file"])}),
                     stage(Role::format, "delimited", std::move(format)), stage(Role::sink, "null", {})};
  return pipeline;
}

Json read(const Json& order, Catalog& catalog) {
  Findings faults;
  const Plan plan = without_sinks(make_plan(pipeline_of(order), catalog, faults));
  if (faults.failed()) return {{"status", faults.all().front().message}};
  Json rows = Json::array();
  const auto columns = static_cast<std::uint32_t>(order["columns"].get<int>());
  const auto now = [] { return std::string(); };
  RunFacts facts{"", Date{}, true, "", now, {}, {}, {}};
  facts.look = {~std::uint64_t{0}, [&](std::size_t, const ms_batch& batch) {
                  mealsync::detail::each_row(batch, [&](Row row) {
                    Json cells = Json::array();
                    for (std::uint32_t i = 0; i < columns; ++i)
                      cells.push_back(std::string(row[Column<Text>{i, MS_NO_COLUMN}]));
                    rows.push_back(std::move(cells));
                  });
                }};
  const Outcome outcome = run_pipeline(plan, facts);
  std::uint64_t findings = 0;
  outcome.findings.each([&](const Finding& finding) { findings += finding.count; });
  return {{"status", outcome.status}, {"rows", std::move(rows)}, {"findings", findings}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  Catalog catalog(std::vector<std::filesystem::path>{argv[1]});
  for (std::string line; std::getline(std::cin, line);)
    std::cout << read(Json::parse(line), catalog).dump() << std::endl;
  return 0;
}
