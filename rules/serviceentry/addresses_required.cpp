// A TCP port of a ServiceEntry without addresses.
#include <algorithm>

#include "graph/mesh.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool is_true(yaml::Node node) { return node.str() == "true" || node.boolean().value_or(false); }

/// Whether the mesh gives ServiceEntries addresses and lets workloads resolve them.
bool allocates(const Graph& graph, const Resource& resource) {
  return std::ranges::any_of(graph.mesh_settings(resource, "defaultConfig.proxyMetadata"), [](yaml::Node settings) {
    const bool given = is_true(settings["ISTIO_META_DNS_AUTO_ALLOCATE"]) || is_true(settings["PILOT_ENABLE_IP_AUTOALLOCATE"]);
    return given && is_true(settings["ISTIO_META_DNS_CAPTURE"]);
  });
}

bool is_tcp(yaml::Node port) {
  const auto protocol = text_of(port["protocol"]);
  return protocol.is_absent() || (protocol.is_known() && lower(*protocol) == "tcp");
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const ServiceEntry entry(resource);
  if (entry.spec()["addresses"] || (*entry)["status"]["addresses"].size() > 0) return;
  if (is_true(entry->label("networking.istio.io/enable-autoallocate-ip")) || allocates(graph, *entry)) return;
  for (yaml::Node port : entry.ports()) {
    if (!is_tcp(port)) continue;
    Finding finding = report.at(entry, port["number"],
                                format("port {} of ServiceEntry `{}` is TCP and has no addresses", port["number"].str(), entry->name));
    finding.alias("IST0134");
    const auto resolution = text_of(entry.spec()["resolution"]);
    if (resolution.is_absent() || resolution.equals("NONE") == Truth::yes) finding.alias("IST0133");
    if (!graph.mesh_is_configured()) finding.severity(Severity::info);
  }
}

}  // namespace

extern constinit const Rule serviceentry_addresses_required = {
    .info = {.id = "serviceentry-addresses-required",
             .summary = "a TCP port of a ServiceEntry has no addresses",
             .docs = "TCP has no host name to tell one destination from another: without `addresses` sidecars match by port alone. Silent "
                     "where the mesh "
                     "allocates addresses and captures DNS (`ISTIO_META_DNS_CAPTURE` with `ISTIO_META_DNS_AUTO_ALLOCATE` or "
                     "`PILOT_ENABLE_IP_AUTOALLOCATE` in `defaultConfig.proxyMetadata`), or the label "
                     "`networking.istio.io/enable-autoallocate-ip` asks "
                     "for one.\n\nInfo where nothing of the mesh's configuration is among the manifests.",
             .effect = "every TCP connection to this port, whatever its destination, goes to this entry's endpoints",
             .source = "https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/",
             .severity = Severity::warning,
             .aliases = {"IST0133", "IST0134"}},
    .reads = {Kind::service_entry, Facet::mesh},
    .each = Kind::service_entry,
    .check_each = check_each,
};

}  // namespace hop::rules
