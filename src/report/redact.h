#pragma once
// Which bytes of the manifests must never be shown: Secret data and credentials in environment values.
// By structure alone, and by guess on the safe side where a document does not parse.

#include <cstdint>
#include <map>
#include <vector>

#include "report/manifests.h"

namespace hop {

/// Looks at a document once, when one of its lines is first asked for. Not thread-safe: one per rendering.
class Secrets {
 public:
  /// `manifests` must outlive this.
  explicit Secrets(const Manifests& manifests) : manifests_(&manifests) {}

  /// Places in `line` to be blanked: sorted, disjoint, not empty. `line` is a line of a file or a part of one.
  std::vector<Span> within(Span line);
  /// Whether `place`, which may go over several lines of one document, touches anything secret.
  bool touch(Span place);
  /// Whether the places of its edits and what it puts there may be shown.
  bool allow(const Fix& fix);

 private:
  const std::vector<Span>& of_document(Span line);
  const Manifests* manifests_;
  std::map<std::pair<FileId, std::uint32_t>, std::vector<Span>> known_;  ///< by file and the document's first byte
};

/// Whether a variable of this name is likely to hold a credential.
bool names_credential(std::string_view name);

}  // namespace hop
