#include "support/complaints.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>

#include "text/format.h"

namespace hop {
namespace {

constexpr std::size_t page = 40;

Complaints guarded(const std::function<Complaints(std::size_t)>& check, std::size_t number) {
  try {
    return check(number);
  } catch (const std::exception& error) {
    return {format("number {} threw: {}", number, error.what())};
  }
}

}  // namespace

Complaints located(const std::string& where, Complaints complaints) {
  for (std::string& one : complaints) one = format("{}: {}", where, one);
  return complaints;
}

std::string listed(const Complaints& complaints) {
  std::string text;
  for (std::size_t i = 0; i < std::min(page, complaints.size()); ++i) text += complaints[i] + "\n";
  if (complaints.size() > page) text += format("... and {} more\n", complaints.size() - page);
  return text;
}

Complaints gather(std::size_t count, const std::function<Complaints(std::size_t)>& check) {
  std::vector<Complaints> parts(count);
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t number = next++; number < count; number = next++) parts[number] = guarded(check, number);
  };
  std::vector<std::thread> threads;
  const std::size_t wanted = std::min<std::size_t>(count, std::thread::hardware_concurrency());
  for (std::size_t i = 1; i < wanted; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  Complaints all;
  for (Complaints& part : parts) append(all, std::move(part));
  return all;
}

}  // namespace hop
