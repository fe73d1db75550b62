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

/// A host that meets a wider or narrower one, and which peers say so: each knows half of these.
struct Overlap {
  const Claim* at;
  const Claim* other;
  bool scoped;        ///< one of the two is exported to all, the other is not
  bool of_namespace;  ///< the wider is about the Services of one namespace
  int codes() const { return (scoped ? 1 : 0) + (of_namespace ? 1 : 0); }
};
/// By VirtualService and place of the host, each with the overlap that most is said of.
using Overlaps = std::map<std::pair<std::uint32_t, std::uint32_t>, Overlap>;

void keep(Overlaps& overlaps, const Overlap& overlap) {
  const auto [at, first] = overlaps.try_emplace({overlap.at->vs->id, overlap.at->host.span().begin}, overlap);
  if (!first && at->second.codes() < overlap.codes()) at->second = overlap;
}

/// The narrower host wins altogether. On Gateways that is everyday, and only said of Services of one namespace.
void add_overlaps(const Scene& scene, const Claims::value_type& group, const std::string& pattern, Overlaps& overlaps) {
  const auto& [place, host] = group.first;
  const auto wider = scene.claims.find({place, pattern});
  if (wider == scene.claims.end()) return;
  const bool in_mesh = place == "mesh";
  for (const Claim& own : group.second) {
    for (const Claim& rival : std::span(wider->second).first(std::min(wider->second.size(), compared))) {
      if (!collide(scene, group.first, own, wider->first, rival)) continue;
      const bool of_namespace = is_of_namespace(scene.graph, rival, pattern, host);
      if (!in_mesh && !of_namespace) continue;
      const bool scoped = in_mesh && own.seen->everywhere != rival.seen->everywhere;
      keep(overlaps, {&own, &rival, scoped, of_namespace});
      keep(overlaps, {&rival, &own, scoped, of_namespace});
    }
  }
}

Overlaps find_overlaps(const Scene& scene) {
  Overlaps overlaps;
  std::string_view at;
  bool any_wide = false;
  for (const Claims::value_type& group : scene.claims) {
    const auto& [place, host] = group.first;
    // `*` sorts before what hosts consist of.
    if (at != place) any_wide = host.starts_with('*');
    at = place;
    if (!any_wide || host == "*") continue;
    std::string_view rest = host;
    if (rest.starts_with("*.")) rest.remove_prefix(2);
    for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
      rest.remove_prefix(dot + 1);
      add_overlaps(scene, group, "*." + std::string(rest), overlaps);
    }
    add_overlaps(scene, group, "*", overlaps);
  }
  return overlaps;
}

void report_overlap(const Overlap& overlap, Report& report) {
  const Claim& at = *overlap.at;
  Finding finding =
      report.at(at.vs, at.host, format("host `{}` overlaps a host of VirtualService `{}`", at.host.str(), overlap.other->vs->name));
  finding.severity(Severity::info).note(overlap.other->host, "the other host");
  finding.effect("the narrower host wins: the routes of the wider one are not tried for it");
  if (overlap.scoped) finding.alias("IST0109");
  if (overlap.of_namespace) finding.alias("KIA1106");
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
  for (const auto& [at, overlap] : find_overlaps(scene)) {
    if (overlap.at->vs->linted() && !said.contains(at.first)) report_overlap(overlap, report);
  }
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
