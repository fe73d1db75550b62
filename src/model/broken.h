#pragma once
// Objects whose documents do not parse: what is left of them is shown to people who write them, and nothing is concluded from it but that
// they exist. Knows nothing of how a document is mended.

#include "model/resource.h"

namespace hop {

/// Whether the resource is what is left of a document that does not parse. It is opaque and counts as declared (Origin::known), so rules
/// pass it by; its root has the nodes of all lines that no mistake spoils.
inline bool is_broken(const Resource& resource) {
  return resource.origin == Origin::known && !resource.root.document()->tree().problems.empty();
}

/// Whether it stands among the manifests, whole or not.
inline bool is_written(const Resource& resource) { return resource.linted() || is_broken(resource); }

}  // namespace hop
