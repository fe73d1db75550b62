// ServiceEntries that give one host and port two protocols.
#include "graph/entry_ports.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const EntryPortPair& pair : repeated_entry_ports(graph)) {
    if (!pair.other_protocol) continue;
    const yaml::Node own = pair.own.port["protocol"];
    const yaml::Node other = pair.other.port["protocol"];
    const std::string_view is = own.str().empty() ? "TCP" : own.str();
    report
        .at(pair.own.entry, own,
            format("port {} of `{}` is {} here and another protocol elsewhere", pair.own.port["number"].str(), pair.own.host.str(), is))
        .alias("IST0177")
        .alias("KIA1212")
        .note(other, format("{} here", other.str().empty() ? "TCP" : other.str()));
  }
}

}  // namespace

extern constinit const Rule serviceentry_protocol_conflict = {
    .info =
        {.id = "serviceentry-protocol-conflict",
         .summary = "one host and port is declared with two protocols",
         .docs =
             "Two ServiceEntries that one namespace sees, or two ports of one, have the same host and number and another `protocol`. An "
             "absent one is TCP.",
         .effect = "the older declaration wins; the port is handled by the wrong protocol for the other",
         .source = "https://istio.io/latest/docs/reference/config/networking/service-entry/",
         .severity = Severity::warning,
         .aliases = {"IST0177", "KIA1212"}},
    .reads = {Kind::service_entry, Kind::sidecar, Kind::namespace_, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
