// plugins/report_trial.hpp -- a report writer, tried: what it is told in, the file that it wrote out.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <mealsync/trial.hpp>

#include "built_stage.hpp"

namespace mealsync::testing {

/// A folder that goes away with its test.
class ReportFolder {
 public:
  ReportFolder() : path_(::testing::TempDir() + "report-XXXXXX") { mkdtemp(path_.data()); }
  ~ReportFolder() { std::filesystem::remove_all(path_); }
  ReportFolder(const ReportFolder&) = delete;
  ReportFolder& operator=(const ReportFolder&) = delete;

  [[nodiscard]] std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }

 private:
  std::string path_;
};

inline std::string text_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_file(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

/// The report that `writer` writes with these settings beside its path. It finds nothing wrong.
inline std::string report_of(const ms_stage& writer, std::string_view table, const Facts& facts = {},
                             const std::vector<ToldFinding>& found = {}, std::vector<Setting> settings = {}) {
  const ReportFolder folder;
  settings.push_back({"path", folder / "report"});
  const Trial trial = load(writer, settings, table, facts, found);
  EXPECT_THAT(trial.findings, ::testing::IsEmpty());
  return text_of_file(folder / "report");
}

}  // namespace mealsync::testing
