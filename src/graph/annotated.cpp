#include "graph/annotated.h"

#include <algorithm>

#include "graph/graph.h"
#include "graph/index.h"
#include "model/aws/annotations.h"

namespace hop {

const AlbAnnotation* AlbAnnotated::find(std::string_view suffix) const {
  const auto found = std::find_if(all.begin(), all.end(), [&](const AlbAnnotation& annotation) { return annotation.suffix == suffix; });
  return found == all.end() ? nullptr : &*found;
}

Value<std::string_view> AlbAnnotated::text(std::string_view suffix) const {
  const AlbAnnotation* found = find(suffix);
  return found == nullptr ? Value<std::string_view>::absent(resource->annotations()) : found->text();
}

namespace {

/// Annotations that only Alibaba reads, and none that only we do.
bool means_alibaba(const AlbAnnotated& annotated) {
  const auto is_theirs = [](const AlbAnnotation& annotation) { return alb::is_alibaba(annotation.suffix); };
  const auto is_ours = [](const AlbAnnotation& annotation) {
    static constexpr std::string_view shared[] = {"healthcheck-", "healthy-",    "unhealthy-",       "listen-ports", "ssl-redirect",
                                                  "actions.",     "conditions.", "backend-protocol", "target-type",  "transforms."};
    return annotation.row != nullptr && std::none_of(std::begin(shared), std::end(shared),
                                                     [&](std::string_view prefix) { return annotation.suffix.starts_with(prefix); });
  };
  return std::any_of(annotated.all.begin(), annotated.all.end(), is_theirs) &&
         std::none_of(annotated.all.begin(), annotated.all.end(), is_ours);
}

AlbAnnotated read(const Resource& resource) {
  AlbAnnotated annotated{&resource, {}};
  for (const auto& [key, value] : resource.annotations().entries()) {
    const std::string_view name = key.str();
    if (!name.starts_with(alb::prefix)) continue;
    const std::string_view suffix = name.substr(alb::prefix.size());
    annotated.all.push_back({suffix, alb::find(suffix), value});
  }
  return annotated;
}

}  // namespace

void find_annotated(const Graph& graph, Index& index) {
  for (Kind kind : {Kind::ingress, Kind::service}) {
    for (const Resource* resource : graph.of(kind)) {
      if (!resource->linted()) continue;
      AlbAnnotated annotated = read(*resource);
      if (annotated.all.empty() || graph.controller(*resource).alibaba || means_alibaba(annotated)) continue;
      if (kind == Kind::ingress && graph.is_alb(Ingress(*resource)) != Truth::yes) continue;
      index.alb_annotated.push_back(std::move(annotated));
    }
  }
}

}  // namespace hop
