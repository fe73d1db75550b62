#include "engine/edit_set.h"

#include <algorithm>
#include <iterator>

namespace hop {
namespace {

bool apart(const Span& a, const Span& b) {
  const Edit pair[] = {{a, {}}, {b, {}}};
  return disjoint(pair);
}

}  // namespace

/// Those that are in are disjoint, so that only the neighbours can be met.
bool EditSet::fits(const Edit& edit) const {
  const auto next = edits_.lower_bound(edit.where);
  if (next != edits_.end() && next->first == edit.where) return next->second == edit.text;
  if (next != edits_.end() && !apart(edit.where, next->first)) return false;
  return next == edits_.begin() || apart(std::prev(next)->first, edit.where);
}

bool EditSet::fits(const std::vector<Edit>& edits) const {
  return std::all_of(edits.begin(), edits.end(), [&](const Edit& edit) { return fits(edit); });
}

void EditSet::add(const std::vector<Edit>& edits) {
  for (const Edit& edit : edits) edits_.emplace(edit.where, edit.text);
}

std::map<FileId, std::vector<Edit>> EditSet::by_file() const {
  std::map<FileId, std::vector<Edit>> files;
  for (const auto& [where, text] : edits_) files[where.file].push_back({where, text});
  return files;
}

}  // namespace hop
