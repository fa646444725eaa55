#include "command_line.hpp"

#include <algorithm>
#include <iostream>
#include <utility>

namespace mealsync::tool {

namespace po = boost::program_options;

int worst_of(const std::vector<int>& codes) {
  for (const int code : {exit_ours, exit_failed, exit_usage, exit_busy, exit_refused, exit_rejected})
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) return code;
  return exit_imported;
}

CommandLine::CommandLine(std::string usage, std::string about)
    : usage_(std::move(usage)), about_(std::move(about)) {
  shown_.add_options()("help,h", "this page");
}

std::optional<int> CommandLine::parse(const std::vector<std::string>& arguments) {
  po::options_description all;
  po::positional_options_description operands;
  all.add(shown_);
  all.add_options()("operand", po::value<std::vector<std::string>>());
  operands.add("operand", -1);
  try {
    po::store(po::command_line_parser(arguments)
                  .options(all)
                  .positional(operands)
                  .style(po::command_line_style::default_style & ~po::command_line_style::allow_guessing)
                  .run(),
              values_);
    if (has("help")) {
      std::cout << "Usage: mealsync " << usage_ << "\n\n" << about_ << "\n\n" << shown_;
      return exit_imported;
    }
    po::notify(values_);
  } catch (const po::error& error) {
    return refuse(error.what());
  }
  return std::nullopt;
}

int CommandLine::refuse(const std::string& words) const {
  std::cerr << "mealsync: " << words << "\nUsage: mealsync " << usage_ << "\nSee its --help.\n";
  return exit_usage;
}

std::vector<std::string> CommandLine::texts(const std::string& name) const {
  return has(name) ? values_[name].as<std::vector<std::string>>() : std::vector<std::string>{};
}

}  // namespace mealsync::tool
