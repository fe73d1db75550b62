// Routes for hosts that none of their listeners serves.
#include <algorithm>

#include "graph/attachments.h"
#include "model/gatewayapi/listeners.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_attachment(const Attachment& attachment, Report& report) {
  const auto& [route, parent, found] = attachment;
  const yaml::Node hostnames = route.spec()["hostnames"];
  if (hostnames.size() == 0) return;
  const std::string_view kind = route->kind_name;
  const auto may_serve = [&, &ref = parent](const Resource& gateway) {
    const MeantListeners meant = meant_listeners(gateway, ref);
    return meant.unknown || meant.listeners.empty() ||
           std::any_of(meant.listeners.begin(), meant.listeners.end(),
                       [&](yaml::Node listener) { return (takes_kind(listener, kind) && shares_host(listener, hostnames)) != Truth::no; });
  };
  const auto refuses_kind = [&](yaml::Node listener) { return takes_kind(listener, kind) == Truth::no; };
  if (found.any(may_serve)) return;
  const auto listeners = meant_listeners(*found.target, parent).listeners;
  // That no listener takes the kind is another mistake.
  if (std::all_of(listeners.begin(), listeners.end(), refuses_kind)) return;
  report.at_key(*route, hostnames, format("no listener of the Gateway `{}` serves one of these hosts", found.target->name))
      .note(listeners.front()["hostname"], "a listener's host");
}

void check(const Graph& graph, Report& report) {
  for (const Attachment& attachment : attachments(graph)) check_attachment(attachment, report);
}

}  // namespace

extern constinit const Rule gatewayapi_hostname_unserved = {
    .info = {.id = "gatewayapi-hostname-unserved",
             .summary = "a route is for hosts that none of its listeners serves",
             .docs = "A listener with a `hostname` takes only routes whose `hostnames` it overlaps: `*.example.com` takes "
                     "`shop.example.com`, not `example.com`. A route without hostnames takes those of the listener.",
             .effect = "the route is not accepted; requests for its hosts get 404",
             .source = "https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.HTTPRouteSpec",
             .severity = Severity::error},
    .reads = attachment_kinds,
    .check = check,
};

}  // namespace hop::rules
