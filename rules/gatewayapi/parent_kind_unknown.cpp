// A route whose parent is of a kind that is a slip for one that takes routes.
#include "model/gatewayapi/views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view kinds[] = {"Gateway", "Service", "ServiceEntry", "ListenerSet", "XListenerSet"};

void check_one(const Resource& resource, Report& report) {
  for (const RouteRef& parent : HttpRoute(resource).parents()) {
    const auto kind = text_of(parent.node["kind"]);
    if (!kind.is_known()) continue;
    const auto meant = nearest(*kind, kinds);
    if (!meant) continue;
    report.at(resource, kind.node(), format("`{}` is no kind that takes routes", shorten(*kind, 32)))
        .fix(format("change it to `{}`", *meant), kind.node(), *meant, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule gatewayapi_parent_kind_unknown = {
    .info = {.id = "gatewayapi-parent-kind-unknown",
             .summary = "the kind of a route's parent is a slip for one that takes routes",
             .docs =
                 "Routes are attached to a Gateway or a ListenerSet, in a mesh to a Service or a ServiceEntry. Kinds that resemble none "
                 "of these belong to other controllers and are left alone.",
             .effect = "the route is attached to nothing: no controller reads it",
             .source = "https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.ParentReference",
             .severity = Severity::error,
             .fixes = FixPolicy::always},
    .reads = {Kind::http_route, Kind::grpc_route, Kind::tls_route, Kind::tcp_route},
    .check_one = check_one,
};

}  // namespace hop::rules
