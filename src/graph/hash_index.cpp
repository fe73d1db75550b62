#include "graph/hash_index.h"

namespace hop {

KeyHash& KeyHash::add(std::string_view text) {
  for (unsigned char byte : text) hash_ = (hash_ ^ byte) * 1099511628211ULL;
  hash_ = (hash_ ^ 0xffU) * 1099511628211ULL;  // no UTF-8 text holds 0xff: it ends a part
  return *this;
}

KeyHash& KeyHash::add(std::uint64_t number) {
  hash_ = (hash_ ^ number) * 1099511628211ULL;
  hash_ ^= hash_ >> 29U;
  return *this;
}

}  // namespace hop
