// pipelines/district.hpp -- the sample district in a folder of its own, to be imported and looked at.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <nlohmann/json.hpp>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "program.hpp"

namespace mealsync::testing {

using Json = nlohmann::json;

/// Runs SQL; answers the first column of every row, one a line.
inline std::string sql(const std::filesystem::path& database, const std::string& statements) {
  sqlite3* opened = nullptr;
  std::string rows;
  const auto take = [](void* to, int count, char** cells, char**) {
    auto& text = *static_cast<std::string*>(to);
    for (int i = 0; i < count; ++i)
      text += std::string(i > 0 ? "|" : "") + (cells[i] != nullptr ? cells[i] : "");
    text += '\n';
    return 0;
  };
  sqlite3_open(database.c_str(), &opened);
  const int code = sqlite3_exec(opened, statements.c_str(), take, &rows, nullptr);
  const std::string words = sqlite3_errmsg(opened);
  sqlite3_close(opened);
  if (code != SQLITE_OK) throw std::runtime_error(words);
  return rows;
}

class District : public ::testing::Test {
 protected:
  District() {
    std::filesystem::copy_file(MEALSYNC_PIPELINES "/sample/IC_Eligibility.txt", pos());
    EXPECT_EQ(run_program(folder_, {"campus", "init", "campus.db"}).exit, 0);
    sql(campus(), bytes_of(MEALSYNC_PIPELINES "/sample/campus.sql"));
  }

  [[nodiscard]] std::filesystem::path campus() const { return folder_ / "campus.db"; }
  [[nodiscard]] std::filesystem::path pos() const { return folder_ / "IC_Eligibility.txt"; }

  [[nodiscard]] Ran run(std::vector<std::string> more = {},
                        const std::string& pipeline = MEALSYNC_PIPELINES "/sample/pos_to_campus.xml") const {
    std::vector<std::string> arguments{
        "run",   pipeline,         "--as-of",          as_of_,  "--state",
        "state", "--set",          "campus=campus.db", "--set", "pos=IC_Eligibility.txt",
        "--set", "reports=reports"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(folder_, arguments);
  }

  /// What a run answered; whatever else happened, every record has one fate.
  [[nodiscard]] static Json answer_of(const Ran& ran) {
    Json json = Json::parse(ran.out);
    const auto count = [&](const char* name) { return json[name].get<std::uint64_t>(); };
    std::uint64_t skipped = 0;
    for (const auto& [reason, records] : json["skipped"].items())
      skipped += records.get<std::uint64_t>();
    EXPECT_EQ(count("read"), count("new") + count("updated") + count("existing") + skipped + count("errors"));
    json["exit"] = ran.exit;
    return json;
  }
  [[nodiscard]] Json answer(std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--format", "json"});
    return answer_of(run(more));
  }

  [[nodiscard]] Json report(const Json& answer) const {
    return Json::parse(bytes_of(answer["reports"][1].get<std::string>()));
  }

  /// All that an import may change.
  [[nodiscard]] std::string eligibility() const {
    return sql(campus(), "SELECT * FROM POSEligibility ORDER BY eligibilityID");
  }
  /// The database and what stands beside it, byte for byte.
  [[nodiscard]] std::string campus_bytes() const {
    std::string all = bytes_of(campus());
    for (const char* beside : {"campus.db-wal", "campus.db-shm", "campus.db-journal"})
      if (std::filesystem::exists(folder_ / beside)) all += beside;
    return all;
  }

  TemporaryFolder folder_;
  std::string as_of_ = "2016-09-06";
};

}  // namespace mealsync::testing
