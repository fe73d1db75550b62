// Matches on gateways that the VirtualService is not bound to.
#include <map>
#include <set>

#include "graph/gateway_binding.h"
#include "model/field_path.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// What the VirtualService is bound to, and what its matches name.
struct Binding {
  const VirtualService& vs;
  std::set<std::pair<std::string_view, std::string_view>> gateways;
  std::map<std::uint32_t, const Edge*> named;  ///< by place
};

Binding binding_of(const Graph& graph, const VirtualService& vs) {
  GatewayBinding found = gateway_binding(graph, vs);
  Binding binding{vs, {}, std::move(found.named)};
  for (const Edge* edge : found.bound) binding.gateways.emplace(edge->ns, edge->name);
  return binding;
}

/// Whether the name in a match is one of those, as far as can be told. One that does not exist is another mistake.
bool may_be_bound(const Binding& binding, yaml::Node name) {
  if (!text_of(name).is_known()) return true;
  if (name.str() == "mesh") return binding.vs.applies_to_mesh();
  const auto edge = binding.named.find(name.index());
  return edge == binding.named.end() || edge->second->to.missing() || binding.gateways.contains({edge->second->ns, edge->second->name});
}

void check_match(const Binding& binding, yaml::Node match, Report& report) {
  const yaml::Node names = match["gateways"];
  for (yaml::Node name : names.items()) {
    if (may_be_bound(binding, name)) return;
  }
  if (names.size() == 0) return;
  const yaml::Node bound = binding.vs.spec()["gateways"];
  Finding finding = report.at_key(*binding.vs, names, "the match fits no request: the VirtualService is bound to none of these gateways");
  if (bound) finding.note(bound.key_span(), "its gateways");
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  bool unknown = vs.spec()["gateways"].is_scalar();
  for (yaml::Node node : vs.gateways()) unknown = unknown || text_of(node).is_unknown();
  // A delegate has the gateways of whoever delegates to it.
  if (unknown || vs.hosts().empty()) return;
  const Binding binding = binding_of(graph, vs);
  for (const std::string_view path : {"http[].match[]", "tls[].match[]", "tcp[].match[]"}) {
    for (yaml::Node match : nodes_at(vs.spec(), path)) check_match(binding, match, report);
  }
}

}  // namespace

extern constinit const Rule virtualservice_match_gateway_unbound = {
    .info = {.id = "virtualservice-match-gateway-unbound",
             .summary = "a match names a gateway that the VirtualService is not bound to",
             .docs = "`match[].gateways` picks among the `gateways` of the VirtualService; it adds none. One that is bound is enough. "
                     "Without `gateways` "
                     "there is only `mesh`.",
             .effect = "the match fits no request; the route is taken by others, or by none",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest",
             .severity = Severity::warning},
    .reads = {Kind::virtual_service, Facet::references},
    .each = Kind::virtual_service,
    .check_each = check_each,
};

}  // namespace hop::rules
