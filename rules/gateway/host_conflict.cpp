// Two Gateway servers for one host on one port of the same pods.
#include <map>
#include <set>
#include <tuple>

#include "graph/server_groups.h"
#include "graph/visibility.h"
#include "model/port.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

using ByHost = std::map<std::string, std::vector<const ServedHost*>, std::less<>>;

using Place = std::pair<FileId, std::uint32_t>;
Place place_of(const ServedHost& served) { return {served.node.span().file, served.node.span().begin}; }

constexpr std::size_t compared = 100;  ///< servers of one host; more are not looked at

bool is_tls(const ServedHost& served) { return speaks_tls(parse_protocol(served.server.protocol().value_or(""))); }

bool meeting(const Graph& graph, const ServedHost& a, const ServedHost& b) {
  if (a.node == b.node || !(a.ns.empty() || b.ns.empty() || a.ns == b.ns)) return false;
  return a.gateway->id == b.gateway->id || comparable(graph, *a.gateway, *b.gateway);
}

/// One of another Gateway says more than the own one; of those, one that terminates TLS does the harm; then by name, whatever the order of
/// the documents.
bool is_named_before(const ServedHost& own, const ServedHost& a, const ServedHost& b) {
  const auto key = [&](const ServedHost& served) {
    const Gateway& gateway = served.gateway;
    return std::tuple(gateway->id == own.gateway->id, !is_tls(served), gateway->ns, gateway->name, served.node.str());
  };
  return key(a) < key(b);
}

const ServedHost* find_rival(const Graph& graph, const ServedHost& own, const std::vector<const ServedHost*>& group) {
  const ServedHost* rival = nullptr;
  for (const ServedHost* other : std::span(group).first(std::min(group.size(), compared))) {
    if (meeting(graph, own, *other) && (rival == nullptr || is_named_before(own, *other, *rival))) rival = other;
  }
  return rival;
}

void report_equal(const ServedHost& own, const ServedHost& rival, Report& report) {
  const bool harmful = is_tls(own) || is_tls(rival);
  const bool other = own.gateway->id != rival.gateway->id;
  Finding finding =
      report.at(own.gateway, own.node, format("two servers on port {} are for host `{}`", *own.server.port(), own.node.str()));
  finding.alias("KIA0301").note(rival.node, other ? format("the server of Gateway `{}`", rival.gateway->name) : "the other server");
  if (other) finding.alias("IST0145");
  if (!harmful)
    finding.severity(Severity::info).effect("the gateway serves both as one: VirtualServices of either are reachable through both");
}

void report_overlap(const ServedHost& own, const ServedHost& other, Report& report) {
  report.at(own.gateway, own.node, format("host `{}` on port {} overlaps a host of another server", own.node.str(), *own.server.port()))
      .severity(Severity::info)
      .alias("KIA0301")
      .effect("requests go to the server with the narrower host")
      .note(other.node, "the other host");
}

/// A host under a wildcard of another server, and the other way round.
void report_overlaps(const Graph& graph, const ByHost& hosts, std::set<Place>& said, Report& report) {
  const auto say = [&](const ServedHost& own, const std::vector<const ServedHost*>& others) {
    if (!own.gateway->linted() || said.contains(place_of(own))) return;
    const ServedHost* rival = find_rival(graph, own, others);
    if (rival == nullptr) return;
    said.insert(place_of(own));
    report_overlap(own, *rival, report);
  };
  for (const auto& [host, group] : hosts) {
    if (host == "*") continue;
    const auto look = [&](const std::string& pattern) {
      const auto wider = hosts.find(pattern);
      if (wider == hosts.end()) return;
      for (const ServedHost* own : group) say(*own, wider->second);
      for (const ServedHost* wide : std::span(wider->second).first(std::min(wider->second.size(), compared))) say(*wide, group);
    };
    std::string_view rest = host;
    for (std::size_t dot = rest.find('.'); !host.starts_with('*') && dot != std::string_view::npos; dot = rest.find('.')) {
      rest.remove_prefix(dot + 1);
      look("*." + std::string(rest));
    }
    look("*");
  }
}

void check(const Graph& graph, Report& report) {
  std::set<Place> said;
  std::vector<ByHost> overlapping;
  const auto groups = server_groups(graph);
  for (const auto& [key, group] : groups) {
    if (group.hosts.size() < 2) continue;  // of most gateways
    ByHost& hosts = overlapping.emplace_back();
    for (const ServedHost& served : group.hosts) hosts[served.host].push_back(&served);
    for (const ServedHost& own : group.hosts) {
      const ServedHost* rival = own.gateway->linted() ? find_rival(graph, own, hosts[own.host]) : nullptr;
      if (rival != nullptr && said.insert(place_of(own)).second) report_equal(own, *rival, report);
    }
  }
  for (const ByHost& hosts : overlapping) report_overlaps(graph, hosts, said, report);
}

}  // namespace

extern constinit const Rule gateway_host_conflict = {
    .info = {.id = "gateway-host-conflict",
             .summary = "two Gateway servers are for one host on one port of the same pods",
             .docs = "Servers meet where their Gateways select the same pods, on the same port and `bind`, for hosts open to the same "
                     "namespace. An "
                     "error where one of them terminates TLS: the gateway keeps the older and drops the other. Plain HTTP servers are "
                     "merged: info. "
                     "So is a host under another server's wildcard: the narrower host wins.",
             .effect = "the gateway drops the younger server; VirtualServices bound to it alone get 404",
             .source = "https://istio.io/latest/docs/reference/config/analysis/ist0145/",
             .severity = Severity::error,
             .aliases = {"IST0145", "KIA0301"}},
    .reads = {Kind::gateway, Facet::workloads},
    .check = check,
};

}  // namespace hop::rules
