#include <algorithm>
#include <utility>

#include "diag/diagnostic.h"
#include "text/ensure.h"

namespace hop {
namespace {

/// Sorted by a key of their places; edits with equal keys keep their order.
template <class Key>
std::vector<const Edit*> in_order(std::span<const Edit> edits, Key key) {
  std::vector<const Edit*> ordered;
  ordered.reserve(edits.size());
  for (const Edit& edit : edits) ordered.push_back(&edit);
  std::stable_sort(ordered.begin(), ordered.end(), [&](const Edit* a, const Edit* b) { return key(a->where) < key(b->where); });
  return ordered;
}

bool collide(const Span& a, const Span& b) {
  if (a.file != b.file) return false;
  return b.begin < a.end || (a.begin == b.begin && a.empty() && b.empty());
}

}  // namespace

std::string apply_edits(std::string_view text, std::span<const Edit> edits) {
  std::string out;
  std::size_t done = 0;
  for (const Edit* edit : in_order(edits, [](const Span& where) { return std::pair(where.begin, where.end); })) {
    const Span& where = edit->where;
    HOP_ENSURE(done <= where.begin && where.begin <= where.end && where.end <= text.size());
    out += text.substr(done, where.begin - done);
    out += edit->text;
    done = where.end;
  }
  out += text.substr(done);
  return out;
}

bool disjoint(std::span<const Edit> edits) {
  const std::vector<const Edit*> ordered = in_order(edits, [](const Span& where) { return where; });
  return std::adjacent_find(ordered.begin(), ordered.end(), [](const Edit* a, const Edit* b) { return collide(a->where, b->where); }) ==
         ordered.end();
}

}  // namespace hop
