// progress.hpp -- a bar on a terminal, drawn over itself and taken away at the end.
#pragma once

#include <engine/reader.hpp>
#include <string>

namespace mealsync::tool {

class ProgressBar {
 public:
  /// `is_shown`: standard error is a terminal and nobody asked for quiet.
  ProgressBar(std::string title, bool is_shown) : title_(std::move(title)), is_shown_(is_shown) {}
  ~ProgressBar() { clear(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(const Progress& progress);
  void clear();

 private:
  std::string title_;
  bool is_shown_;
  std::string drawn_;
};

}  // namespace mealsync::tool
