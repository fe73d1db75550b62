#include "graph/aws_gateway.h"

#include <map>
#include <tuple>

#include "graph/gateway_class.h"
#include "model/aws/values.h"

namespace hop {
namespace {

constexpr std::string_view configuration_kind = "LoadBalancerConfiguration";

using Configurations = std::map<std::tuple<std::uint16_t, std::string_view, std::string_view>, const Resource*>;

/// By cluster, namespace and name. Only their own kind is looked for, so they are no kind of the table.
Configurations configurations_of(const Graph& graph) {
  Configurations all;
  for (const Resource* resource : graph.of(Kind::other)) {
    if (resource->kind_name == configuration_kind) all.emplace(std::tuple(resource->cluster, resource->ns, resource->name), resource);
  }
  return all;
}

void resolve(const Graph& graph, const Configurations& all, AwsGateway& found) {
  const Lookup of_class = graph.find(*found.gateway, Kind::gateway_class, "", found.gateway.class_name().str());
  const yaml::Node own = found.gateway.spec()["infrastructure"]["parametersRef"];
  found.named_by = own ? found.gateway.resource : of_class.target;
  found.open = !of_class.found() || of_class.target->opaque || of_class.target->patched || found.gateway->patched;
  found.reference = own ? own : found.named_by != nullptr ? found.named_by->spec()["parametersRef"] : yaml::Node();
  if (!found.reference) return;
  const auto name = text_of(found.reference["name"]);
  const auto ns = own ? Value<std::string_view>::known(found.gateway->ns, own) : text_of(found.reference["namespace"]);
  found.of_other_kind = text_of(found.reference["kind"]).equals(configuration_kind) == Truth::no ||
                        text_of(found.reference["group"]).equals("gateway.k8s.aws") == Truth::no;
  if (!name.is_known() || !ns.is_known() || found.of_other_kind) {
    found.open = true;
    return;
  }
  const auto at = all.find({found.gateway->cluster, *ns, *name});
  if (at != all.end()) {
    found.configuration = at->second;
    found.open = found.open || at->second->opaque || at->second->patched;
  } else {
    found.missing = graph.complete(*ns);
    found.open = true;
  }
}

}  // namespace

std::vector<AwsGateway> aws_gateways(const Graph& graph) {
  std::vector<AwsGateway> all;
  const Configurations configurations = configurations_of(graph);
  for (const K8sGateway& gateway : graph.linted<K8sGateway>()) {
    const std::string_view controller = controller_of(graph, gateway);
    if (!is_aws_gateway_controller(controller)) continue;
    AwsGateway found{gateway, controller == "gateway.k8s.aws/nlb"};
    resolve(graph, configurations, found);
    all.push_back(found);
  }
  return all;
}

std::optional<ProtocolPort> protocol_port_of(yaml::Node item) {
  const auto text = text_of(item["protocolPort"]);
  if (!text.is_known()) return std::nullopt;
  const std::size_t colon = (*text).find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = aws::parse_int((*text).substr(colon + 1));
  return port ? std::optional(ProtocolPort{(*text).substr(0, colon), *port}) : std::nullopt;
}

}  // namespace hop
