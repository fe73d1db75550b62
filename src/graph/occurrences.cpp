#include "graph/occurrences.h"

#include <algorithm>
#include <optional>
#include <set>

#include "graph/subset_rules.h"
#include "graph/target_port.h"
#include "model/broken.h"
#include "model/host.h"
#include "text/words.h"

namespace hop {

/// Collects them kind by kind.
class OccurrenceFinder {
 public:
  OccurrenceFinder(const Graph& graph, Occurrences& out) : graph_(graph), out_(out) {}

  void run() {
    for (const Resource& resource : graph_.resources()) {
      if (is_written(resource)) add_object(resource);
      if (!is_broken(resource)) continue;
      for (const Edge* edge : graph_.from(resource)) add_edge(*edge);
    }
    for (const Edge& edge : graph_.edges()) add_edge(edge);
    each<VirtualService>([&](const VirtualService& vs) { add_virtual_service(vs); });
    each<DestinationRule>([&](const DestinationRule& rule) { add_subsets(rule); });
    each<Gateway>([&](const Gateway& gateway) { add_gateway(gateway); });
    each<Ingress>([&](const Ingress& ingress) { add_ingress(ingress); });
    each<Service>([&](const Service& service) { add_service(service); });
    for (const Workload& workload : graph_.workloads()) {
      if (is_written(*workload)) add_container_ports(workload);
    }
  }

 private:
  using What = Symbol::What;

  /// Also those of documents that do not parse.
  template <class V, class Use>
  void each(Use use) const {
    for (const Resource* resource : graph_.of(V::kind)) {
      if (is_written(*resource)) use(V(*resource));
    }
  }

  std::uint32_t symbol(What what, const Resource* owner, std::string_view name) {
    const auto id = owner == nullptr ? 0xffffffffU : owner->id;
    const auto [at, fresh] = ids_.try_emplace({what, id, name}, static_cast<std::uint32_t>(out_.symbols_.size()));
    if (fresh) {
      out_.symbols_.push_back({what, owner, at->first.name});
      out_.joined_.push_back(at->second);
    }
    return at->second;
  }

  void join(std::uint32_t a, std::uint32_t b) {
    a = out_.root(a), b = out_.root(b);
    if (a != b) out_.joined_[std::max(a, b)] = std::min(a, b);
  }

  void add(std::uint32_t symbol, const Resource& in, yaml::Node node, std::string_view name, bool defines) {
    if (!node.is_scalar() || node.is_null() || name.empty() || yaml::is_placeholder(node.str()) || node.document()->synthetic()) return;
    const std::string_view text = node.str();
    const std::size_t at = name.data() >= text.data() && name.data() < text.data() + text.size()
                               ? static_cast<std::size_t>(name.data() - text.data())
                               : text.find(name);
    Occurrence one{node.span(), node, &in, symbol, defines, false, false};
    if (at != std::string_view::npos) {
      const Span part = at == 0 && name.size() == text.size() ? node.text_span() : node.part_span(at, at + name.size());
      one.verbatim = part.size() == name.size() && !node.via_alias();
      if (one.verbatim) one.place = part;
    }
    out_.all_.push_back(one);
  }

  void add_object(const Resource& resource) {
    if (resource.name_known && !resource.name.empty()) {
      add(symbol(What::object, &resource, {}), resource, resource.name_node(), resource.name_node().str(), true);
    }
    const yaml::Node ns = resource.metadata()["namespace"];
    if (resource.ns_known && ns.is_scalar() && !ns.str().empty())
      refer(resource, ns, ns.str(), graph_.find(resource, Kind::namespace_, "", ns.str()));
  }

  /// To each of the things it may be, which are one from here on.
  void refer(const Resource& from, yaml::Node place, std::string_view name, const Lookup& to) {
    if (to.target == nullptr) return;
    const std::uint32_t first = symbol(What::object, to.target, {});
    for (const Resource* copy : to.copies) join(first, symbol(What::object, copy, {}));
    add(first, from, place, name, false);
  }

  void add_edge(const Edge& edge) {
    if (!edge.to.found()) return;
    const bool is_host = edge.relation == Relation::virtualservice_destination || edge.relation == Relation::destinationrule_host;
    if (is_host) return refer_host(*edge.from, edge.place, edge.place.str(), edge.to);
    const auto kinds = SecretProvider::kinds();
    const bool provided = std::ranges::find(kinds, edge.to.target->kind) != kinds.end() && edge.to.target->kind != Kind::secret;
    if (!provided) return refer(*edge.from, edge.place, edge.name, edge.to);
    const std::uint32_t own = symbol(What::secret, edge.to.target, {});
    if (defined_.insert(own).second) {
      const yaml::Node name = SecretProvider(*edge.to.target).secret_name();
      add(own, *edge.to.target, name, name.str(), true);
    }
    add(own, *edge.from, edge.place, edge.name, false);
  }

