// catalog/probe.hpp -- opens a library in a child process first, so that what breaks down is the child.
//
// For a library that runs code of its own as soon as it is opened. What the child prints is lost; it leaves no core.
// Errors   A fault is part of the answer.
// Threads  One thread at a time; the program may have others. What the child needs of the C library (the loader, the
//          allocator) has locks that are made anew when a process forks.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace mealsync {

/// How the child broke down while it opened `library`, or empty. A library that cannot be opened is no fault here: the
/// loader then has run nothing of it, and will say why to whoever opens it next. A child that needs longer than
/// `limit` is ended.
[[nodiscard]] std::string probe_library(const std::filesystem::path& library,
                                        std::chrono::milliseconds limit);

}  // namespace mealsync
