// mealsync/allocations.hpp -- how many bytes a thread has asked the allocator for, freed or not.
//
// Counted for the whole program, its plugins included, by operator new; what a C library allocates by malloc is not.
#pragma once

#include <cstdint>

namespace mealsync::tool {

/// By the calling thread, since it began.
[[nodiscard]] std::uint64_t allocated_bytes();

}  // namespace mealsync::tool
