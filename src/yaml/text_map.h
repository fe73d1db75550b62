#pragma once
// Where the bytes of a scalar's text stand in the document. Knows nothing of nodes or files.

#include "yaml/document.h"
#include "yaml/tree.h"

namespace hop::yaml {

/// For a scalar of a document that was parsed. Escapes, folded lines and indentation end a run.
OffsetMap map_text(const Tree& tree, const Item& scalar);

/// From the innermost text to the outermost: `inner` maps into the text that `outer` maps on.
OffsetMap compose(const OffsetMap& inner, const OffsetMap& outer);

}  // namespace hop::yaml
