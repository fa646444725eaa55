// commands.hpp -- what mealsync can do. A command takes the arguments after its name and gives an exit code.
#pragma once

#include <string>
#include <vector>

namespace mealsync::tool {

using Arguments = std::vector<std::string>;

int run_command(const Arguments& arguments);
int check_command(const Arguments& arguments);
int connect_command(const Arguments& arguments);
int preview_command(const Arguments& arguments);
int guess_command(const Arguments& arguments);
int describe_command(const Arguments& arguments);
int log_command(const Arguments& arguments);
int hold_command(const Arguments& arguments);
int resume_command(const Arguments& arguments);
int schedule_command(const Arguments& arguments);
int report_command(const Arguments& arguments);
int explain_command(const Arguments& arguments);
int rejects_command(const Arguments& arguments);
int undo_command(const Arguments& arguments);
int rollover_command(const Arguments& arguments);
int campus_command(const Arguments& arguments);
/// Of campus: the arguments after load.
int campus_load_command(const Arguments& arguments);

}  // namespace mealsync::tool