  void refer_host(const Resource& from, yaml::Node place, std::string_view host, const Lookup& to) {
    if (to.target == nullptr) return;
    if (to.target->kind == Kind::service) {
      const bool short_name =
          host.starts_with(to.target->name) && (host.size() == to.target->name.size() || host[to.target->name.size()] == '.');
      return refer(from, place, short_name ? host.substr(0, to.target->name.size()) : host, to);
    }
    const std::uint32_t own = symbol(What::entry_host, to.target, host);
    if (defined_.insert(own).second && to.target->kind == Kind::service_entry) {
      for (yaml::Node written : ServiceEntry(*to.target).hosts()) {
        if (lower(written.str()) == lower(host)) add(own, *to.target, written, written.str(), true);
      }
    }
    add(own, from, place, host, false);
  }

  void add_host(const Resource& in, yaml::Node node, std::string_view host, bool defines) {
    if (host.find('.') != std::string_view::npos) add(symbol(What::host, nullptr, host), in, node, host, defines);
  }

  void add_virtual_service(const VirtualService& vs) {
    for (yaml::Node host : vs.hosts()) {
      if (!text_of(host).is_known()) continue;
      const Lookup to = graph_.find_host(*vs, host.str());
      to.found() ? refer_host(*vs, host, host.str(), to) : add_host(*vs, host, host.str(), false);
    }
    for (const Destination& destination : graph_.destinations(vs)) {
      add_destination(vs, destination, destination.edge != nullptr ? destination.edge->to.target : nullptr);
    }
    if (vs->linted()) return;
    for (const RouteDestination& destination : vs.destinations()) {
      add_destination(vs, destination, graph_.find_host(*vs, destination.host().str()).target);
    }
  }

  void add_destination(const VirtualService& vs, const RouteDestination& destination, const Resource* target) {
    const auto subset = text_of(destination.subset());
    if (subset.is_known()) refer_subset(vs, destination, *subset);
    if (target != nullptr && target->kind == Kind::service) refer_port(*vs, destination.port(), Service(*target));
  }

  void refer_subset(const VirtualService& vs, const RouteDestination& destination, std::string_view subset) {
    std::optional<std::uint32_t> first;
    const SharedRules shared = graph_.destination_rules(*vs, destination.host().str());
    for (const DestinationRule& rule : graph_.subset_rules(*shared, subset).rules) {
      const std::uint32_t own = symbol(What::subset, &*rule, subset);
      if (first) join(*first, own);
      first = first.value_or(own);
    }
    if (first) add(*first, *vs, destination.subset(), subset, false);
  }

  void add_subsets(const DestinationRule& rule) {
    for (yaml::Node node : rule.subsets()) {
      const auto name = text_of(node["name"]);
      if (name.is_known()) add(symbol(What::subset, &*rule, *name), *rule, node["name"], *name, true);
    }
  }

  void add_gateway(const Gateway& gateway) {
    for (yaml::Node node : gateway.servers()) {
      for (yaml::Node host : GatewayServer{node}.hosts()) add_host(*gateway, host, gateway_host(host.str()).host, true);
    }
  }

  void add_ingress(const Ingress& ingress) {
    for (yaml::Node rule : ingress.rules()) add_host(*ingress, rule["host"], rule["host"].str(), true);
    for (yaml::Node tls : ingress.spec()["tls"].items()) {
      for (yaml::Node host : tls["hosts"].items()) add_host(*ingress, host, host.str(), false);
    }
    for (const Ingress::Backend& backend : ingress.backends()) {
      if (backend.path.port().str() == "use-annotation") {
        add_action(ingress, backend.path.service());
      } else {
        const Lookup to = graph_.find(*ingress, Kind::service, ingress->ns, backend.path.service().str());
        if (to.target != nullptr) refer_port(*ingress, backend.path.port(), Service(*to.target));
      }
    }
  }

  void add_action(const Ingress& ingress, yaml::Node name) {
    constexpr std::string_view prefix = "alb.ingress.kubernetes.io/actions.";
    const std::uint32_t own = symbol(What::action, &*ingress, name.str());
    add(own, *ingress, name, name.str(), false);
    if (!defined_.insert(own).second) return;
    for (const yaml::Entry& entry : ingress->annotations().entries()) {
      const std::string_view key = entry.key.str();
      if (!key.starts_with(prefix) || key.substr(prefix.size()) != name.str()) continue;
      const std::size_t before = out_.all_.size();
      add(own, *ingress, entry.key, key.substr(prefix.size()), true);
      if (out_.all_.size() > before) out_.all_.back().key = true;
    }
  }

