// Several policies of one kind without a selector in one namespace, of which Istio takes one.
#include <algorithm>
#include <map>

#include "graph/ambient.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Code {
  Kind kind;
  std::string_view istio, kiali;  ///< "" if the peer does not look
};
constexpr Code codes[] = {
    {Kind::peer_authentication, "", "KIA0002"}, {Kind::sidecar, "IST0111", "KIA0002"}, {Kind::telemetry, "IST0160", ""}};

using Groups = std::map<std::pair<std::uint16_t, std::string_view>, std::vector<const Resource*>>;

Groups defaults_by_namespace(const Graph& graph, Kind kind) {
  Groups groups;
  for (const Resource* policy : graph.of(kind)) {
    // No sidecar, no Sidecar: that is what `sidecar-in-ambient` says.
    if (kind == Kind::sidecar && in_ambient_namespace(graph, *policy) == Truth::yes) continue;
    const bool is_default = policy_selector(*policy).size() == 0 && target_refs(*policy).empty();
    if (policy->linted() && policy->ns_known && policy->name_known && is_default) groups[{policy->cluster, policy->ns}].push_back(policy);
  }
  return groups;
}

void check(const Graph& graph, Report& report) {
  for (const Code& code : codes) {
    for (const auto& [place, group] : defaults_by_namespace(graph, code.kind)) {
      for (const Resource* policy : group) {
        const auto rival = std::find_if(group.begin(), group.end(),
                                        [&](const Resource* one) { return one->name != policy->name && graph.sees(*policy, *one); });
        if (rival == group.end()) continue;
        Finding finding =
            report.at(*policy, policy->name_node(), format("the {} `{}` has no selector either", policy->kind_name, (*rival)->name));
        finding.note((*rival)->name_node(), "the other one");
        if (!code.istio.empty()) finding.alias(code.istio);
        // Kiali looks at Sidecars where there are workloads.
        if (!code.kiali.empty() && (code.kind != Kind::sidecar || graph.has_workloads(*policy, false))) finding.alias(code.kiali);
      }
    }
  }
}

}  // namespace

extern constinit const Rule policy_several_defaults = {
    .info = {.id = "policy-several-defaults",
             .summary = "several policies of one kind apply to a whole namespace",
             .docs = "Of PeerAuthentications, Sidecars and Telemetries without a selector there can be one per namespace. Policies that "
                     "Istio merges "
                     "(AuthorizationPolicy, RequestAuthentication) may be many.\n\nMerge them, or give all but one a selector.",
             .effect = "one of them wins, usually the oldest; the other is ignored",
             .source = "https://istio.io/latest/docs/reference/config/security/peer_authentication/",
             .severity = Severity::warning,
             .aliases = {"IST0111", "IST0160", "KIA0002"}},
    .reads = {Kind::peer_authentication, Kind::sidecar, Kind::telemetry, Kind::namespace_, Facet::workloads},
    .check = check,
};

}  // namespace hop::rules
