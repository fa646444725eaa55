// whole_file.hpp -- a file that others read at any time: they see the old one or the new one, whole.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace mealsync::tool {

/// All of it, also where the system takes it in parts; where not, errno says why.
[[nodiscard]] bool write_all(int descriptor, std::string_view text);

/// Why it could not be written, or empty; then nothing of it is left.
[[nodiscard]] std::string write_whole_file(const std::filesystem::path& file, std::string_view text,
                                           mode_t mode);

}  // namespace mealsync::tool
