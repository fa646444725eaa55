// catalog/elf_file.hpp -- what a shared library's file says of itself, read without opening the library.
//
// The only place that knows libelf. Nothing of the library runs, and no damage to its file brings us down.
// Errors   A fault is part of the answer: what it means to the user is the caller's to say.
// Threads  One thread at a time.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mealsync {

struct ElfFile {
  std::string_view fault;              // why it is no library for this program; empty where it is one
  std::vector<std::string> exported;   // names of its symbols that others see
  std::optional<std::string> section;  // the bytes of the section that was asked for
  std::vector<std::string> needed;     // the libraries it is linked with
  bool runs_when_loaded =
      false;  // code of its own, and not only the compiler's, runs as soon as it is opened
};

/// `section`: the name of the one to read, and `most` how many bytes of it at most.
[[nodiscard]] ElfFile read_elf_file(const std::filesystem::path& file, std::string_view section,
                                    std::size_t most);

}  // namespace mealsync
