#include "yaml/tree.h"

namespace hop::yaml {

std::size_t Tree::begin_text() {
  scratch.append(sizeof(std::uint32_t), '\0');
  return scratch.size();
}

void Tree::end_text(Item& scalar, std::size_t begin) {
  const auto size = static_cast<std::uint32_t>(scratch.size() - begin);
  std::memcpy(scratch.data() + begin - sizeof size, &size, sizeof size);
  scalar.data = static_cast<std::uint32_t>(begin);
  scalar.flags |= in_scratch;
}

void Tree::add_text(Item& scalar, std::string_view text) {
  const std::size_t begin = begin_text();
  scratch.append(text);
  end_text(scalar, begin);
}

}  // namespace hop::yaml
