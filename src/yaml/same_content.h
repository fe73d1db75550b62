#pragma once
// Whether two trees say the same in the same layout, wherever it stands: what differs are comments and blank lines.
// Knows nothing of files.

#include "yaml/tree.h"

namespace hop::yaml {

/// Same nodes, texts, styles, anchors and tags, each as far from the start of its line. Two trees with problems are the same only if their
/// texts are. Linear.
bool same_content(const Tree& a, const Tree& b);

}  // namespace hop::yaml
