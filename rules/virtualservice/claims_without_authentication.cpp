// A route by JWT claims at a gateway that reads no JWTs.
#include "model/istio/value_syntax.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The first match that asks for a claim.
yaml::Node claim_of(const VirtualService& vs) {
  for (yaml::Node route : vs.spec()["http"].items()) {
    for (yaml::Node match : route["match"].items()) {
      for (const char* headers : {"headers", "withoutHeaders"}) {
        for (const auto& [name, value] : match[headers].entries()) {
          if (istio::is_claim(name.str())) return value;
        }
      }
    }
  }
  return {};
}

/// Whether some RequestAuthentication holds for the gateway's pods.
Truth reads_tokens(const Graph& graph, const Workload& workload, std::span<const Resource* const> policies) {
  Truth any = Truth::no;
  for (const Resource* policy : policies) {
    if (!graph.sees(*workload, *policy)) continue;
    const Truth here = policy->ns == graph.root_namespace() ? Truth::yes : graph.same_namespace(*workload, *policy);
    const yaml::Node labels = (*policy)["spec"]["selector"]["matchLabels"];
    any = any || (here && (policy->opaque || workload->opaque ? Truth::unknown : matches(labels, workload.labels())));
  }
  return any;
}

void check_binding(const Graph& graph, const VirtualService& vs, yaml::Node claim, const Resource& gateway, Report& report) {
  const Graph::Selection& pods = graph.select(gateway, Gateway(gateway).selector(), true);
  const auto policies = graph.of(Kind::request_authentication);
  for (const Workload& workload : pods.workloads) {
    if (reads_tokens(graph, workload, policies) != Truth::no) continue;
    Finding finding = report.at_key(*vs, claim, format("no RequestAuthentication reads JWTs for the pods of Gateway `{}`", gateway.name));
    finding.alias("IST0149").note(workload->name_node(), "the gateway's pods");
    if (!graph.complete(workload->ns)) finding.severity(policies.empty() ? Severity::info : Severity::warning);
    return;
  }
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  const yaml::Node claim = claim_of(vs);
  if (!claim) return;
  for (const Edge* edge : graph.from(*vs)) {
    const bool gateway = edge->relation == Relation::virtualservice_gateway && edge->to.found() && edge->to.target->kind == Kind::gateway;
    if (!gateway || edge->to.target->opaque || Gateway(*edge->to.target).selector().size() == 0) continue;
    const std::size_t before = report.size();
    check_binding(graph, vs, claim, *edge->to.target, report);
    if (report.size() != before) break;
  }
}

}  // namespace

extern constinit const Rule virtualservice_claims_without_authentication = {
    .info = {.id = "virtualservice-claims-without-authentication",
             .summary = "a route by JWT claims, and no RequestAuthentication for the gateway",
             .docs = "A match on `@request.auth.claims` reads what a RequestAuthentication of the gateway's pods left behind: one of their "
                     "namespace or of "
                     "the root namespace, without a selector or with one that fits them.",
             .effect = "the match never fits; requests take another route or get 404",
             .source = "https://istio.io/latest/docs/tasks/security/authentication/jwt-route/",
             .severity = Severity::error,
             .group = Group::security,
             .aliases = {"IST0149"}},
    .reads = {Kind::virtual_service, Kind::request_authentication, Facet::references, Facet::workloads, Facet::mesh},
    .each = Kind::virtual_service,
    .check_each = check_each,
};

}  // namespace hop::rules
