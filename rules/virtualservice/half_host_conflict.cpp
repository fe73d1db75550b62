// A half-written host that, written out, another VirtualService is for.
#include <algorithm>

#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Claim {
  VirtualService vs;
  yaml::Node node;
  std::string host;  ///< completed as Istio does
};

/// Whole names and wildcards over them, sorted, so that each is found without a look at the others.
std::vector<Claim> whole_hosts(const Graph& graph) {
  std::vector<Claim> claims;
  for (const VirtualService& vs : graph.all<VirtualService>()) {
    if (!vs.applies_to_mesh()) continue;
    for (yaml::Node node : vs.hosts()) {
      const auto host = text_of(node);
      if (host.is_known() && !half_qualified_host(*host)) claims.push_back({vs, node, graph.full_host(*vs, *host)});
    }
  }
  std::stable_sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) { return a.host < b.host; });
  return claims;
}

const Claim* find_claim(const Graph& graph, const std::vector<Claim>& claims, const VirtualService& own, std::string_view host) {
  const auto first =
      std::lower_bound(claims.begin(), claims.end(), host, [](const Claim& claim, std::string_view wanted) { return claim.host < wanted; });
  for (auto at = first; at != claims.end() && at->host == host; ++at) {
    if (at->vs->id != own->id && graph.sees(*own, *at->vs)) return &*at;
  }
  return nullptr;
}

struct Half {
  VirtualService vs;
  yaml::Node node;
  ServiceHost host;
};

std::vector<Half> half_hosts(const Graph& graph) {
  std::vector<Half> halves;
  for (const VirtualService& vs : graph.linted<VirtualService>()) {
    if (!vs.applies_to_mesh()) continue;
    for (yaml::Node node : vs.hosts()) {
      const auto text = text_of(node);
      if (const auto half = text.is_known() ? half_qualified_host(*text) : std::nullopt) halves.push_back({vs, node, *half});
    }
  }
  return halves;
}

void check(const Graph& graph, Report& report) {
  const std::vector<Half> halves = half_hosts(graph);
  if (halves.empty()) return;
  const std::vector<Claim> claims = whole_hosts(graph);
  for (const auto& [vs, node, half] : halves) {
    const std::string domain = format("{}.svc.{}", half.ns, graph.cluster_domain());
    const Claim* rival = find_claim(graph, claims, vs, format("{}.{}", half.name, domain));
    if (rival == nullptr) rival = find_claim(graph, claims, vs, "*." + domain);
    if (rival == nullptr) continue;
    report.at(vs, node, format("`{}`, written out, is a host of VirtualService `{}`", node.str(), rival->vs->name))
        .alias("KIA1106")
        .note(rival->node, "the whole name");
  }
}

}  // namespace

extern constinit const Rule virtualservice_half_host_conflict = {
    .info = {.id = "virtualservice-half-host-conflict",
             .summary = "a half-written host is, written out, the host of another VirtualService",
             .docs = "Istio completes names without a dot only: `cart.shop` and `cart.shop.svc.cluster.local` are two hosts to it, and one "
                     "to whoever wrote them. Written out, the two VirtualServices would be for one host, of which sidecars take one.",
             .effect = "these routes are not used for calls to the Service; mended by the whole name, they meet the other's",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService",
             .severity = Severity::info,
             .aliases = {"KIA1106"}},
    .reads = {Kind::virtual_service},
    .check = check,
};

}  // namespace hop::rules
