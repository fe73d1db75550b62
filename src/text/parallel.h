#pragma once
// Work shared out to threads. Results are placed by index, so their order never depends on the number of threads.

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace hop {

/// 0 stands for as many as there are processors.
inline unsigned job_count(unsigned wanted) { return wanted != 0 ? wanted : std::max(1U, std::thread::hardware_concurrency()); }

/// Calls a worker with each index below `count` once, from up to `jobs` threads; from this one alone where that is enough. Each thread
/// has a worker of its own, made by `make_worker()`, which may keep what it needs from one index to the next. What one throws is thrown
/// here when all have stopped; the others begin nothing new then.
template <class MakeWorker>
void share_out(std::size_t count, unsigned jobs, const MakeWorker& make_worker) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr thrown;
  const auto serve = [&] {
    try {
      auto worker = make_worker();
      for (std::size_t index = next++; index < count; index = next++) worker(index);
    } catch (...) {
      next = count;
      const std::lock_guard lock(mutex);
      if (!thrown) thrown = std::current_exception();
    }
  };
  const std::size_t helpers = std::min<std::size_t>(job_count(jobs), count);
  {
    std::vector<std::jthread> threads;
    try {
      for (std::size_t i = 1; i < helpers; ++i) threads.emplace_back(serve);
    } catch (const std::exception&) {  // no more threads, or memory for them, to be had: those there are do all of it
    }
    serve();
  }
  if (thrown) std::rethrow_exception(thrown);
}

/// The same with one `work(index)` for all threads.
template <class Work>
void for_each_index(std::size_t count, unsigned jobs, const Work& work) {
  share_out(count, jobs, [&work] { return [&work](std::size_t index) { work(index); }; });
}

/// Calls each of them, from up to `jobs` threads.
template <class... Work>
void do_all(unsigned jobs, const Work&... work) {
  const std::array<std::function<void()>, sizeof...(Work)> all{std::cref(work)...};
  for_each_index(all.size(), jobs, [&](std::size_t i) { all[i](); });
}

}  // namespace hop
