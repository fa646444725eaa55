// campus/large_memory.hpp -- memory for tables of many megabytes that are looked at all over: in large pages, where the
// system gives them to who asks. Filling and looking then wait less for the memory's own tables.
//
// Errors   std::bad_alloc, as any allocator.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>

namespace mealsync::campus {

template <class T>
struct LargeMemory {
  using value_type = T;

  LargeMemory() = default;
  template <class Other>
  LargeMemory(const LargeMemory<Other>&) {}  // NOLINT(google-explicit-constructor): as allocators are

  [[nodiscard]] T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (bytes < page) return static_cast<T*>(::operator new(bytes));
    void* const memory = ::operator new (rounded(bytes), std::align_val_t{page});
    static_cast<void>(::madvise(memory, rounded(bytes), MADV_HUGEPAGE));
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t count) {
    if (count * sizeof(T) < page)
      ::operator delete(memory);
    else
      ::operator delete (memory, std::align_val_t{page});
  }

  bool operator==(const LargeMemory&) const = default;

 private:
  static constexpr std::size_t page = std::size_t{2} << 20;
  [[nodiscard]] static constexpr std::size_t rounded(std::size_t bytes) {
    return (bytes + page - 1) / page * page;
  }
};

}  // namespace mealsync::campus
