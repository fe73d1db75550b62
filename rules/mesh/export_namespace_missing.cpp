// exportTo a namespace that does not exist.
#include "graph/ambient.h"
#include "graph/namespaces.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_kind(const Graph& graph, Kind kind, LivedInNamespaces& lived, Report& report) {
  for (const Resource* resource : graph.of(kind)) {
    // In ambient mode nobody but the own namespace sees the object, whatever it says.
    if (!resource->linted() || !resource->spec()["exportTo"] || in_ambient_namespace(graph, *resource) == Truth::yes) continue;
    for (yaml::Node entry : resource->spec()["exportTo"].items()) {
      const auto ns = text_of(entry);
      if (!ns.is_known() || *ns == "." || *ns == "*" || *ns == "~" || lived.names().contains(*ns)) continue;
      const Lookup found = graph.find(*resource, Kind::namespace_, "", *ns);
      if (!found.missing()) continue;
      report.at(*resource, entry, format("the namespace `{}` does not exist", *ns)).alias("KIA0005").missing(found);
    }
  }
}

void check(const Graph& graph, Report& report) {
  LivedInNamespaces lived(graph);
  for (Kind kind : {Kind::virtual_service, Kind::destination_rule, Kind::service_entry}) check_kind(graph, kind, lived, report);
}

}  // namespace

extern constinit const Rule mesh_export_namespace_missing = {
    .info = {.id = "mesh-export-namespace-missing",
             .summary = "an object is exported to a namespace that does not exist",
             .docs =
                 "Looks at `exportTo` of VirtualServices, DestinationRules and ServiceEntries. A namespace exists if it is among the "
                 "manifests, or "
                 "anything that lives in it. Reported with `complete` only; not for objects of an ambient namespace, which no other sees.",
             .effect = "nobody there sees the object; the namespace that was meant does not either",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService",
             .severity = Severity::warning,
             .aliases = {"KIA0005"}},
    .reads = {Kind::virtual_service, Kind::destination_rule, Kind::service_entry, Kind::namespace_, Facet::files},
    .check = check,
};

}  // namespace hop::rules
