#include "text/heap.h"

#include <cstdint>

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#endif

namespace hop {

void prepare_heap() {
#ifdef __GLIBC__
  constexpr int step = 256 << 20;  // address space; only what is used becomes memory
  constexpr int mapped = 4 << 20;
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
