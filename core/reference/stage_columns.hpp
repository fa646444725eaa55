// reference/stage_columns.hpp -- the columns of a stage, as far as they are known without a pipeline.
//
// A stage names its columns only when it is planned. So it is planned, which touches nothing outside: with the
// defaults of its options, and with every column that any stage gives.
// Ownership  The answer owns its texts.
// Threads    One thread at a time.
#pragma once

#include <string>
#include <vector>

#include <catalog/catalog.hpp>

namespace mealsync {

struct StageColumns {
  struct Column {
    std::string name;
    std::string type;
    std::string doc;  // of a column that is given
  };
  std::vector<Column> needs;  // must come in
  std::vector<Column> uses;   // where they come in
  std::vector<Column> gives;  // where only what is needed comes in
  bool depends = false;       // on options without a default: there are others, or none of these
};

/// `stages` are those whose columns may come in.
[[nodiscard]] StageColumns columns_of(const ms_stage& stage, const std::vector<StageEntry>& stages);

}  // namespace mealsync
