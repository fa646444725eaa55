// golden/golden_case.hpp -- one folder of tests/golden: what goes in, and what has to come of it.
//
// README.md says what the files of a case are. With MEALSYNC_UPDATE_GOLDEN in the environment a file that says something
// else is written anew, and the test fails all the same: nobody gets a new expectation without reading it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mealsync/date.hpp>

#include "../pipelines/program.hpp"

namespace mealsync::testing {

namespace fs = std::filesystem;

inline const fs::path golden_folder = MEALSYNC_GOLDEN_FOLDER;

/// The names of all cases, in order.
inline std::vector<std::string> golden_cases() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(golden_folder))
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

/// The current folder, until it goes.
class WorkingFolder {
 public:
  explicit WorkingFolder(const fs::path& folder) : came_from_(fs::current_path()) {
    fs::current_path(folder);
  }
  ~WorkingFolder() { fs::current_path(came_from_); }
  WorkingFolder(const WorkingFolder&) = delete;
  WorkingFolder& operator=(const WorkingFolder&) = delete;

 private:
  fs::path came_from_;
};

class GoldenCase {
 public:
  explicit GoldenCase(const std::string& name) : folder_(golden_folder / name) {
    std::ifstream in(folder_ / "with.txt");
    for (std::string line; std::getline(in, line);) {
      const std::string variable = line.substr(0, line.find('=')), value = line.substr(line.find('=') + 1);
      if (variable == "as_of")
        as_of_ = date_from_iso(value).value();
      else if (variable == "written")
        written_ = date_from_iso(value).value();
      else
        variables_[variable] = value;
    }
  }

  /// A file of the case, or the one that all cases share, or nothing.
  [[nodiscard]] std::string text(const std::string& file) const {
    return bytes_of(fs::exists(folder_ / file) ? folder_ / file : golden_folder / file);
  }
  [[nodiscard]] bool has(const std::string& file) const { return fs::exists(folder_ / file); }

  /// The variables of with.txt: name=value, a line each.
  [[nodiscard]] const std::map<std::string, std::string>& variables() const { return variables_; }
  /// What the guards compare with, of baseline.txt: name and value, a line each.
  [[nodiscard]] std::map<std::string, std::uint64_t, std::less<>> baseline() const {
    std::map<std::string, std::uint64_t, std::less<>> baseline;
    std::ifstream in(folder_ / "baseline.txt");
    std::string name;
    for (std::uint64_t value = 0; in >> name >> value;)
      baseline[name] = value;
    return baseline;
  }
  /// The day of the run, and the day on which its files were written: none, where that is now.
  [[nodiscard]] Date as_of() const { return as_of_; }
  [[nodiscard]] std::optional<Date> written() const { return written_; }

  /// What the run finds in its folder: all files that are no expectation, and what they share with other cases.
  void copy_to(const fs::path& folder) const {
    for (const char* shared : {"pipeline.xml", "import.xml", "direct.xml", "codes.xml"})
      fs::copy(golden_folder / shared, folder);
    constexpr auto over =
        fs::copy_options::recursive | fs::copy_options::copy_symlinks | fs::copy_options::overwrite_existing;
    for (const auto& entry : fs::directory_iterator(folder_))
      if (!is_of_the_test(entry.path().filename().string()))
        fs::copy(entry.path(), folder / entry.path().filename(), over);
  }

  /// Compares with the case's file, which is not there where it would say `usual`.
  void expect(const std::string& file, const std::string& text, const std::string& usual = {}) const {
    const std::string expected = has(file) ? bytes_of(folder_ / file) : usual;
    if (text == expected) return;
    if (std::getenv("MEALSYNC_UPDATE_GOLDEN") == nullptr) {
      EXPECT_EQ(text, expected) << "against " << file << " of " << folder_.filename();
      return;
    }
    if (text == usual)
      fs::remove(folder_ / file);
    else
      write_file(folder_ / file, text);
    ADD_FAILURE() << file << " of " << folder_.filename() << ": rewritten, read the diff";
  }

 private:
  static bool is_of_the_test(const std::string& file) {
    constexpr std::array<std::string_view, 7> names{
        "campus.txt", "with.txt", "baseline.txt", "records.txt", "findings.txt", "counts.txt", "again.txt"};
    return std::find(names.begin(), names.end(), file) != names.end();
  }

  fs::path folder_;
  std::map<std::string, std::string> variables_;
  Date as_of_ = *Date::of(2016, 9, 6);
  std::optional<Date> written_;
};

}  // namespace mealsync::testing
