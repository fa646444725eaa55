// journal_folder.hpp -- a journal in a temporary folder, and its runs in few words.
#pragma once

#include <sqlite3.h>
#include <stdlib.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <finding/render.hpp>
#include <journal/journal.hpp>

namespace mealsync {

/// Every test has a folder of its own, which goes away with it.
class JournalFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "mealsync-journal-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  [[nodiscard]] std::filesystem::path folder() const { return root_ / "state" / "mealsync"; }
  [[nodiscard]] std::filesystem::path file() const { return folder() / "journal.db"; }

  [[nodiscard]] Journal open_journal() const {
    Findings findings;
    return Journal::open(folder(), findings).value();
  }

  /// What is told of a journal that cannot be opened.
  [[nodiscard]] std::string refusal() const {
    Findings findings;
    EXPECT_FALSE(Journal::open(folder(), findings));
    return told(findings);
  }

  /// Changes the file as another program would.
  void execute(const std::string& sql) const {
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open(file().c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database);
    sqlite3_close(database);
  }

  /// The one value that a query answers.
  [[nodiscard]] std::string value_of(const std::string& sql) const {
    sqlite3* database = nullptr;
    std::string value;
    const auto take = [](void* to, int, char** cells, char**) {
      *static_cast<std::string*>(to) = cells[0] != nullptr ? cells[0] : "";
      return 0;
    };
    EXPECT_EQ(sqlite3_open(file().c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), take, &value, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database);
    sqlite3_close(database);
    return value;
  }

  void write_file(std::string_view text) const {
    std::filesystem::create_directories(folder());
    std::ofstream(file(), std::ios::binary) << text;
  }

  [[nodiscard]] std::string file_bytes() const {
    std::ifstream stream(file(), std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  static std::string told(const Findings& findings) {
    std::string lines;
    for (const auto& finding : findings.all())
      lines += render(finding) + '\n';
    return lines;
  }

  std::filesystem::path root_;
};

inline RunRecord nightly(std::string pipeline = "jefferson-pos") {
  RunRecord record;
  record.pipeline = std::move(pipeline);
  record.district = "Jefferson County";
  record.school_year = "2016-17";
  record.as_of = "2016-09-06";
  record.started_at = "2016-09-06T01:00:00Z";
  return record;
}

/// Begins a run and gives its name.
inline std::string begin(Journal& journal, RunRecord record = nightly()) {
  Findings findings;
  EXPECT_TRUE(journal.begin(record, findings));
  return record.run;
}

inline FindingLog log_of(const std::vector<Finding>& findings) {
  FindingLog log;
  for (const Finding& finding : findings)
    log.add(0, finding);
  return log;
}

inline RunRecord finished(Journal& journal, const std::vector<Finding>& run_findings = {},
                          RunRecord record = nightly()) {
  Findings findings;
  EXPECT_TRUE(journal.begin(record, findings));
  record.finished_at = "2016-09-06T01:00:09Z";
  record.status = "successful";
  EXPECT_TRUE(journal.finish(record, log_of(run_findings), findings));
  return record;
}

inline RunRecord shown(const Journal& journal, std::string_view run) {
  Findings findings;
  return journal.show(run, findings).value();
}

inline std::vector<std::string> names(const Journal& journal, std::string_view pipeline) {
  Findings findings;
  const auto records = journal.list(pipeline, findings).value();
  std::vector<std::string> runs;
  for (const auto& record : records)
    runs.push_back(record.run);
  return runs;
}

inline std::optional<std::uint64_t> clear(Journal& journal, std::string_view pipeline) {
  Findings findings;
  return journal.clear(pipeline, findings);
}

}  // namespace mealsync
