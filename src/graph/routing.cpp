#include "graph/routing.h"

#include <algorithm>
#include <deque>
#include <map>
#include <span>
#include <unordered_map>

#include "graph/graph.h"
#include "graph/index.h"
#include "graph/reads.h"
#include "graph/subset_rules.h"
#include "model/broken.h"
#include "model/host.h"
#include "text/format.h"

namespace hop {
namespace {

std::string folded(std::string_view host) {
  std::string text = lower(host);
  if (text.size() > 1 && text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

namespace {

std::uint64_t hash_of(std::string_view text) { return KeyHash().add(text).value(); }

}  // namespace

void HostSet::add(std::string_view host) {
  const std::string text = folded(host);
  if (text == "*") {
    all_ = true;
    return;
  }
  std::string_view rest = text;
  if (rest.starts_with("*.")) {
    rest.remove_prefix(2);
    wild_.insert(hash_of(rest));
    suffixes_.insert(hash_of(rest));
  } else {
    exact_.insert(hash_of(text));
  }
  // Where a suffix is known, so are those of it.
  for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
    rest.remove_prefix(dot + 1);
    if (!suffixes_.insert(hash_of(rest)).second) return;
  }
}

bool HostSet::overlaps(std::string_view host) const {
  if (empty()) return false;
  const std::string text = folded(host);
  if (all_ || text == "*") return true;
  std::string_view rest = text;
  const bool wild = rest.starts_with("*.");
  if (wild) {
    rest.remove_prefix(2);
    if (suffixes_.contains(hash_of(rest))) return true;  // something of the set lies below it
    if (wild_.contains(hash_of(rest))) return true;
  } else if (exact_.contains(hash_of(text))) {
    return true;
  }
  for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
    rest.remove_prefix(dot + 1);
    if (wild_.contains(hash_of(rest))) return true;
  }
  return false;
}

namespace {

/// A way to some servers of gateways, and the hosts that the ALBs among the manifests let through to them. Very many target groups lead to
/// the same servers, which may be as many.
struct WayIn {
  std::span<const ServerRef> servers;
  HostSet hosts;
  std::vector<std::pair<std::uint32_t, yaml::Node>> nodes;  ///< with the position of the target group
  bool open = false;                                        ///< some target group takes any host
  bool other_entry = false;
};

/// All ways to one gateway, in the order of their first target groups.
using Front = std::vector<const WayIn*>;

bool is_load_balancer(const Lookup& service) {
  return service.found() && Service(*service.target).type().equals("LoadBalancer") != Truth::no;
}

std::deque<WayIn> ways_in(const Index& index) {
  std::deque<WayIn> ways;
  std::unordered_map<const ServerRef*, WayIn*> known;  // looked up only
  for (std::uint32_t at = 0; at < index.target_groups.size(); ++at) {
    const TargetGroup& group = index.target_groups[at];
    if (group.servers.empty()) continue;
    WayIn*& way = known[group.servers.data()];
    if (way == nullptr) way = &ways.emplace_back();
    way->servers = group.servers;
    const auto host = text_of(group.backend.rule.host());
    way->open = way->open || !host.is_known();
    way->other_entry = way->other_entry || is_load_balancer(group.service);
    if (!host.is_known()) continue;
    way->hosts.add(*host);
    way->nodes.emplace_back(at, host.node());
  }
  return ways;
}

std::map<std::uint32_t, Front> fronts_of(const std::deque<WayIn>& ways) {
  std::map<std::uint32_t, Front> fronts;
  for (const WayIn& way : ways) {
    for (const ServerRef& ref : way.servers) {
      Front& front = fronts[ref.gateway->id];
      if (front.empty() || front.back() != &way) front.push_back(&way);
    }
  }
  return fronts;
}

bool overlaps(const Front& front, std::string_view host) {
  return std::ranges::any_of(front, [&](const WayIn* way) { return way->hosts.overlaps(host); });
}

std::vector<std::string_view> labels_of(std::string_view host) {
  if (host.starts_with("*.")) host.remove_prefix(2);
  return split_list(host, '.');
}

/// How many labels of the domains differ; a host behind a wildcard leaves its first label out.
std::size_t labels_apart(std::string_view host, std::string_view ingress_host) {
  if (is_wildcard(ingress_host) && !is_wildcard(host)) {
    const std::size_t dot = host.find('.');
    if (dot == std::string_view::npos) return 99;
    host.remove_prefix(dot + 1);
  }
  const auto a = labels_of(host);
  const auto b = labels_of(ingress_host);
  if (a.size() != b.size() || a.size() < 2) return 99;
  std::size_t apart = 0;
  for (std::size_t i = 0; i < a.size(); ++i) apart += lower(a[i]) != lower(b[i]) ? 1 : 0;
  return apart;
}

/// Two hosts of one domain are two hosts; what counts as a slip is a domain that differs in one label.
bool is_near(std::string_view host, std::string_view ingress_host) {
  if (labels_apart(host, ingress_host) != 1) return false;
  if (is_wildcard(ingress_host)) return true;
  return lower(labels_of(host).front()) == lower(labels_of(ingress_host).front());
}

constexpr std::ptrdiff_t compared_hosts = 100;  ///< for the nearest one; more are not looked at

yaml::Node nearest_of(const Front& front, std::string_view host) {
  std::vector<std::pair<std::uint32_t, yaml::Node>> nodes;
  for (const WayIn* way : front) {
    nodes.insert(nodes.end(), way->nodes.begin(), way->nodes.begin() + std::min<std::ptrdiff_t>(std::ssize(way->nodes), compared_hosts));
  }
  std::ranges::stable_sort(nodes, {}, [](const auto& node) { return node.first; });
  yaml::Node best = nodes.front().second;
  for (std::size_t i = 0; i < std::min<std::size_t>(nodes.size(), compared_hosts); ++i) {
    if (labels_apart(host, nodes[i].second.str()) < labels_apart(host, best.str())) best = nodes[i].second;
  }
  return best;
}

class Router {
 public:
  Router(const Graph& graph, Index& index) : graph_(graph), index_(index), ways_(ways_in(index)), fronts_(fronts_of(ways_)) {}

