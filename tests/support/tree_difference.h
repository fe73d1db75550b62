#pragma once
// Two trees of one text, compared in everything but where their scalars' text is kept. Knows nothing of who read them.

#include <string>

#include "yaml/tree.h"

namespace hop::yaml {

/// The first difference, in words; empty if there is none. Problems are not compared.
std::string tree_difference(const Tree& expected, const Tree& found);

}  // namespace hop::yaml
