#pragma once
// What the system says went wrong, in words that fit into a message.

#include <string>

namespace hop {

/// "no such file or directory" for ENOENT.
std::string words_of_error(int error);

}  // namespace hop
