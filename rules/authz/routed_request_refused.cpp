// Policies that let in nothing of what a load balancer's route is for.
#include <set>

#include "graph/authorization.h"
#include "graph/outside_routes.h"
#include "graph/peer_identity.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The beginnings of the paths that a route takes; one that is open where something else decides.
std::vector<OpenText> paths_of(yaml::Node route) {
  std::vector<OpenText> paths;
  for (yaml::Node match : route["match"].items()) {
    const yaml::Node uri = match["uri"];
    const auto text = text_of(uri["prefix"] ? uri["prefix"] : uri["exact"]);
    const bool folds = static_cast<bool>(match["ignoreUriCase"]);
    paths.push_back(text.is_known() && !folds ? OpenText{*text, false, !uri["exact"]} : OpenText{"", false, true});
  }
  if (paths.empty()) paths.push_back({"", false, true});
  return paths;
}

std::vector<OpenText> hosts_of(const OutsideRoute& route) {
  std::vector<OpenText> hosts;
  if (route.route) {
    for (yaml::Node host : VirtualService(*route.from).hosts()) {
      const auto text = text_of(host);
      const bool whole = text.is_known() && (*text).find('*') == std::string_view::npos;
      hosts.push_back(whole ? OpenText{*text} : OpenText{"", true, true});
    }
  }
  if (hosts.empty()) hosts.push_back({"", true, true});
  return hosts;
}

class Checker {
 public:
  Checker(const Graph& graph, Report& report) : graph_(graph), report_(report), policies_(graph), identity_(graph) {}

  void check(const OutsideRoute& route) {
    for (const Workload& gateway : route.gateway) look_at(route, gateway, Asked::Sees::requests, no_name(), true);
    const PeerName sender = route.gateway.empty() ? no_name() : name_of(route.gateway);
    for (const Workload& pod : route.pods) {
      const Dataplane plane = graph_.injection(pod).plane;
      if (plane == Dataplane::sidecar) look_at(route, pod, Asked::Sees::unknown, sender, false);
      if (plane == Dataplane::ambient) look_at(route, pod, Asked::Sees::ztunnel, sender, false);
    }
  }

 private:
  /// What refuses every request of the route, if anything does; whether or not the sender shows its name.
  std::optional<Admission> refusal(const PoliciesInForce& found, const OutsideRoute& route, Asked asked, bool at_gateway) const {
    const bool rewrites = !at_gateway && route.route["rewrite"];
    std::optional<Admission> last;
    for (const OpenText& host : rewrites ? std::vector<OpenText>{{"", true, true}} : hosts_of(route)) {
      for (const OpenText& path : rewrites ? std::vector<OpenText>{{"", false, true}} : paths_of(route.route)) {
        asked.host = host;
        asked.path = path;
        last = admission(found, asked, policies_.trust_domains());
        if (last->let_in != Truth::no) return std::nullopt;
      }
    }
    return last;
  }

  /// Whether nobody shows a name to the workload, and that is not told where the policy asks for one.
  bool hides_name(const Workload& workload, const Resource& policy) {
    return identity_.of_workload(workload) && !identity_.missing(policy, policy_selector(policy));
  }

  void look_at(const OutsideRoute& route, const Workload& workload, Asked::Sees sees, const PeerName& peer, bool at_gateway) {
    const PoliciesInForce& found = policies_.of(workload);
    if (found.empty()) return;
    Asked asked;
    asked.sees = sees;
    asked.peer = no_name();
    asked.method = {"", false, true};
    asked.open = true;
    const auto refused = refusal(found, route, asked, at_gateway);
    if (!refused || !refused->policy->linted()) return;
    // A gateway that asks its clients for a name is another mistake.
    asked.peer = at_gateway && policy_selector(*refused->policy).size() > 0 ? PeerName{} : peer;
    if (!refusal(found, route, asked, at_gateway) && (at_gateway || !hides_name(workload, *refused->policy))) return;
    if (!told_.insert(refused->place.span()).second) return;
    const Resource& policy = *refused->policy;
    Finding finding = report_.at(policy, refused->place, format("nothing that a route sends to `{}` is let in", workload->name));
    finding.note(route.place, "a load balancer leads here");
    const bool denies = text_of(policy.spec()["action"]).equals("DENY") == Truth::yes;
    // Another that allows may stand elsewhere.
    if (!denies && !graph_.complete(policy.ns)) finding.severity(Severity::warning);
  }

  Graph graph_;
  Report& report_;
  Authorizations policies_;
  PeerIdentity identity_;
  std::set<Span> told_;
};

void check(const Graph& graph, Report& report) {
  if (graph.of(Kind::authorization_policy).empty()) return;
  Checker checker(graph, report);
  each_outside_route(graph, [&](const OutsideRoute& route) { checker.check(route); });
}

}  // namespace

extern constinit const Rule authz_routed_request_refused = {
    .info =
        {.id = "authz-routed-request-refused",
         .summary = "policies let in nothing of what a route from a load balancer sends",
         .docs =
             "All AuthorizationPolicies in force at the gateway's pods, and at the pods that the route leads to, are put together as Istio "
             "does: DENY before ALLOW, and with an ALLOW policy one rule must fit. Compared are hosts and paths of the route, and the "
             "identity of the gateway. Reported where no request of the route can get in: a DENY rule that fits all of them, an ALLOW "
             "policy that names another caller, a `deny-all` that nothing is allowed beside.\n\nTokens, headers and addresses of clients "
             "are taken for right. Without `complete` a missing ALLOW rule is a warning: it may stand elsewhere.",
         .effect = "every request of the route gets 403: RBAC: access denied",
         .source = "https://istio.io/latest/docs/concepts/security/#implicit-enablement",
         .severity = Severity::error,
         .group = Group::correctness},
    .reads = {Kind::authorization_policy, Kind::service, Kind::destination_rule, Kind::gateway, Kind::k8s_gateway, Kind::namespace_,
              Facet::workloads, Facet::injection, Facet::mtls, Facet::mesh, Facet::entry, Facet::routing, Facet::references},
    .check = check,
};

}  // namespace hop::rules