  void refer_port(const Resource& from, yaml::Node place, const Service& service) {
    if (!place.is_scalar() || place.is_null()) return;
    const Service::PortMatch match = service.find_port(place);
    if (!match.port) return;
    const bool number = place.integer().has_value();
    const std::string_view name = number ? match.port->node["port"].str() : place.str();
    add(symbol(number ? What::service_number : What::service_port, &*service, name), from, place, place.str(), false);
  }

  void add_service(const Service& service) {
    for (yaml::Node node : service.ports()) {
      const ServicePort port{node};
      const auto name = port.name();
      if (name.is_known()) add(symbol(What::service_port, &*service, *name), *service, node["name"], *name, true);
      if (node["port"].is_scalar()) {
        add(symbol(What::service_number, &*service, node["port"].str()), *service, node["port"], node["port"].str(), true);
      }
      const yaml::Node target = port.target_port();
      if (target.is_scalar() && !target.integer() && text_of(target).is_known()) refer_container_port(service, target);
    }
  }

  void refer_container_port(const Service& service, yaml::Node target) {
    std::optional<std::uint32_t> first;
    for (const Workload& workload : graph_.pods_of(service).workloads) {
      const std::uint32_t own = symbol(What::container_port, &*workload, target.str());
      if (first) join(*first, own);
      first = first.value_or(own);
    }
    if (first) add(*first, *service, target, target.str(), false);
  }

  void add_container_ports(const Workload& workload) {
    for (yaml::Node container : running_containers(workload)) {
      for (yaml::Node port : container["ports"].items()) {
        const auto name = text_of(port["name"]);
        if (name.is_known()) add(symbol(What::container_port, &*workload, *name), *workload, port["name"], *name, true);
      }
      for (const char* probe : {"livenessProbe", "readinessProbe", "startupProbe"}) {
        for (const char* action : {"httpGet", "tcpSocket"}) {
          const yaml::Node port = container[probe][action]["port"];
          if (port.is_scalar() && !port.integer())
            add(symbol(What::container_port, &*workload, port.str()), *workload, port, port.str(), false);
        }
      }
    }
  }

  struct Key {
    What what;
    std::uint32_t owner;
    std::string_view name;
    friend auto operator<=>(const Key&, const Key&) = default;
  };

  const Graph& graph_;
  Occurrences& out_;
  std::map<Key, std::uint32_t> ids_;
  std::set<std::uint32_t> defined_;  ///< symbols whose definition was added where they are referred to
};

Occurrences::Occurrences(const Graph& graph) {
  OccurrenceFinder(graph, *this).run();
  std::ranges::stable_sort(all_, {}, [](const Occurrence& one) { return one.place; });
  by_symbol_.resize(all_.size());
  for (std::uint32_t i = 0; i < all_.size(); ++i) by_symbol_[i] = i;
  std::ranges::stable_sort(by_symbol_, {}, [&](std::uint32_t i) { return root(all_[i].symbol); });
}

std::uint32_t Occurrences::root(std::uint32_t symbol) const {
  while (joined_[symbol] != symbol) symbol = joined_[symbol];
  return symbol;
}

std::span<const Occurrence> Occurrences::in(FileId file) const {
  const auto found = std::ranges::equal_range(all_, file, {}, [](const Occurrence& one) { return one.place.file; });
  return {found.begin(), found.end()};
}

const Occurrence* Occurrences::at(FileId file, std::uint32_t offset) const {
  const Occurrence* best = nullptr;
  const Occurrence* around = nullptr;
  for (const Occurrence& one : in(file)) {
    const Span scalar = one.node.span();
    if (scalar.begin > offset) break;
    if (scalar.begin <= offset && offset <= scalar.end) around = &one;
    const bool here = one.place.begin <= offset && offset <= one.place.end;
    if (here && (best == nullptr || one.place.size() <= best->place.size())) best = &one;
  }
  return best != nullptr ? best : around;
}

std::vector<const Occurrence*> Occurrences::same(const Occurrence& one) const {
  const auto by_root = [&](std::uint32_t i) { return root(all_[i].symbol); };
  std::vector<const Occurrence*> found;
  for (const std::uint32_t i : std::ranges::equal_range(by_symbol_, root(one.symbol), {}, by_root)) found.push_back(&all_[i]);
  std::ranges::sort(found, {}, [](const Occurrence* each) { return each->place; });
  return found;
}

}  // namespace hop
