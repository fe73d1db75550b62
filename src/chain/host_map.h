#pragma once
// Things filed under host patterns, found by a host or pattern that overlaps theirs, in time linear in its labels and in what is found.
// Istio's rule: `*.x` stands for everything below x, `*` for everything.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hop {

class HostMap {
 public:
  /// Any case; a trailing dot is ignored.
  void add(std::string_view pattern, std::uint32_t value);
  bool empty() const { return all_.empty(); }
  /// Ascending, each once.
  std::vector<std::uint32_t> overlapping(std::string_view pattern) const;

 private:
  using Table = std::unordered_map<std::string, std::vector<std::uint32_t>>;  // looked up only, never iterated
  Table exact_;                                                               ///< by the host
  Table wild_;                                                                ///< by what follows the `*.`
  Table below_;                                                               ///< by every domain that an exact host or a wildcard lies in
  std::vector<std::uint32_t> any_;                                            ///< under `*`
  std::vector<std::uint32_t> all_;                                            ///< every value
};

}  // namespace hop
