#pragma once
// The layering, the doors to third-party libraries, and what else can be held to by reading sources as text. Nothing returned means all is
// well.

#include <span>
#include <vector>

#include "support/complaints.h"
#include "support/source_text.h"

namespace hop {

/// A folder includes itself and what stands left of it.
Complaints check_layers(const SourceFile& source);
/// A library is included in the places that are its door, a fixed number of files at most; what is not in the list is not included.
Complaints check_doors(std::span<const SourceFile> sources);
/// `#pragma once`, then a comment; no `using namespace`.
Complaints check_form(const SourceFile& source);
/// No loop over resources inside another: that is quadratic in the size of a cluster, and graph has an index for it. Sees loops written in
/// one function only.
Complaints check_nesting(const SourceFile& source);

}  // namespace hop
