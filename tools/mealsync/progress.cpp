#include "progress.hpp"

#include <algorithm>
#include <iostream>

namespace mealsync::tool {

void ProgressBar::show(const Progress& progress) {
  if (!is_shown_) return;
  std::string line = title_ + "  ";
  if (progress.total_bytes > 0) {
    constexpr std::uint64_t width = 30;
    const auto done = std::min(progress.bytes, progress.total_bytes);
    const auto filled = static_cast<std::size_t>(done * width / progress.total_bytes);
    line += "[" + std::string(filled, '#') + std::string(width - filled, '.') + "] " +
            std::to_string(done * 100 / progress.total_bytes) + " %  ";
  }
  line += std::to_string(progress.records) + " records";
  if (line == drawn_) return;
  std::cerr << "\r" << line << std::flush;
  drawn_ = std::move(line);
}

void ProgressBar::clear() {
  if (drawn_.empty()) return;
  std::cerr << "\r" << std::string(drawn_.size(), ' ') << "\r" << std::flush;
  drawn_.clear();
}

}  // namespace mealsync::tool
