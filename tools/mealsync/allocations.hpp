// mealsync/allocations.hpp -- the program's allocator, and how many bytes a thread has asked it for, freed or not.
//
// Counted for the whole program, its plugins included, by operator new; what a C library allocates by malloc is not.
#pragma once

#include <cstdint>

namespace mealsync::tool {

/// Before anything else. What is held for long is given back to the system as soon as it is let go, and what comes and
/// goes with every batch is not asked of it anew.
void prepare_allocator();

/// By the calling thread, since it began.
[[nodiscard]] std::uint64_t allocated_bytes();

}  // namespace mealsync::tool
