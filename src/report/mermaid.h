#pragma once
// A chain as a Mermaid flowchart. Knows nothing of Markdown.

#include <string>
#include <vector>

#include "diag/diagnostic.h"

namespace hop {

/// One node for each step, a crossed arrow where the request breaks; labels cannot end their quotes.
std::string mermaid_chain(const std::vector<Step>& chain);

}  // namespace hop