  void run() {
    for (const Edge& edge : graph_.edges(Relation::virtualservice_gateway)) {
      if (edge.to.found()) bind(edge);
    }
    for (const Resource* resource : graph_.of(Kind::virtual_service)) {
      if (resource->linted()) judge(VirtualService(*resource));
      if (is_broken(*resource)) open_gateways_of(*resource);
    }
    file_rules();
  }

 private:
  void file_rules() {
    for (const Resource* rule : graph_.of(Kind::destination_rule)) {
      const yaml::Node written = DestinationRule(*rule).host();
      const std::string_view host = index_.strings->keep(graph_.full_host(*rule, written.str()));
      index_.destination_rules.add(KeyHash().add(rule->cluster).add(host).value(), rule);
      if (text_of(written).is_known()) index_.rules_by_host.push_back({host, rule});
      index_.has_wide_rules = index_.has_wide_rules || host.starts_with('*');
      index_.has_open_rules = index_.has_open_rules || rule->ns.empty();
    }
    seal(index_, index_.destination_rules);
    std::ranges::stable_sort(index_.rules_by_host, {}, &Graph::HostRule::host);
    index_.has_crowded_hosts = has_crowd(index_.rules_by_host);
  }

  /// Whether a host has many rules, or subsets, counting every wildcard for each.
  static bool has_crowd(const std::vector<Graph::HostRule>& by_host) {
    constexpr std::ptrdiff_t crowd = 16;
    if (std::ranges::count_if(by_host, [](const Graph::HostRule& rule) { return rule.host.starts_with('*'); }) > crowd) return true;
    for (auto first = by_host.begin(); first != by_host.end();) {
      const auto last = std::ranges::find_if(first, by_host.end(), [&](const Graph::HostRule& rule) { return rule.host != first->host; });
      std::size_t subsets = 0;
      for (auto rule = first; rule != last; ++rule) subsets += rule->rule->spec()["subsets"].size();
      if (last - first > crowd || subsets > crowd) return true;
      first = last;
    }
    return false;
  }

  void bind(const Edge& edge) {
    const VirtualService vs(*edge.from);
    edge.to.any([&](const Resource& gateway) {
      GatewayRoutes& routes = index_.gateway_routes[gateway.id];
      routes.virtual_services.push_back(vs);
      for (yaml::Node host : vs.hosts()) {
        const auto text = text_of(host);
        routes.unknown = routes.unknown || !text.is_known();
        if (text.is_known()) routes.hosts.add(*text);
      }
      return false;
    });
  }

