// A half-written host that, written out, another VirtualService is for.
#include <algorithm>
#include <map>
#include <tuple>

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
  const auto place = [](const Claim& claim) { return std::tuple(std::string_view(claim.host), claim.vs->ns, claim.vs->name); };
  std::stable_sort(claims.begin(), claims.end(), [&](const Claim& a, const Claim& b) { return place(a) < place(b); });
  return claims;
}

constexpr std::size_t told = 100;  ///< VirtualServices for one host; more are not told of

std::vector<const Claim*> find_claims(const Graph& graph, const std::vector<Claim>& claims, const VirtualService& own,
                                      std::string_view host) {
  std::vector<const Claim*> found;
  const auto first =
      std::lower_bound(claims.begin(), claims.end(), host, [](const Claim& claim, std::string_view wanted) { return claim.host < wanted; });
  for (auto at = first; at != claims.end() && at->host == host && found.size() < told; ++at) {
    if (at->vs->id != own->id && graph.sees(*own, *at->vs)) found.push_back(&*at);
  }
  return found;
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
  const auto place = [](const Half& half) { return std::tuple(half.vs->ns, half.vs->name); };
  std::stable_sort(halves.begin(), halves.end(), [&](const Half& a, const Half& b) { return place(a) < place(b); });
  return halves;
}

void check(const Graph& graph, Report& report) {
  const std::vector<Half> halves = half_hosts(graph);
  if (halves.empty()) return;
  const std::vector<Claim> claims = whole_hosts(graph);
  std::map<const Claim*, const Half*> met;  // by whole host, one that is written by half
  for (const Half& half : halves) {
    const std::string domain = format("{}.svc.{}", half.host.ns, graph.cluster_domain());
    std::vector<const Claim*> rivals = find_claims(graph, claims, half.vs, format("{}.{}", half.host.name, domain));
    if (rivals.empty()) rivals = find_claims(graph, claims, half.vs, "*." + domain);
    if (rivals.empty()) continue;
    const Claim& rival = *rivals.front();
    report.at(half.vs, half.node, format("`{}`, written out, is a host of VirtualService `{}`", half.node.str(), rival.vs->name))
        .alias("KIA1106")
        .note(rival.node, "the whole name");
    for (const Claim* claim : rivals) met.emplace(claim, &half);
  }
  for (const auto& [claim, half] : met) {
    if (!claim->vs->linted()) continue;
    report.at(claim->vs, claim->node, format("the VirtualService `{}` means this host by `{}`", half->vs->name, half->node.str()))
        .alias("KIA1106")
        .effect("nothing yet; once that is written out, sidecars take one of the two VirtualServices")
        .note(half->node, "a host of its own to Istio");
  }
}

}  // namespace

extern constinit const Rule virtualservice_half_host_conflict = {
    .info =
        {.id = "virtualservice-half-host-conflict",
         .summary = "a half-written host is, written out, the host of another VirtualService",
         .docs =
             "Istio completes names without a dot only: `cart.shop` and `cart.shop.svc.cluster.local` are two hosts to it, and one "
             "to whoever wrote them. Written out, the two VirtualServices would be for one host, of which sidecars take one. Told of both.",
         .effect = "these routes are not used for calls to the Service; mended by the whole name, they meet the other's",
         .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService",
         .severity = Severity::info,
         .aliases = {"KIA1106"}},
    .reads = {Kind::virtual_service},
    .check = check,
};

}  // namespace hop::rules
