// ServiceEntries that declare one host and port twice.
#include <map>

#include "graph/entry_ports.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// A host that stands twice in one list.
void check_hosts(const ServiceEntry& entry, Report& report) {
  std::map<std::string, yaml::Node> seen;
  for (yaml::Node host : entry.hosts()) {
    if (!text_of(host).is_known()) continue;
    const auto [first, fresh] = seen.emplace(lower(host.str()), host);
    if (!fresh) {
      report.at(entry, host, format("`{}` stands in `hosts` twice", host.str()))
          .alias("KIA1211")
          .effect("nothing: the second is passed over")
          .note(first->second, "the other one");
    }
  }
}

void check(const Graph& graph, Report& report) {
  for (const ServiceEntry& entry : graph.linted<ServiceEntry>()) check_hosts(entry, report);
  for (const EntryPortPair& pair : repeated_entry_ports(graph)) {
    if (pair.other_protocol) continue;
    const yaml::Node number = pair.own.port["number"];
    report.at(pair.own.entry, number, format("port {} of `{}` is declared twice", number.str(), pair.own.host.str()))
        .alias("KIA1211")
        .note(pair.other.port["number"], format("by ServiceEntry `{}`, too", pair.other.entry->name));
  }
}

}  // namespace

extern constinit const Rule serviceentry_port_repeated = {
    .info =
        {.id = "serviceentry-port-repeated",
         .summary = "one host and port is declared twice",
         .docs =
             "Two ServiceEntries that one namespace sees have the same host, port and protocol. Teams often declare the same host each for "
             "itself; with `exportTo: [\".\"]` they stay apart.\n\nAlso a host that one ServiceEntry lists twice.",
         .effect = "addresses and resolution of the older declaration win; endpoints of one namespace are merged",
         .source = "https://istio.io/latest/docs/reference/config/networking/service-entry/",
         .severity = Severity::info,
         .aliases = {"KIA1211"}},
    .reads = {Kind::service_entry, Kind::sidecar, Kind::namespace_, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