  /// Which hosts and routes of a VirtualService are gone with the lines that do not parse nobody knows.
  void open_gateways_of(const Resource& broken) {
    for (const Edge* edge : graph_.from(broken)) {
      if (edge->relation != Relation::virtualservice_gateway) continue;
      edge->to.any([&](const Resource& gateway) {
        index_.gateway_routes[gateway.id].unknown = true;
        return false;
      });
    }
  }

  /// Only where every gateway of the VirtualService is known and stands behind ALBs alone.
  void judge(const VirtualService& vs) {
    std::vector<const Front*> fronts;
    std::vector<const Edge*> edges;
    for (const Edge* edge : graph_.from(*vs)) {
      if (edge->relation != Relation::virtualservice_gateway) continue;
      const auto front = edge->to.found() ? fronts_.find(edge->to.target->id) : fronts_.end();
      if (front == fronts_.end() || !edge->to.copies.empty()) return;
      if (std::ranges::any_of(front->second, &WayIn::open)) return;
      fronts.push_back(&front->second);
      edges.push_back(edge);
    }
    if (fronts.empty()) return;
    const auto passes = [&](std::string_view host) {
      return std::ranges::any_of(fronts, [&](const Front* front) { return overlaps(*front, host); });
    };
    const bool in_mesh = vs.applies_to_mesh();
    // One of several names may be what clients in the mesh say.
    const auto comes_in = [&](yaml::Node host) { return !text_of(host).is_known() || passes(host.str()); };
    if (in_mesh && std::ranges::any_of(vs.hosts(), comes_in)) return;
    for (yaml::Node host : vs.hosts()) {
      const auto text = text_of(host);
      if (!text.is_known() || *text == "*" || passes(*text)) continue;
      if (in_mesh && is_of_mesh(vs, *text)) continue;
      const yaml::Node nearest = nearest_of(*fronts.front(), *text);
      const bool other_entry = std::ranges::any_of(*fronts.front(), &WayIn::other_entry);
      index_.unreachable_hosts.push_back({vs.resource, host, nearest, is_near(*text, nearest.str()), other_entry});
      for (const Edge* edge : edges) index_.gateway_routes[edge->to.target->id].unreachable = true;
    }
  }

  bool is_of_mesh(const VirtualService& vs, std::string_view host) const {
    return service_host(host, index_.cluster_domain) || half_qualified_host(host) || graph_.find_host(*vs, host).found();
  }

