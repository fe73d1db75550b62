// VirtualServices that claim one host at one place.
#include <map>
#include <set>

#include "graph/sidecar_scope.h"
#include "graph/visibility.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Claim {
  VirtualService vs;
  yaml::Node host;
  const Visibility* seen;
};
/// Claims by place (the mesh, or a Gateway as `ns/name`) and host.
using Place = std::pair<std::string, std::string>;
using Claims = std::map<Place, std::vector<Claim>>;

struct Scene {
  const Graph& graph;
  SidecarScopes scopes;
  Claims claims;
  std::deque<Visibility> seen = {};
};

constexpr std::size_t compared = 100;  ///< claims of one host; more are not looked at

/// A route that takes every request leaves none for the routes behind it.
bool takes_all(const VirtualService& vs) {
  for (yaml::Node route : vs.spec()["http"].items()) {
    if (route["match"].size() == 0) return true;
    for (yaml::Node match : route["match"].items()) {
      if (match.size() == 1 && match["uri"]["prefix"].str() == "/") return true;
    }
  }
  return false;
}

/// Sidecars narrow what is seen in the mesh; gateways see everything that is exported to them.
bool collide(const Scene& scene, const Place& place_a, const Claim& a, const Place& place_b, const Claim& b) {
  if (!comparable(scene.graph, *a.vs, *b.vs)) return false;
  if (place_a.first != "mesh") return meet(*a.seen, *b.seen) == Truth::yes;
  return scene.scopes.meet({a.vs.resource, place_a.second, a.seen}, {b.vs.resource, place_b.second, b.seen});
}

const Claim* find_rival(const Scene& scene, const Place& place, const Claim& own, const Claims::value_type& group) {
  for (const Claim& other : std::span(group.second).first(std::min(group.second.size(), compared))) {
    if (collide(scene, place, own, group.first, other)) return &other;
  }
  return nullptr;
}

void report_mesh(const Claim& own, const Claim& rival, Report& report) {
  report.at(own.vs, own.host, format("two VirtualServices are for host `{}` in the mesh", own.host.str()))
      .alias("IST0109")
      .alias("KIA1106")
      .note(rival.host, format("VirtualService `{}` is for it, too", rival.vs->name));
}

void report_gateway(const Claim& own, const Claim& rival, std::string_view gateway, Report& report) {
  const bool hidden = takes_all(own.vs) && takes_all(rival.vs);
  Finding finding = report.at(own.vs, own.host, format("two VirtualServices are for host `{}` on Gateway `{}`", own.host.str(), gateway));
  finding.alias("KIA1106").note(rival.host, format("VirtualService `{}` is for it, too", rival.vs->name));
  finding.severity(hidden ? Severity::warning : Severity::info);
  finding.effect(hidden ? "both take every path: the older one's route wins, the other's is never reached"
                        : "the gateway merges their routes, in no order that can be relied on");
}

/// Whether the wider host means the Services of one namespace, and the narrower is among them.
bool is_of_namespace(const Graph& graph, const Claim& wide, std::string_view wide_host, std::string_view host) {
  const std::string domain = format(".svc.{}", graph.cluster_domain());
  const std::string own = format(".{}{}", wide.vs->ns, domain);
  return wide_host == "*" ? host.ends_with(own) : wide_host.ends_with(domain);
}

/// The narrower host wins altogether. On Gateways that is everyday, and only said of Services of one namespace.
void report_wildcards(const Scene& scene, std::set<std::uint32_t>& said, Report& report) {
  const auto say = [&](const Claim& at, const Claim& other, bool one_scope, bool of_namespace) {
    if (!at.vs->linted() || !said.insert(at.vs->id).second) return;
    Finding finding = report.at(at.vs, at.host, format("host `{}` overlaps a host of VirtualService `{}`", at.host.str(), other.vs->name));
    finding.severity(Severity::info).note(other.host, "the other host");
    finding.effect("the narrower host wins: the routes of the wider one are not tried for it");
    // Peers know half of these each.
    if (!one_scope) finding.alias("IST0109");
    if (of_namespace) finding.alias("KIA1106");
  };
  const auto look = [&](const Claims::value_type& group, const std::string& pattern) {
    const auto wider = scene.claims.find({group.first.first, pattern});
    if (wider == scene.claims.end()) return;
    for (const Claim& own : group.second) {
      const Claim* rival = find_rival(scene, group.first, own, *wider);
      if (rival == nullptr) continue;
      const bool in_mesh = group.first.first == "mesh";
      const bool of_namespace = is_of_namespace(scene.graph, *rival, pattern, group.first.second);
      if (!in_mesh && !of_namespace) continue;
      const bool one_scope = !in_mesh || own.seen->everywhere == rival->seen->everywhere;
      say(own, *rival, one_scope, of_namespace);
      say(*rival, own, one_scope, of_namespace);
    }
  };
  std::string_view at;
  bool any_wide = false;
  for (const Claims::value_type& group : scene.claims) {
    const Place& place = group.first;
    // `*` sorts before what hosts consist of.
    if (at != place.first) any_wide = place.second.starts_with('*');
    at = place.first;
    if (!any_wide || place.second == "*") continue;
    std::string_view rest = place.second;
    if (rest.starts_with("*.")) rest.remove_prefix(2);
    for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
      rest.remove_prefix(dot + 1);
      look(group, "*." + std::string(rest));
    }
    look(group, "*");
  }
}

void check(const Graph& graph, Report& report) {
  Scene scene{graph, SidecarScopes(graph), {}};
  for (const VirtualService& vs : graph.all<VirtualService>()) {
    if (vs->opaque) continue;
    scene.seen.push_back(visibility(graph, *vs));
    std::set<std::string> places;
    if (vs.applies_to_mesh()) places.insert("mesh");
    for (const Edge* edge : graph.from(*vs)) {
      if (edge->relation == Relation::virtualservice_gateway) places.insert(format("{}/{}", edge->ns, edge->name));
    }
    for (yaml::Node host : vs.hosts()) {
      if (!text_of(host).is_known()) continue;
      for (const std::string& place : places)
        scene.claims[{place, graph.full_host(*vs, host.str())}].push_back({vs, host, &scene.seen.back()});
    }
  }
  std::set<std::uint32_t> said;
  for (const Claims::value_type& group : scene.claims) {
    const Place& place = group.first;
    for (const Claim& own : group.second) {
      const Claim* rival = own.vs->linted() ? find_rival(scene, place, own, group) : nullptr;
      if (rival == nullptr) continue;
      if (place.first == "mesh") {
        report_mesh(own, *rival, report);
        said.insert(own.vs->id);
      } else {
        report_gateway(own, *rival, place.first, report);
      }
    }
  }
  report_wildcards(scene, said, report);
}

}  // namespace

extern constinit const Rule virtualservice_host_conflict = {
    .info =
        {.id = "virtualservice-host-conflict",
         .summary = "two VirtualServices are for one host at one place",
         .docs =
             "In the mesh a host has one VirtualService: of two that a namespace sees, sidecars take the older one whole and drop the "
             "other. On a Gateway the routes of both are merged: a warning where both take every path, else info. A host and a wildcard "
             "over it are info in the mesh, and on a Gateway where both are about Services of one namespace: the narrower wins.\n\n"
             "Silent where no namespace sees both (`exportTo`, and in the mesh Sidecars).",
         .effect = "the routes of the younger one do not exist for sidecars",
         .source = "https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services",
         .severity = Severity::error,
         .aliases = {"IST0109", "KIA1106"}},
    .reads = {Kind::virtual_service, Kind::sidecar, Kind::namespace_, Facet::references, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
