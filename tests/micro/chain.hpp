// chain.hpp -- the same stage some times over, which takes batches and counts the rows that come out: as plugins by the
// engine, or compiled into this program.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include <mealsync/abi.h>
#include <engine/plan.hpp>

namespace mealsync::micro {

class Chain {
 public:
  Chain() = default;
  virtual ~Chain() = default;
  Chain(const Chain&) = delete;
  Chain& operator=(const Chain&) = delete;

  virtual void take(const ms_batch& batch) = 0;
  [[nodiscard]] std::size_t rows() const { return rows_; }

 protected:
  std::size_t rows_ = 0;
};

using Links = std::vector<const PlannedStage*>;
using MakeChain = std::unique_ptr<Chain> (*)(const Links&);

// The class of the plugin, out of the same source, compiled into this program.
[[nodiscard]] std::unique_ptr<Chain> compiled_glance(const Links& links);
[[nodiscard]] std::unique_ptr<Chain> compiled_map_values(const Links& links);
[[nodiscard]] std::unique_ptr<Chain> compiled_year_mapping(const Links& links);

/// What glance does as a program without stages would do it: on structs, in place. Nothing is passed on and nothing is
/// batched, so that here the boundary is charged with the SDK's rows and sheets, too.
[[nodiscard]] std::unique_ptr<Chain> glance_on_structs(const Links& links);

}  // namespace mealsync::micro
