#include "text/heap.h"

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#endif

namespace hop {

void prepare_heap() {
#ifdef __GLIBC__
  // Address space; only what is used becomes memory. Where the heap outgrows the first step its pages are small ones again.
  const auto pages = static_cast<std::int64_t>(std::max(::sysconf(_SC_PHYS_PAGES), 0L));
  const int step = static_cast<int>(std::clamp<std::int64_t>(pages * ::sysconf(_SC_PAGESIZE) / 8, 64 << 20, 1 << 30));
  constexpr int mapped = 32 << 20;  // the most that glibc takes
  constexpr std::uintptr_t large_page = 2 << 20;
  mallopt(M_TOP_PAD, step);
  mallopt(M_MMAP_THRESHOLD, mapped);  // smaller vectors grow on the heap instead of being mapped and unmapped
  // More than the heap can have left: it grows by a step. Volatile, or the compiler leaves the pair out.
  void* volatile block = std::malloc(mapped / 2);
  std::free(block);
  const auto end = reinterpret_cast<std::uintptr_t>(::sbrk(0));
  const std::uintptr_t begin = (end - step + large_page - 1) / large_page * large_page;
  ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#endif
}

}  // namespace hop
