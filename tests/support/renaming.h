#pragma once
// The same manifests with other names, everywhere the same: what a name says to us must not matter to a finding.
// Knows nothing of rules and findings.

#include <map>
#include <string>
#include <string_view>

#include "support/case.h"

namespace hop {

/// Chooses the words that names of resources and namespaces of these files consist of (`cart` and `db` of `cart-db`), and whatever may be
/// a slip for one of them. Words that are keys somewhere, or mean something to Kubernetes, Istio or a controller, stay. Each letter of a
/// word becomes the next one of the alphabet: words that were near each other still are, and their order stays, so none with a `z`.
class Renaming {
 public:
  explicit Renaming(const Case& fixture);

  bool empty() const { return words_.empty(); }
  /// Paths, texts and header of the case. Not its expectations: they are for another purpose.
  Case apply(const Case& fixture) const;
  /// A text of a run of the renamed case, with the old names.
  std::string undo(std::string_view text) const;

 private:
  std::map<std::string, std::string, std::less<>> words_, back_;
};

}  // namespace hop
