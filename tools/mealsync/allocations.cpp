#include "allocations.hpp"

#include <malloc.h>

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

thread_local std::uint64_t allocated = 0;

void* allocate(std::size_t size) {
  allocated += size;
  if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}

}  // namespace

// The other forms of new and delete come to these.
void* operator new(std::size_t size) {
  return allocate(size);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace mealsync::tool {

void prepare_allocator() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 2 << 20);  // glibc would raise it to the largest block that was ever freed
  mallopt(M_TRIM_THRESHOLD, 16 << 20);
#endif
}

std::uint64_t allocated_bytes() {
  return allocated;
}

}  // namespace mealsync::tool
