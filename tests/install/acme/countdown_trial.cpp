// The stranger's test of the plugin, with the installed test kit and nothing else. Exits with 0 where it passes.
#include <iostream>

#include <mealsync/trial.hpp>

extern "C" const ms_plugin mealsync_plugin_v1;

int main() {
  const auto trial = mealsync::testing::read(*mealsync_plugin_v1.stage(0), {{"from", "3"}});
  if (trial.rows == "3\n2\n1\n") return 0;
  std::cerr << "three, two, one, and not:\n" << trial.rows;
  return 1;
}
