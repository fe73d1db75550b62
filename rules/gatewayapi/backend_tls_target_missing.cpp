// BackendTLSPolicies for Services or ports that do not exist.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_target(const Graph& graph, const Resource& policy, yaml::Node target, Report& report) {
  const auto name = text_of(target["name"]);
  const auto section = text_of(target["sectionName"]);
  if (target["kind"].str() != "Service" || !name.is_known()) return;
  const Lookup found = graph.find(policy, Kind::service, policy.ns, *name);
  if (found.missing()) {
    Finding finding = report.at(policy, name.node(), format("the Service `{}` does not exist", *name));
    finding.missing(found).target(format("Service {}/{}", policy.ns, *name));
    if (found.near != nullptr) finding.fix(format("change it to `{}`", found.near->name), name.node(), found.near->name, Safety::unsafe);
  }
  if (!found.found() || !section.is_known() || (*section).empty()) return;
  const auto may_have = [&](const Resource& service) {
    const auto match = Service(service).find_port(section.node());
    return match.port.has_value() || match.unknown;
  };
  if (found.any(may_have)) return;
  report.at(policy, section.node(), format("the Service `{}` has no port with the name `{}`", *name, *section))
      .note(found.target->spec()["ports"].key_span(), "its ports");
}

void check(const Graph& graph, Report& report) {
  for (const Resource* policy : graph.of(Kind::backend_tls_policy)) {
    if (!policy->linted()) continue;
    for (yaml::Node target : policy->spec()["targetRefs"].items()) check_target(graph, *policy, target, report);
  }
}

}  // namespace

extern constinit const Rule gatewayapi_backend_tls_target_missing = {
    .info = {.id = "gatewayapi-backend-tls-target-missing",
             .summary = "a BackendTLSPolicy is for a Service or a port that does not exist",
             .docs = "A BackendTLSPolicy targets Services of its own namespace; `sectionName` is the name of a port.",
             .effect = "the gateway calls the backend without TLS",
             .source = "https://gateway-api.sigs.k8s.io/api-types/backendtlspolicy/",
             .severity = Severity::error,
             .group = Group::security,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::backend_tls_policy, Kind::service},
    .check = check,
};

}  // namespace hop::rules
