#pragma once
// Finds the comments of a document from the places of its scalars. Knows nothing of what comments say.

#include "yaml/tree.h"

namespace hop::yaml {

/// Fills tree.comments. Behind the last scalar (where a broken document stopped) every `#` after white space counts as one.
void collect_comments(Tree& tree);

}  // namespace hop::yaml
