#include "yaml/tree.h"

namespace hop::yaml {

std::size_t Tree::begin_text() {
  std::string& text = scratch.edit();
  text.append(sizeof(std::uint32_t), '\0');
  return text.size();
}

void Tree::end_text(Item& scalar, std::size_t begin) {
  std::string& text = scratch.edit();
  const auto size = static_cast<std::uint32_t>(text.size() - begin);
  std::memcpy(text.data() + begin - sizeof size, &size, sizeof size);
  scalar.data = static_cast<std::uint32_t>(begin);
  scalar.flags |= in_scratch;
}

void Tree::add_text(Item& scalar, std::string_view text) {
  const std::size_t begin = begin_text();
  scratch.edit().append(text);
  end_text(scalar, begin);
}

}  // namespace hop::yaml
