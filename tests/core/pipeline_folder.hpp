// pipeline_folder.hpp -- pipeline files in a temporary folder, and what is told of them.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#include <finding/render.hpp>
#include <pipeline/pipeline.hpp>

namespace mealsync {

inline std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i)
    all += text;
  return all;
}

/// Every test has a folder of its own, which goes away with it.
class PipelineFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "mealsync-pipeline-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path write(std::string_view name, std::string_view text) const {
    auto file = folder_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

  std::optional<Pipeline> read(std::string_view text, const Variables& variables = {}) {
    return read_pipeline(write("p.xml", text), variables, findings_);
  }

  /// A line for each finding, with paths as seen from the folder.
  [[nodiscard]] std::string told() const {
    const std::string prefix = folder_.string() + '/';
    std::string lines;
    for (const Finding& finding : findings_.all())
      lines += render(finding) + '\n';
    for (auto at = lines.find(prefix); at != std::string::npos; at = lines.find(prefix, at))
      lines.erase(at, prefix.size());
    return lines;
  }

  /// What is told of a pipeline that is written so.
  [[nodiscard]] std::string told_of(std::string_view text, const Variables& variables = {}) {
    read(text, variables);
    return told();
  }

  std::filesystem::path folder_;
  Findings findings_;
};

}  // namespace mealsync
