#pragma once
// From a place in a file to the document and the object it lies in. By structure alone: it works where no graph could be built.

#include <string>
#include <vector>

#include "engine/lint.h"

namespace hop {

class Manifests {
 public:
  /// `run` must outlive this.
  explicit Manifests(const LintRun& run);

  const LintRun& run() const { return *run_; }
  /// nullptr for files that hold no manifests, such as the configuration.
  const ReadFile* file(FileId id) const;
  /// The document whose lines hold the first byte of `place`; nullptr if there is none.
  const ReadDocument* document(Span place) const;
  /// "Gateway istio-system/edge" for the object that holds `place`; "" if there is none or it has no name. Not escaped.
  std::string title(Span place) const;

 private:
  const LintRun* run_;
  std::vector<const ReadFile*> files_;  ///< by FileId
};

}  // namespace hop
