// An egress proxy for traffic that is not let out.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const yaml::Node policy = resource.spec()["outboundTrafficPolicy"];
  const auto mode = text_of(policy["mode"]);
  if (!policy["egressProxy"].is_mapping() || mode.is_unknown() || mode.equals("ALLOW_ANY") == Truth::yes) return;
  Finding finding = report.at_key(resource, policy["egressProxy"], "`egressProxy` needs the mode `ALLOW_ANY`");
  finding.alias("IST0106");
  if (mode.is_known()) finding.note(mode.node(), "the mode");
}

}  // namespace

extern constinit const Rule sidecar_egress_proxy_without_allow_any = {
    .info = {.id = "sidecar-egress-proxy-without-allow-any",
             .summary = "a Sidecar has an egress proxy, and does not let unknown traffic out",
             .docs = "`egressProxy` takes requests to hosts that the mesh does not know. REGISTRY_ONLY (also where no mode is "
                     "written) refuses those.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/sidecar/#OutboundTrafficPolicy",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::sidecar},
    .check_one = check_one,
};

}  // namespace hop::rules
