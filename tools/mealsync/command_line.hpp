// command_line.hpp -- the options of one command: parsed, explained, refused.
#pragma once

#include <boost/program_options.hpp>
#include <optional>
#include <string>
#include <vector>

#include <mealsync/date.hpp>

namespace mealsync::tool {

/// Exit codes; several pipelines give the worst of theirs.
enum Exit {
  exit_imported = 0,
  exit_rejected = 1,  // imported; records rejected, with --strict; or a report or the log not written
  exit_usage = 2,     // or the pipeline file is wrong
  exit_failed = 3,
  exit_refused = 4,
  exit_ours = 70,
  exit_busy = 75  // the same pipeline is running already
};

/// The worst that any pipeline came to: the first of 70, 3, 2, 4, 1, or 0.
[[nodiscard]] int worst_of(const std::vector<int>& codes);

class CommandLine {
 public:
  /// `usage` is the line after "mealsync".
  CommandLine(std::string usage, std::string about);

  boost::program_options::options_description_easy_init options() { return shown_.add_options(); }

  /// Nothing where the command may go on; else its exit code, with help or the fault already printed.
  [[nodiscard]] std::optional<int> parse(const std::vector<std::string>& arguments);
  /// A fault that only the command can see.
  [[nodiscard]] int refuse(const std::string& words) const;

  [[nodiscard]] bool has(const std::string& name) const { return values_.count(name) > 0; }
  [[nodiscard]] std::string text(const std::string& name) const { return values_[name].as<std::string>(); }
  [[nodiscard]] std::vector<std::string> texts(const std::string& name) const;
  [[nodiscard]] int number(const std::string& name) const { return values_[name].as<int>(); }
  /// The day that an option names, like 2016-09-06; nothing where it is no date.
  [[nodiscard]] std::optional<Date> day(const std::string& name) const { return date_from_iso(text(name)); }
  /// What is no option.
  [[nodiscard]] std::vector<std::string> operands() const { return texts("operand"); }

 private:
  std::string usage_, about_;
  boost::program_options::options_description shown_{"Options"};
  boost::program_options::variables_map values_;
};

}  // namespace mealsync::tool
