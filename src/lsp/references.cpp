// All places that name the same thing: over all files, and within one.

#include "lsp/asked.h"

namespace hop::lsp {

Answer references(const Asked& asked) {
  const auto target = target_of(asked);
  if (!target) return Json::null();
  const LiveRoot& root = target->spot.live();
  const Occurrences& occurrences = asked.relations.occurrences(root);
  const Occurrence* one = occurrences.at(target->file(), target->offset);
  if (one == nullptr) return Json::null();
  const bool with_definition = asked.params["context"]["includeDeclaration"].truth();
  Json list = Json::list();
  for (const Occurrence* same : occurrences.same(*one)) {
    if (same->defines && !with_definition) continue;
    if (const auto location = location_json(asked, root, same->place)) list.push_back(*location);
  }
  return list;
}

Answer highlights(const Asked& asked) {
  const auto target = target_of(asked);
  if (!target) return Json::null();
  const LiveRoot& root = target->spot.live();
  const Occurrences& occurrences = asked.relations.occurrences(root);
  const Occurrence* one = occurrences.at(target->file(), target->offset);
  if (one == nullptr) return Json::null();
  Json list = Json::list();
  for (const Occurrence* same : occurrences.same(*one)) {
    if (same->place.file != target->file()) continue;
    list.push_back(Json{{"range", range_of(asked, root, same->place)}, {"kind", same->defines ? 3 : 2}});
  }
  return list;
}

}  // namespace hop::lsp
