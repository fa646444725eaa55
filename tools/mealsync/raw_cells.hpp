// raw_cells.hpp -- the cells of a text file as they stand there, for lines of which a format could make no record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace mealsync::tool {

/// Calls `body` with what stands between the usual separators, without blanks and quotes around it, line by line from 1
/// and cell by cell from 0.
/// A file that cannot be read has none; in one that is packed or fixed width they mean nothing.
void each_raw_cell(
    const std::string& file,
    const std::function<void(std::uint64_t line, std::size_t index, std::string_view cell)>& body);

}  // namespace mealsync::tool
