// Pods and what concerns them, found once for all rules: the pods of each Service, the Services and the injection of each workload.

#include "graph/copies.h"
#include "graph/earlier.h"
#include "graph/graph.h"
#include "graph/index.h"
#include "graph/reads.h"
#include "text/format.h"

namespace hop {

namespace {

/// Workloads of one Service that are told apart. N Services that all select the same N workloads are a mistake or malice, and must not take
/// N times N of anything; who has very many of them must do with few of each.
constexpr std::size_t usual_most = 200, few = 8;
constexpr std::size_t many = 500'000;  ///< Services times workloads; a million resources that make sense have half as many

}  // namespace

namespace {

void note_injection(Reads& reads, const Resource& workload) { reads.named(Kind::namespace_, workload.ns); }

/// What the graph before says of pods, where it holds on.
class EarlierPods {
 public:
  explicit EarlierPods(const Earlier* earlier) : earlier_(earlier) {}

  bool take_injection(const Workload& workload, Injection& injection) {
    const Resource* const was = holds(*workload, [&] { note_injection(reads_, *workload); });
    if (was == nullptr) return false;
    injection = earlier_->index().injections.of(*was);
    return earlier_->stands(injection.decided_by);
  }

  bool take_pods(const Service& service, Graph::Selection& pods) {
    const Resource* const was = holds(*service, [&] { note_pods(reads_, service->ns); });
    if (was == nullptr) return false;
    const Graph::Selection& before = earlier_->index().pods_of_service.of(*was);
    pods.unknown = before.unknown;
    pods.workloads.reserve(before.workloads.size());
    for (const Workload& workload : before.workloads) {
      const Resource* const is = earlier_->is(*workload);
      if (is == nullptr) {
        pods = {};
        return false;
      }
      pods.workloads.emplace_back(*is);
    }
    return true;
  }

  /// Services in resource order, after their pods were found.
  bool take_ports(const Service& service, Index& index) {
    const Resource* const was = holds(*service, [&] {
      note_pods(reads_, service->ns);
      note_injection(reads_, *service);  // of its pods
    });
    if (was == nullptr) return false;
    for (const GuessedPort& port : of_service(earlier_->index().guessed_ports, guessed_, *was)) {
      index.guessed_ports.push_back(port);
      index.guessed_ports.back().service = service;
    }
    for (const UndeclaredPort& port : of_service(earlier_->index().undeclared_ports, undeclared_, *was)) {
      index.undeclared_ports.push_back({service, port.target, port.named, index.pods_of_service.of(*service).workloads});
    }
    return true;
  }

 private:
  /// The ports of a Service among those of all in resource order; `at` is where the last one's ended.
  template <class Port>
  static std::span<const Port> of_service(const std::vector<Port>& ports, std::size_t& at, const Resource& was) {
    while (at < ports.size() && ports[at].service->id < was.id) ++at;
    const std::size_t first = at;
    while (at < ports.size() && ports[at].service->id == was.id) ++at;
    return std::span(ports).subspan(first, at - first);
  }

  /// The resource as it was, if nothing changed of what it would look into.
  template <class Note>
  const Resource* holds(const Resource& resource, Note note) {
    const Resource* const was = earlier_ == nullptr ? nullptr : earlier_->was(resource);
    if (was == nullptr) return nullptr;
    reads_.clear();
    note();
    return earlier_->changes().reach(reads_.cells()) ? nullptr : was;
  }

  const Earlier* earlier_;
  std::size_t guessed_ = 0, undeclared_ = 0;  ///< positions among the ports of the graph before
  Reads reads_;
};

}  // namespace

void find_pods(const Graph& graph, Index& index, const Earlier* earlier) {
  EarlierPods before(earlier);
  index.injections.open(index.resources.size());
  for (const Workload& workload : index.workloads) {
    Injection& injection = index.injections.make(*workload);
    if (!before.take_injection(workload, injection)) injection = injection_of(graph, workload);
  }
  index.pods_of_service.open(index.resources.size());
  index.services_of_workload.open(index.resources.size());
  std::size_t pairs = 0;
  for (const Resource* resource : index.by_kind[static_cast<std::size_t>(Kind::service)]) {
    const Service service(*resource);
    if (!service.has_selector()) continue;
    Graph::Selection& pods = index.pods_of_service.make(*resource);
    index.keeps_few_pods = pairs >= many;
    if (!before.take_pods(service, pods)) {
      pods = select_some(graph, index, *resource, service.selector(), index.keeps_few_pods ? few : usual_most);
      keep_near(graph, index, *resource, pods.workloads);
    }
    pairs += pods.workloads.size();
    for (const Workload& workload : pods.workloads) index.services_of_workload.make(*workload).push_back(service);
  }
  for (const Resource* resource : index.by_kind[static_cast<std::size_t>(Kind::service)]) {
    const Service service(*resource);
    if (before.take_ports(service, index)) continue;
    guess_ports(graph, service, index.guessed_ports);
    add_undeclared_ports(graph, service, index.undeclared_ports);
  }
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
  note(Kind::namespace_, [&](Reads& reads) { note_injection(reads, *workload); });
  note(Facet::injection, [](Reads&) {});
  return index_->injections.of(*workload);
}

const PodPorts& Graph::pod_ports(const Resource& from, const Selection& pods) const {
  note(Kind::service, [&](Reads& reads) {
    note_pods(reads, from.ns);
    reads.in_namespace(Kind::service, from.ns);
    reads.in_namespace(Kind::service, {});
    if (from.ns.empty() || index_->pod_labels->has_open) reads.all(Kind::service);
  });
  return index_->pod_ports.of(format("{}", static_cast<const void*>(&pods)), [&] { return PodPorts(quiet(), pods.workloads); });
}

const Graph::Selection& Graph::pods_of(const Service& service) const {
  note(Facet::workloads, [&](Reads& reads) { note_pods(reads, service->ns); });
  return index_->pods_of_service.of(*service);
}

std::span<const Service> Graph::services_of(const Workload& workload) const {
  note(Kind::service, [&](Reads& reads) {
    reads.in_namespace(Kind::service, workload->ns);
    reads.in_namespace(Kind::service, {});
    if (workload->ns.empty()) reads.all(Kind::service);
    note_pods(reads, workload->ns);  // a Service keeps no more than so many of them
  });
  return index_->services_of_workload.of(*workload);
}

}  // namespace hop
