#include "yaml/same_content.h"

#include <algorithm>
#include <tuple>

namespace hop::yaml {
namespace {

bool same_item(const Tree& a, const Item& x, const Tree& b, const Item& y) {
  if (x.type != y.type || x.style != y.style || x.flags != y.flags) return false;
  if (x.type == NodeType::scalar) return a.text(x) == b.text(y);
  return x.data == y.data && x.more == y.more;
}

/// Column of one place after another, each not before the one before it.
class Columns {
 public:
  explicit Columns(std::string_view text) : text_(text) {}
  std::size_t of(std::size_t offset) {
    for (std::size_t end = text_.find_first_of("\r\n", at_); end < offset; end = text_.find_first_of("\r\n", at_)) at_ = end + 1;
    return offset - std::min(offset, at_);
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;  ///< start of the line at hand
};

bool same_layout(const Tree& a, const Tree& b) {
  Columns of_a(a.source), of_b(b.source);
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (of_a.of(a.items[i].begin) != of_b.of(b.items[i].begin)) return false;
  }
  return true;
}

bool same_properties(const Tree& a, const Tree& b) {
  return std::equal(
      a.properties.begin(), a.properties.end(), b.properties.begin(), b.properties.end(),
      [](const Property& x, const Property& y) { return std::tie(x.node, x.anchor, x.tag) == std::tie(y.node, y.anchor, y.tag); });
}

}  // namespace

bool same_content(const Tree& a, const Tree& b) {
  if (a.source == b.source) return true;
  if (!a.problems.empty() || !b.problems.empty()) return false;
  if (a.items.size() != b.items.size() || a.duplicates.size() != b.duplicates.size()) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!same_item(a, a.items[i], b, b.items[i])) return false;
  }
  return same_properties(a, b) && same_layout(a, b);
}

}  // namespace hop::yaml
