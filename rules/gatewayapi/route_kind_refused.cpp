// Routes of a kind that none of their listeners takes.
#include <algorithm>

#include "graph/attachments.h"
#include "model/gatewayapi/listeners.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_attachment(const Attachment& attachment, Report& report) {
  const auto& [route, parent, found] = attachment;
  const std::string_view kind = route->kind_name;
  const auto may_take = [&, &ref = parent](const Resource& gateway) {
    const MeantListeners meant = meant_listeners(gateway, ref);
    return meant.unknown || meant.listeners.empty() ||
           std::any_of(meant.listeners.begin(), meant.listeners.end(),
                       [&](yaml::Node listener) { return takes_kind(listener, kind) != Truth::no; });
  };
  if (found.any(may_take)) return;
  const yaml::Node listener = meant_listeners(*found.target, parent).listeners.front();
  const yaml::Node kinds = listener["allowedRoutes"]["kinds"];
  report.at(route, parent.name(), format("no listener of the Gateway `{}` takes a route of the kind `{}`", found.target->name, kind))
      .note(kinds ? kinds : listener["protocol"], kinds ? "the kinds it takes" : "its protocol");
}

void check(const Graph& graph, Report& report) {
  for (const Attachment& attachment : attachments(graph)) check_attachment(attachment, report);
}

}  // namespace

extern constinit const Rule gatewayapi_route_kind_refused = {
    .info = {.id = "gatewayapi-route-kind-refused",
             .summary = "a route is of a kind that none of its listeners takes",
             .docs = "HTTP and HTTPS listeners take HTTPRoutes and GRPCRoutes, TLS listeners TLSRoutes, TCP listeners "
                     "TCPRoutes. `allowedRoutes.kinds` narrows that down.",
             .effect = "the route is not accepted; requests for it get no answer",
             .source = "https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.AllowedRoutes",
             .severity = Severity::error},
    .reads = attachment_kinds,
    .check = check,
};

}  // namespace hop::rules
