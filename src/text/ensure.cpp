#include "text/ensure.h"

#include <cstdio>
#include <cstdlib>

namespace hop {

void ensure_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "hoplint: internal error: `%s` does not hold at %s:%d\n", condition, file, line);
  // Not exit(): destructors and atexit handlers would run on a state that is known to be broken, and a fuzzer would not notice.
  std::abort();
}

}  // namespace hop
