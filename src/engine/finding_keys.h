#pragma once
// What two runs over different texts say, compared. Knows nothing of why the texts differ.

#include <cstddef>
#include <map>
#include <string>

#include "engine/lint.h"

namespace hop {

/// Rule, severity, message, object and stable field of a finding, the path where there is no object; not where it stands.
std::string finding_key(const Diagnostic& finding, const Sources& sources);

/// The findings of a run that are not suppressed, as a multiset.
class FindingKeys {
 public:
  /// `run` must outlive this.
  explicit FindingKeys(const LintRun& run);
  /// Forgets one finding that says this, if there is one.
  void remove(const std::string& key);
  /// A finding that is here more often than in `other`; nullptr if there is none.
  const Diagnostic* first_beyond(const FindingKeys& other) const;

 private:
  struct Entry {
    std::size_t count = 0;
    const Diagnostic* first = nullptr;
  };
  std::map<std::string, Entry> keys_;
};

}  // namespace hop