  const Graph& graph_;
  Index& index_;
  std::deque<WayIn> ways_;
  std::map<std::uint32_t, Front> fronts_;  ///< by the Gateway's id
};

}  // namespace

void find_routes(const Graph& graph, Index& index) { Router(graph, index).run(); }

const GatewayRoutes& Graph::routes_of(const Resource& gateway) const {
  note(Facet::routing);
  static const GatewayRoutes none;
  const auto found = index_->gateway_routes.find(gateway.id);
  return found == index_->gateway_routes.end() ? none : found->second;
}

const GatewayHosts& Graph::served_hosts(const Resource& gateway) const {
  static const GatewayHosts unknown;
  const auto found = index_->gateway_routes.find(gateway.id);
  return found == index_->gateway_routes.end() ? unknown : found->second.served.get([&] { return GatewayHosts(gateway); });
}

std::span<const UnreachableHost> Graph::unreachable_hosts() const {
  note(Facet::routing);
  return index_->unreachable_hosts;
}

std::span<const Destination> Graph::destinations(const VirtualService& vs) const {
  note(Facet::references, [&](Reads& reads) { reads.add(index_->edge_reads.of(*vs)); });
  const std::uint32_t begin = index_->destinations_begin[vs->id];
  return std::span(index_->destinations).subspan(begin, index_->destinations_begin[vs->id + 1] - begin);
}

std::string Graph::full_host(const Resource& from, std::string_view host) const {
  if (const auto service = service_host(host, index_->cluster_domain); service && service->ns.empty()) {
    return folded(host) + "." + std::string(from.ns) + ".svc." + std::string(index_->cluster_domain);
  }
  return folded(host);
}

Truth Graph::has_host_under(std::string_view wildcard) const {
  note(Kind::service);
  note(Kind::service_entry);
  const WrittenHosts& written = index_->written_hosts;
  std::call_once(written.once, [&] {
    const Graph within = quiet();
    for (const Service& service : within.all<Service>()) written.hosts.add(full_host(*service, service->name));
    for (const ServiceEntry& entry : within.all<ServiceEntry>()) {
      written.unknown = written.unknown || entry->opaque;
      for (yaml::Node host : entry.hosts()) {
        written.unknown = written.unknown || !text_of(host).is_known();
        written.hosts.add(full_host(*entry, host.str()));
      }
    }
  });
  return written.unknown ? Truth::unknown : truth(written.hosts.overlaps(wildcard));
}

std::span<const Graph::HostRule> Graph::rules_by_host() const {
  note(Kind::destination_rule);
  return index_->rules_by_host;
}

std::span<const Graph::HostRule> Graph::rules_by_host(std::string_view host) const {
  note(Kind::destination_rule);
  const auto found = std::ranges::equal_range(index_->rules_by_host, host, {}, &HostRule::host);
  return {found.begin(), found.end()};
}

bool Graph::has_destination_rules(const Resource& from) const {
  note(Facet::routing,
       [&](Reads& reads) { from.ns.empty() ? reads.all(Kind::destination_rule) : reads.in_namespace(Kind::destination_rule, from.ns); });
  return index_->names->evidence.contains(evidence_key(*input_, from, Kind::destination_rule, from.ns)) &&
         !index_->makers.may_make(*input_, from, Kind::destination_rule, from.ns);
}

namespace {

Answered<HostRules> find_rules(const Graph& graph, const Index& index, const Resource& from, std::string_view host,
                               const std::string& full) {
  Answered<HostRules> answered;
  HostRules& rules = answered.answer;
  const auto collect = [&](std::string_view key, std::vector<DestinationRule>& out) {
    for (std::uint16_t cluster : {from.cluster, every_cluster}) {
      if (cluster == every_cluster && !index.names->has_known) continue;
      const auto begin = static_cast<std::ptrdiff_t>(out.size());
      const auto take = [&](const Resource* rule) {
        if (!graph.sees(from, *rule)) return Take::no;
        out.emplace_back(*rule);
        return Take::yes;
      };
      const Passed passed = index.destination_rules.each_near(
          KeyHash().add(cluster).add(key).value(), from, [&](const Resource* rule) { return copy_of(index, *rule); }, take);
      answered.by_place = answered.by_place || passed.some;
      std::sort(out.begin() + begin, out.end(), [](const DestinationRule& a, const DestinationRule& b) { return a->id < b->id; });
    }
  };
  collect(full, rules.exact);
  if (index.has_wide_rules) {
    std::string_view rest = full;
    for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
      rest.remove_prefix(dot + 1);
      collect("*." + std::string(rest), rules.wide);
    }
    collect("*", rules.wide);
  }
  // A rule whose namespace is left open may mean this host, and a host whose namespace is left open may be meant by any.
  if (const auto service = service_host(full, index.cluster_domain); service && index.has_open_rules) {
    std::vector<DestinationRule> open;
    if (!service->ns.empty()) collect(std::string(service->name) + "..svc." + std::string(index.cluster_domain), open);
    rules.unknown = !open.empty();
  }
  rules.unknown = rules.unknown || (from.ns.empty() && service_host(host, index.cluster_domain) && rules.exact.empty() &&
                                    !index.by_kind[static_cast<std::size_t>(Kind::destination_rule)].empty());
  return answered;
}

}  // namespace

SharedRules Graph::destination_rules(const Resource& from, std::string_view host) const {
  const std::string full = full_host(from, host);
  note(Facet::routing, [&](Reads& reads) {  // wildcards and open rules are in every cell of the kind
    from.ns.empty() ? reads.all(Kind::destination_rule) : reads.at_host(Kind::destination_rule, full);
  });
  if (!index_->has_crowded_hosts) return std::make_shared<const HostRules>(find_rules(quiet(), *index_, from, host, full).answer);
  // Of where it is asked only these count.
  std::string question = format("{} {} {} ", from.cluster, from.variant, from.ns.empty() ? host : std::string_view());
  question += full;
  const auto find = [&] { return find_rules(quiet(), *index_, from, host, full); };
  return {index_, &index_->rules_of_host.of(std::move(question), from, find)};
}

const SubsetRules& Graph::subset_rules(const HostRules& rules, std::string_view subset) const {
  note(Facet::mesh);  // says who sees a rule that does not
  const Subsets& subsets = subsets_of(quiet(), rules);
  const auto found = subsets.by_name.find(subset);
  return found == subsets.by_name.end() ? subsets.none : found->second;
}

}  // namespace hop
