#pragma once
// Guesses what is secret in text that does not parse. Hides too much rather than too little.

#include <vector>

#include "text/file.h"

namespace hop {

/// Lines of `chunk` are looked at one by one. Sorted.
std::vector<Span> guess_secrets(const File& file, Span chunk);

}  // namespace hop
