#include "text/system_error.h"

#include <system_error>

namespace hop {

std::string words_of_error(int error) {
  std::string words = std::generic_category().message(error);
  const bool capital = words.size() > 1 && words[0] >= 'A' && words[0] <= 'Z' && words[1] >= 'a' && words[1] <= 'z';  // but "RPC …"
  if (capital) words[0] = static_cast<char>(words[0] - 'A' + 'a');
  return words;
}

}  // namespace hop
