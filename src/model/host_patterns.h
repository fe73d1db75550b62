#pragma once
// Many host patterns, of which those that overlap another, or cover it, are found without comparing it to each. Knows nothing of whose they
// are.

#include <string>
#include <string_view>
#include <vector>

namespace hop {

/// Agrees with hosts_overlap and host_covers (model/host.h) about each of them, also about `*x.example.com`. Add, seal, then ask.
class HostPatterns {
 public:
  void add(std::string_view pattern);
  /// Once, after the last was added.
  void seal();
  bool empty() const { return exact_.empty() && wild_.empty(); }

  /// Whether some name matches both `pattern` and one of these.
  bool overlap(std::string_view pattern) const;
  /// Whether one of these matches every name that `pattern` does.
  bool cover(std::string_view pattern) const;

 private:
  // Read from their ends, in lower case: what ends alike stands together. Of wildcards what follows the `*`, and none that another covers.
  std::vector<std::string> exact_, wild_;
};

}  // namespace hop
