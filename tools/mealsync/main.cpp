// mealsync -- moves meal status from a school cafeteria's point of sale into the student information system.
#include <array>
#include <exception>
#include <iostream>
#include <string_view>

#include "allocations.hpp"
#include "command_line.hpp"
#include "commands.hpp"

namespace {

using namespace mealsync::tool;

struct Command {
  std::string_view name;
  std::string_view summary;
  int (*run)(const Arguments&);
};

constexpr std::array commands{
    Command{"run", "import what pipelines describe, or test it", run_command},
    Command{"check", "find every fault of a pipeline file", check_command},
    Command{"connect", "reach what pipelines read from, and read nothing", connect_command},
    Command{"preview", "show the first records after each stage", preview_command},
    Command{"guess", "look at an unknown file, and draft its pipeline", guess_command},
    Command{"describe", "explain stages, their options and findings", describe_command},
    Command{"log", "show or clear the log of past runs", log_command},
    Command{"hold", "stop an import until it is resumed, or until a day", hold_command},
    Command{"resume", "start an import again that is on hold", resume_command},
    Command{"schedule", "put pipelines on the scheduler of the machine", schedule_command},
    Command{"report", "count and compare what Campus and the POS have, by school", report_command},
    Command{"rejects", "list the records that a run rejected, or write them to a file", rejects_command},
    Command{"explain", "show one student's way through a run", explain_command},
    Command{"undo", "put back what a run changed", undo_command},
    Command{"rollover", "take pipelines into the next school year", rollover_command},
    Command{"campus", "make a Campus database, and fill it with a roster", campus_command},
};

void print_help(std::ostream& out) {
  out << "Usage: mealsync COMMAND …\n\n"
         "Moves students' meal status from a school cafeteria's point of sale into Campus.\n\nCommands\n";
  for (const Command& command : commands) {
    out << "  " << command.name << std::string(12 - command.name.size(), ' ') << command.summary << "\n";
  }
  out << "\nSee mealsync COMMAND --help.\n\n"
         "Exit codes: 0 imported (see the report for rejected records); 1 imported, but a report or the log "
         "could not be\n"
         "written, or, with --strict, records were rejected; 2 usage or pipeline file wrong; 3 failed, "
         "nothing committed;\n"
         "4 refused on purpose, nothing committed; 70 a fault of mealsync's own; 75 the same pipeline is "
         "running already.\n";
}

/// A command whose answer nobody got is no plain success.
int told(int code) {
  if (std::cout.flush()) return code;
  std::cerr << "mealsync: the answer could not be written to standard output\n";
  return code == exit_imported ? exit_rejected : code;
}

int dispatch(const Arguments& arguments) {
  if (arguments.empty()) {
    print_help(std::cerr);
    return exit_usage;
  }
  if (arguments[0] == "--help" || arguments[0] == "-h" || arguments[0] == "help") {
    print_help(std::cout);
    return exit_imported;
  }
  if (arguments[0] == "--version") {
    std::cout << "mealsync " << MEALSYNC_VERSION << "\n";
    return exit_imported;
  }
  for (const Command& command : commands)
    if (command.name == arguments[0]) return told(command.run({arguments.begin() + 1, arguments.end()}));
  std::cerr << "mealsync: there is no command '" << arguments[0] << "'\n\n";
  print_help(std::cerr);
  return exit_usage;
}

}  // namespace

int main(int argc, char** argv) {
  mealsync::tool::prepare_allocator();
  try {
    return dispatch({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << "mealsync: a fault of ours: " << error.what() << "\nPlease report this.\n";
  } catch (...) {
    std::cerr << "mealsync: a fault of ours.\nPlease report this.\n";
  }
  return exit_ours;
}
