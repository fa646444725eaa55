#include <iostream>

#include <campus/store/store.hpp>

#include "command_line.hpp"
#include "commands.hpp"

namespace mealsync::tool {
namespace {

int make_database(const std::string& path) {
  try {
    const auto made = campus::init(path);
    std::cout << path
              << (made == campus::Made::now ? ": made\n" : ": is a Campus database already; left as it is\n");
    return exit_imported;
  } catch (const campus::StoreError& error) {
    std::cerr << "failed: '" << path << "' cannot be made a Campus database: " << error.what()
              << "\n    Name a file that does not exist yet, in a folder that can be written.\n";
    return exit_failed;
  }
}

}  // namespace

int campus_command(const Arguments& arguments) {
  if (!arguments.empty() && arguments[0] == "load")
    return campus_load_command({arguments.begin() + 1, arguments.end()});
  CommandLine line(
      "campus init DB\n       mealsync campus load DB --oneroster FOLDER",
      "init makes an empty Campus database: the tables, views and indexes that imports work on.\n"
      "A Campus database that is there already is left as it is.\n"
      "load fills it with schools, students and enrolments: see campus load --help.");
  if (const auto exit = line.parse(arguments)) return *exit;
  const auto operands = line.operands();
  if (operands.size() != 2 || operands[0] != "init")
    return line.refuse("say campus init or campus load, and name the database");
  return make_database(operands[1]);
}

}  // namespace mealsync::tool
