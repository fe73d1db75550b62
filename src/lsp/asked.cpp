#include "lsp/asked.h"

#include <algorithm>

#include "lsp/uri.h"
#include "model/broken.h"
#include "text/format.h"

namespace hop::lsp {

Relations::Made& Relations::made_for(const LiveRoot& root) {
  if (made_.size() > 64) made_.clear();  // of roots that are gone
  Made& made = made_[&root];
  if (made.generation != root.generation() || made.input != root.run().input.get()) {
    made = {};
    made.generation = root.generation();
    made.input = root.run().input.get();
  }
  return made;
}

const Occurrences& Relations::occurrences(const LiveRoot& root) {
  Made& made = made_for(root);
  if (made.occurrences == nullptr) made.occurrences = std::make_unique<Occurrences>(root.graph());
  return *made.occurrences;
}

const HopGraph& Relations::hops(const LiveRoot& root) {
  Made& made = made_for(root);
  if (made.hops == nullptr) made.hops = std::make_unique<HopGraph>(build_hops(root.graph()));
  return *made.hops;
}

const std::vector<const Resource*>& Relations::resources(const LiveRoot& root, FileId file) {
  Made& made = made_for(root);
  if (!made.has_resources) {
    for (const Resource& resource : root.graph().resources()) {
      if (is_written(resource)) made.resources[resource.root.document()->file()].push_back(&resource);
    }
    made.has_resources = true;
  }
  return made.resources[file];
}

std::optional<Target> file_of(const Asked& asked) {
  const auto path = path_of_uri(asked.params["textDocument"]["uri"].str());
  const auto spot = path ? asked.workspace.find(*path) : std::nullopt;
  return spot ? std::optional(Target{*spot, 0, 0}) : std::nullopt;
}

std::optional<Target> target_of(const Asked& asked) {
  auto target = file_of(asked);
  if (!target) return std::nullopt;
  target->here = read_position(asked.params["position"], *target->spot.file->text, asked.client.unit);
  target->offset = target->spot.file->map.back(target->here);
  return target;
}

const Resource* resource_at(const Asked& asked, const LiveRoot& root, FileId file, std::uint32_t offset) {
  const Resource* found = nullptr;
  for (const Resource* resource : asked.relations.resources(root, file)) {
    // A list's items stand one behind the other, so the last that begins before the offset is it; documents have their own borders.
    if (resource->root.span().begin <= offset) found = resource;
  }
  if (found != nullptr) return found;
  const auto& all = asked.relations.resources(root, file);
  return all.empty() ? nullptr : all.front();
}

NodeAt node_at(yaml::Node root, std::uint32_t offset) {
  NodeAt best{root, false};
  const auto holds = [&](Span place) { return place.begin <= offset && offset <= place.end; };
  for (bool deeper = true; deeper;) {
    deeper = false;
    const yaml::Node at = best.node;
    for (const yaml::Entry& entry : at.entries()) {
      const bool on_key = holds(entry.key.span());
      if (!on_key && !(entry.value && holds(entry.value.span()))) continue;
      if (entry.value.via_alias()) return {entry.value, on_key};
      best = {entry.value, on_key};
      deeper = !on_key;
      break;
    }
    for (yaml::Node item : at.items()) {
      if (!holds(item.span())) continue;
      best = {item, false};
      deeper = !item.via_alias();
      break;
    }
  }
  return best;
}

Json range_of(const Asked& asked, const LiveRoot& root, Span place) {
  return range_json(root.text(place.file), root.here(place), asked.client.unit);
}

std::optional<Json> location_json(const Asked& asked, const LiveRoot& root, Span place) {
  if (!place) return std::nullopt;
  return Json{{"uri", asked.workspace.uri_of(root.text(place.file).path())}, {"range", range_of(asked, root, place)}};
}

std::string place_text(const LiveRoot& root, Span place) {
  if (!place) return {};
  const File& file = root.text(place.file);
  return format("{}:{}", root.short_path(file.path()), file.position(root.here(place).begin).line);
}

Span name_place(const Resource& resource) {
  const yaml::Node name = resource.name_node();
  return name ? name.text_span() : resource.root["kind"].span();
}

}  // namespace hop::lsp
