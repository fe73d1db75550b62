// Pods and what concerns them, found once for all rules: the pods of each Service, the Services and the injection of each workload.

#include "graph/copies.h"
#include "graph/graph.h"
#include "graph/index.h"
#include "graph/reads.h"

namespace hop {

namespace {

/// Workloads of one Service that are told apart. N Services that all select the same N workloads are a mistake or malice, and must not take
/// N times N of anything; who has very many of them must do with few of each.
constexpr std::size_t usual_most = 200, few = 8;
constexpr std::size_t many = 500'000;  ///< Services times workloads; a million resources that make sense have half as many

}  // namespace

void find_pods(const Graph& graph, Index& index) {
  index.injections.resize(index.resources.size());
  for (const Workload& workload : index.workloads) index.injections[workload->id] = injection_of(graph, workload);
  index.pods_of_service.resize(index.resources.size());
  index.services_of_workload.resize(index.resources.size());
  std::size_t pairs = 0;
  for (const Resource* resource : index.by_kind[static_cast<std::size_t>(Kind::service)]) {
    const Service service(*resource);
    if (!service.has_selector()) continue;
    Graph::Selection& pods = index.pods_of_service[resource->id];
    pods = select_some(graph, index, *resource, service.selector(), pairs < many ? usual_most : few);
    keep_near_copies(graph.sources(), *resource, pods.workloads);
    pairs += pods.workloads.size();
    for (const Workload& workload : pods.workloads) index.services_of_workload[workload->id].push_back(service);
  }
  index.guessed_ports = find_guessed_ports(graph);
  index.undeclared_ports = find_undeclared_ports(graph);
}

std::span<const GuessedPort> Graph::guessed_ports() const {
  note(Kind::service);
  note(Kind::namespace_);
  note(Facet::workloads);
  note(Facet::injection);
  return index_->guessed_ports;
}

std::span<const UndeclaredPort> Graph::undeclared_ports() const {
  note(Kind::service);
  note(Facet::workloads);
  return index_->undeclared_ports;
}

const Injection& Graph::injection(const Workload& workload) const {
  note(Kind::namespace_, [&](Reads& reads) { reads.named(Kind::namespace_, workload->ns); });
  note(Facet::injection, [](Reads&) {});
  return index_->injections[workload->id];
}

const Graph::Selection& Graph::pods_of(const Service& service) const {
  note(Facet::workloads, [&](Reads& reads) { note_pods(reads, service->ns); });
  return index_->pods_of_service[service->id];
}

std::span<const Service> Graph::services_of(const Workload& workload) const {
  note(Kind::service, [&](Reads& reads) {
    reads.in_namespace(Kind::service, workload->ns);
    reads.in_namespace(Kind::service, {});
    if (workload->ns.empty()) reads.all(Kind::service);
    note_pods(reads, workload->ns);  // a Service keeps no more than so many of them
  });
  return index_->services_of_workload[workload->id];
}

}  // namespace hop
