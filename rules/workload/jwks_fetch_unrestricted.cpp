// istiod fetches keys from any address that a RequestAuthentication names.
#include <algorithm>

#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view variable = "BLOCKED_CIDRS_IN_JWKS_URIS";

bool is_restricted(const Workload& istiod) {
  for (yaml::Node container : istiod.containers()) {
    if (container["envFrom"].size() > 0) return true;
    for (yaml::Node entry : container["env"].items()) {
      if (entry["name"].str() == variable && (!entry["value"].str().empty() || entry.has("valueFrom"))) return true;
    }
  }
  return false;
}

/// A rule without keys of its own: istiod asks the issuer or the URI for them.
yaml::Node fetched(const RequestAuthentication& authentication) {
  for (yaml::Node rule : authentication.jwt_rules()) {
    if (!rule.has("jwks")) return rule.has("jwksUri") ? rule["jwksUri"] : rule["issuer"];
  }
  return {};
}

struct Fetch {
  const Resource* authentication;
  yaml::Node place;
};

std::vector<Fetch> fetches_of(const Graph& graph) {
  std::vector<Fetch> fetches;
  for (const RequestAuthentication& authentication : graph.all<RequestAuthentication>()) {
    if (const yaml::Node place = fetched(authentication)) fetches.push_back({authentication.resource, place});
  }
  return fetches;
}

void check(const Graph& graph, Report& report) {
  const std::vector<Fetch> fetches = fetches_of(graph);
  for (const Workload& workload : graph.workloads()) {
    const bool istiod = workload->kind == Kind::deployment && workload->linted() && workload->label("app").str() == "istiod";
    if (!istiod || is_restricted(workload)) continue;
    const auto seen =
        std::find_if(fetches.begin(), fetches.end(), [&](const Fetch& fetch) { return graph.sees(*workload, *fetch.authentication); });
    if (seen == fetches.end()) continue;
    report.at_key(*workload, workload.pod_spec()["containers"], format("`{}` is not set for istiod, which fetches keys for JWTs", variable))
        .alias("IST0175")
        .note(seen->place, "keys are fetched from here");
  }
}

}  // namespace

extern constinit const Rule workload_jwks_fetch_unrestricted = {
    .info = {.id = "workload-jwks-fetch-unrestricted",
             .summary = "istiod may be made to fetch keys from any address",
             .docs = "Whoever may write a RequestAuthentication makes istiod send a request to the address in `jwksUri` or `issuer`, from "
                     "istiod's place in the network. The variable `BLOCKED_CIDRS_IN_JWKS_URIS` forbids ranges, such as that of the cloud's "
                     "metadata service.\n\nOnly where an istiod Deployment and a RequestAuthentication without inline `jwks` are among the "
                     "manifests.",
             .effect = "tenants reach addresses through istiod that are closed to them",
             .source = "https://istio.io/latest/docs/reference/commands/pilot-discovery/#envvars",
             .severity = Severity::warning,
             .group = Group::security,
             .aliases = {"IST0175"}},
    .reads = {Kind::request_authentication, Facet::workloads},
    .check = check,
};

}  // namespace hop::rules
