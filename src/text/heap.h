#pragma once
// Prepares the process's memory for a run that allocates much and soon ends. Knows nothing of what is allocated.

namespace hop {

/// Lets the heap grow in large steps, on large pages where the system offers them: entering page by page costs a run over small files a
/// tenth of its time. For programs, once and before other threads; without effect where the C library is not glibc.
void prepare_heap();

}  // namespace hop
