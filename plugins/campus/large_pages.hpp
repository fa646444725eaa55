// campus/large_pages.hpp -- memory for tables that are looked up all over: in large pages where the system has them,
// so that a look-up does not first have to find the page.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <new>

namespace mealsync::campus {

template <class T>
struct LargePages {
  using value_type = T;

  LargePages() = default;
  template <class U>
  explicit LargePages(const LargePages<U>&) {}

  [[nodiscard]] T* allocate(std::size_t count) {
    constexpr std::size_t page = std::size_t{2} << 20;
    const std::size_t bytes = count * sizeof(T);
    const bool is_large = bytes >= page;
    const std::size_t alignment = is_large ? page : alignof(std::max_align_t);
    void* const memory = std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
    if (memory == nullptr) throw std::bad_alloc();
    if (is_large)
      static_cast<void>(::madvise(memory, bytes, MADV_HUGEPAGE));  // where it is not known: as before
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t) { std::free(memory); }

  bool operator==(const LargePages&) const = default;
};

}  // namespace mealsync::campus
