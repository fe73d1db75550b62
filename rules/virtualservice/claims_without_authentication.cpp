// A route by JWT claims at a gateway that reads no JWTs.
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "graph/answers.h"
#include "graph/once.h"
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

/// RequestAuthentications, of which those count once that say the same about pods.
class Readers {
 public:
  explicit Readers(const Graph& graph) : graph_(graph) {
    std::set<std::string> known;
    for (const Resource* policy : graph.of(Kind::request_authentication)) {
      std::string place_and_labels = format("{} {} ", policy->opaque, labels_of(*policy).size());
      add_standpoint(place_and_labels, *policy, false);
      add_labels(place_and_labels, labels_of(*policy));
      if (known.insert(std::move(place_and_labels)).second) different_.push_back(policy);
    }
  }

  /// The first of the pods for which none holds; nullptr if there is none.
  const Workload* first_without(const Graph::Selection& pods) {
    return first_without_.of(pods, [&](const Graph::Selection& some) -> const Workload* {
      const auto found = std::ranges::find_if(some.workloads, [&](const Workload& workload) { return read_tokens(workload) == Truth::no; });
      return found == some.workloads.end() ? nullptr : &*found;
    });
  }

 private:
  static yaml::Node labels_of(const Resource& policy) { return policy["spec"]["selector"]["matchLabels"]; }

  Truth read_tokens(const Workload& workload) const {
    Truth any = Truth::no;
    for (const Resource* policy : different_) {
      if (any == Truth::yes) break;
      if (!graph_.sees(*workload, *policy)) continue;
      const Truth here = policy->ns == graph_.root_namespace() ? Truth::yes : graph_.same_namespace(*workload, *policy);
      any = any || (here && (policy->opaque || workload->opaque ? Truth::unknown : matches(labels_of(*policy), workload.labels())));
    }
    return any;
  }

  const Graph& graph_;
  std::vector<const Resource*> different_;
  OncePerThing<const Workload*> first_without_;
};

void check_binding(const Graph& graph, const VirtualService& vs, yaml::Node claim, const Resource& gateway, Readers& readers,
                   Report& report) {
  const Workload* without = readers.first_without(graph.select(gateway, Gateway(gateway).selector(), true));
  if (without == nullptr) return;
  const Workload& workload = *without;
  Finding finding = report.at_key(*vs, claim, format("no RequestAuthentication reads JWTs for the pods of Gateway `{}`", gateway.name));
  finding.alias("IST0149").note(workload->name_node(), "the gateway's pods");
  if (!graph.complete(workload->ns)) finding.severity(graph.of(Kind::request_authentication).empty() ? Severity::info : Severity::warning);
}

void check_routes(const Graph& graph, const VirtualService& vs, yaml::Node claim, Readers& readers, Report& report) {
  for (const Edge* edge : graph.from(*vs)) {
    const bool gateway = edge->relation == Relation::virtualservice_gateway && edge->to.found() && edge->to.target->kind == Kind::gateway;
    if (!gateway || edge->to.target->opaque || Gateway(*edge->to.target).selector().size() == 0) continue;
    const std::size_t before = report.size();
    check_binding(graph, vs, claim, *edge->to.target, readers, report);
    if (report.size() != before) break;
  }
}

void check(const Graph& graph, Report& report) {
  std::optional<Readers> readers;  // once somebody asks
  for (const VirtualService& vs : graph.linted<VirtualService>()) {
    const yaml::Node claim = claim_of(vs);
    if (!claim) continue;
    if (!readers) readers.emplace(graph);
    check_routes(graph, vs, claim, *readers, report);
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
    .check = check,
};

}  // namespace hop::rules
