// A plugin with a static initialiser, which C++ runs as soon as the library is opened; a definition chooses what it does.
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <mealsync/sdk.hpp>

namespace {

const bool has_started = [] {
#if defined(THROWS)
  throw std::runtime_error("the initialiser is broken");
#elif defined(EXITS)
  std::exit(7);
#elif defined(HANGS)
  for (;;)
    pause();
#else
  std::ofstream("started") << "yes";  // in the folder in which the program runs
#endif
  return true;
}();

class Starts {
 public:
  static constexpr auto name = MEALSYNC_PLUGIN_NAME;
  static constexpr auto summary = "Takes every record.";

  void write(mealsync::Row, mealsync::Context&) {}
  void commit(mealsync::Context& run) { run.count("started", has_started ? 1 : 0); }
};

}  // namespace

MEALSYNC_PLUGIN(Starts);
