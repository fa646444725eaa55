#include <mealsync/sdk.hpp>

namespace {

class NullSink {
 public:
  static constexpr auto name = "null";
  static constexpr auto summary = "Takes every record and keeps none.";

  void write(mealsync::Row, mealsync::Context& run) { run.count("discarded"); }
  void commit(mealsync::Context&) {}
};

}  // namespace

MEALSYNC_PLUGIN(NullSink);
