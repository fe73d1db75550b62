// A Sidecar that sends unknown traffic through an egress proxy.
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const yaml::Node proxy = Sidecar(resource).spec()["outboundTrafficPolicy"]["egressProxy"];
  if (proxy && !proxy.is_null()) report.at_key(resource, proxy, "the field `egressProxy` is deprecated").alias("IST0002");
}

}  // namespace

extern constinit const Rule sidecar_egress_proxy_deprecated = {
    .info = {.id = "sidecar-egress-proxy-deprecated",
             .summary = "a Sidecar uses the deprecated field `egressProxy`",
             .docs = "Route traffic for hosts outside the mesh to an egress gateway with a ServiceEntry and a VirtualService instead.",
             .effect = "the field may go in a later release, and traffic then leaves the mesh directly",
             .source = "https://istio.io/latest/docs/reference/config/networking/sidecar/#OutboundTrafficPolicy",
             .severity = Severity::warning,
             .group = Group::deprecation,
             .aliases = {"IST0002"}},
    .reads = {Kind::sidecar},
    .check_one = check_one,
};

}  // namespace hop::rules
