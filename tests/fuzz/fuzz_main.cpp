// A libFuzzer binary for one target, which HOPLINT_TARGET names.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iostream>
#include <iterator>
#include <string>

#include "fuzz/mutate.h"
#include "fuzz/targets.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace {

const hop::fuzz::Target& target() {
  static const auto found = std::find_if(std::begin(hop::fuzz::targets), std::end(hop::fuzz::targets),
                                         [](const hop::fuzz::Target& one) { return one.name == HOPLINT_TARGET; });
  return *found;
}

std::string_view text_of(const std::uint8_t* data, std::size_t size) { return {reinterpret_cast<const char*>(data), size}; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    target().run(text_of(data, size));
  } catch (const hop::fuzz::Broken& broken) {
    std::cerr << "broken promise: " << broken.what() << '\n';
    throw;
  }
  return 0;
}

/// Every other time the input stays what its target reads.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  if (target().shape == hop::fuzz::Shape::bytes || seed % 2 == 0) return LLVMFuzzerMutate(data, size, most);
  const std::string changed = hop::fuzz::mutate(target().shape, text_of(data, size), seed / 2);
  if (changed.size() > most) return LLVMFuzzerMutate(data, size, most);
  std::memcpy(data, changed.data(), changed.size());
  return changed.size();
}
