// From a workload of the mesh: the VirtualServices that hold for its proxy, Services and hosts outside.

#include "chain/builder.h"
#include "graph/sidecar_scope.h"
#include "graph/visibility.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {

void HopBuilder::add_mesh_service(std::uint32_t hop, const Service& service, const Sender& sender) {
  const std::string host = graph_.full_host(*service, service->name);
  Lookup found;
  found.state = Found::found;
  found.target = service.resource;
  for (yaml::Node port : service.ports()) {
    add_service(hop, {}, sender, found, service->name_node(), host, ServicePort{port}.number().node(), "", std::nullopt, false);
    Condition& takes = at(at(hop).links.back().to).takes;
    takes.hosts.push_back(host);
    if (const auto number = ServicePort{port}.number(); number.is_known()) takes.port = *number;
  }
}

void HopBuilder::add_mesh(std::uint32_t hop, const Workload& caller, const Sender& sender) {
  const SidecarScopes scopes(graph_);
  const Resource* scope = sender.type == Sender::Type::proxy ? scopes.of_namespace(*caller) : nullptr;
  const auto sees = [&](const Resource& resource, std::string_view host) {
    if (!graph_.sees(*caller, resource) || visibility(graph_, resource).in(sender.ns) == Truth::no) return false;
    return scope == nullptr || imports(graph_, *scope, sender.ns, resource, host) != Truth::no;
  };
  if (sender.type == Sender::Type::proxy) {
    for (const VirtualService& vs : graph_.all<VirtualService>()) {
      if (vs->opaque || !vs.applies_to_mesh() || vs.hosts().empty()) continue;
      if (!sees(*vs, graph_.full_host(*vs, (*vs.hosts().begin()).str()))) continue;
      link(hop, within(virtual_service_hop(vs, sender, "mesh", RouteKind::http)));
    }
  }
  for (const Service& service : graph_.all<Service>()) {
    if (!service->opaque && sees(*service, graph_.full_host(*service, service->name))) add_mesh_service(hop, service, sender);
  }
  for (const ServiceEntry& entry : graph_.all<ServiceEntry>()) {
    for (yaml::Node host : entry.hosts()) {
      const auto text = text_of(host);
      if (entry->opaque || !text.is_known() || !sees(*entry, *text)) continue;
      Lookup found;
      found.state = Found::found;
      found.target = entry.resource;
      add_service(hop, {}, sender, found, host, lower(*text), {}, "", std::nullopt, false);
      at(at(hop).links.back().to).takes.hosts.push_back(lower(*text));
    }
  }
}

HopGraph HopBuilder::from_workload(const Workload& caller) && {
  Sender sender;
  const Dataplane plane = graph_.injection(caller).plane;
  sender.type = plane == Dataplane::sidecar   ? Sender::Type::proxy
                : plane == Dataplane::ambient ? Sender::Type::ztunnel
                                              : Sender::Type::outside;
  sender.seeker = caller.resource;
  sender.ns = caller->ns;
  sender.protocol = "HTTP";
  Hop hop;
  hop.kind = HopKind::caller;
  hop.resource = caller.resource;
  hop.place = caller->name_node();
  hop.label = format("{} {}/{}", caller->kind_name, caller->ns, caller->name);
  hop.choice = Hop::Choice::best_host;
  hop.otherwise = "no Service, VirtualService or ServiceEntry has the host";
  const std::uint32_t at_caller = add(std::move(hop));
  Link in;
  in.to = at_caller;
  hops_.entries_.push_back(std::move(in));
  if (plane == Dataplane::unknown) {
    Link out = within(end(HopKind::nowhere, "?", caller.resource, caller->name_node()));
    out.verdict = Verdict::unknown;
    out.reason = "it is not known whether the pod has a proxy";
    link(at_caller, std::move(out));
    return std::move(hops_);
  }
  add_mesh(at_caller, caller, sender);
  return std::move(hops_);
}

}  // namespace hop
