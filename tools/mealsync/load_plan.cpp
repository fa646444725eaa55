#include "load_plan.hpp"

#include <journal/journal.hpp>
#include <utility>

#include "clock.hpp"

namespace mealsync::tool {

namespace po = boost::program_options;

void add_plugin_option(CommandLine& line) {
  line.options()("plugins", po::value<std::vector<std::string>>()->value_name("FOLDER"),
                 "look for plugins here, too; may be given more than once (also MEALSYNC_PLUGINS=A:B)");
}

std::optional<std::string> plugin_folder_fault(const CommandLine& line) {
  for (const std::string& folder : line.texts("plugins")) {
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error))
      return "--plugins names '" + folder + "', which is no folder";
  }
  return std::nullopt;
}

void add_pipeline_options(CommandLine& line) {
  line.options()(
      "set", po::value<std::vector<std::string>>()->value_name("NAME=VALUE"),
      "give a variable of the pipeline a value; may be given more than once (also MEALSYNC_VAR_NAME=VALUE); "
      "a relative path in it starts from the current folder");
  add_plugin_option(line);
}

void add_state_option(CommandLine& line) {
  line.options()("state", po::value<std::string>()->value_name("FOLDER"),
                 "where the log of runs is kept (default: $XDG_STATE_HOME/mealsync)");
}

void add_format_option(CommandLine& line, const char* what) {
  line.options()("format", po::value<std::string>()->default_value("text")->value_name("text|json"), what);
}

std::optional<bool> wants_json(const CommandLine& line) {
  const std::string format = line.text("format");
  if (format != "text" && format != "json") return std::nullopt;
  return format == "json";
}

void add_as_of_option(CommandLine& line, const char* what) {
  line.options()("as-of", po::value<std::string>()->value_name("DATE"), what);
}

std::optional<Date> as_of_day(const CommandLine& line) {
  return line.has("as-of") ? line.day("as-of") : today();
}

std::filesystem::path state_folder(const CommandLine& line) {
  return line.has("state") ? std::filesystem::path(line.text("state")) : Journal::default_folder();
}

std::optional<Variables> variables_from(const CommandLine& line) {
  Variables variables;
  variables.environment = environment_variables();
  for (const std::string& given : line.texts("set")) {
    const auto equals = given.find('=');
    if (equals == std::string::npos || equals == 0) return std::nullopt;
    variables.set[given.substr(0, equals)] = given.substr(equals + 1);
  }
  return variables;
}

std::optional<Plan> load_plan(const std::string& file, const Variables& variables, Catalog& catalog,
                              Findings& findings) {
  auto pipeline = read_pipeline(file, variables, findings);
  if (!pipeline) return std::nullopt;
  return make_plan(*std::move(pipeline), catalog, findings);
}

}  // namespace mealsync::tool
