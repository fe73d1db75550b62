#pragma once
// A chain as a Mermaid flowchart. Knows nothing of Markdown.

#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"

namespace hop {

/// Quoted; whatever could mean something is an entity code.
std::string mermaid_label(std::string_view text);

/// One node for each step, a crossed arrow where the request breaks; labels cannot end their quotes.
std::string mermaid_chain(const std::vector<Step>& chain);

}  // namespace hop
