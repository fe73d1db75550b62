#include "graph/attachments.h"

#include "yaml/builder.h"

namespace hop {

std::vector<Attachment> attachments(const Graph& graph) {
  std::vector<Attachment> all;
  for (Kind kind : {Kind::http_route, Kind::grpc_route, Kind::tls_route, Kind::tcp_route}) {
    for (const Resource* resource : graph.of(kind)) {
      if (!resource->linted()) continue;
      const HttpRoute route(*resource);
      for (const RouteRef& parent : route.parents()) {
        if (parent.kind != Kind::k8s_gateway) continue;
        Lookup gateway = graph.find(*route, Kind::k8s_gateway, parent.ns, parent.name().str());
        if (gateway.found()) all.push_back({route, parent, std::move(gateway)});
      }
    }
  }
  return all;
}

namespace {

/// A namespace's labels with the one that the API server adds to each.
std::shared_ptr<const yaml::Document> labels_of(const Resource& ns) {
  constexpr std::string_view own_name = "kubernetes.io/metadata.name";
  yaml::Builder builder;
  const Span place = ns.name_node().span();
  builder.begin_mapping(place);
  builder.key(own_name, place);
  builder.scalar(ns.name, place);
  for (const auto& [key, value] : ns.labels().entries()) {
    if (key.str() == own_name) continue;
    builder.key(key.str(), place);
    builder.scalar(value.is_scalar() ? value.str() : "", place, value.style());
  }
  builder.end();
  return builder.finish();
}

}  // namespace

Truth takes_namespace(const Graph& graph, yaml::Node listener, const Resource& gateway, const Resource& route) {
  const yaml::Node namespaces = listener["allowedRoutes"]["namespaces"];
  const auto from = text_of(namespaces["from"]);
  if (from.is_unknown()) return Truth::unknown;
  if (from.value_or("Same") == "All") return Truth::yes;
  if (from.value_or("Same") == "Same") return graph.same_namespace(gateway, route);
  if (*from != "Selector") return Truth::no;
  const Lookup ns = graph.find(route, Kind::namespace_, "", route.ns);
  if (!ns.found() || ns.target->opaque) return Truth::unknown;
  const auto labels = labels_of(*ns.target);
  return matches_selector(namespaces["selector"], Labels{labels->root()});
}

}  // namespace hop
