// A Sidecar's egress host that names no Service and no ServiceEntry.
#include "graph/visibility.h"
#include "model/host.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// All Services of the Sidecar's own namespace, whether or not there is one.
bool is_own_namespace(const Graph& graph, const Sidecar& sidecar, std::string_view host) {
  return host == format("*.{}.svc.{}", sidecar->ns, graph.cluster_domain());
}

void check_wildcard(const Graph& graph, const Sidecar& sidecar, yaml::Node place, std::string_view host, Report& report) {
  if (host == "*" || !graph.world().complete || is_own_namespace(graph, sidecar, host) || graph.has_host_under(host) != Truth::no) return;
  report.at(sidecar, place, format("no Service or ServiceEntry has a host under `{}`", host)).alias("KIA1004");
}

void report_missing(const Sidecar& sidecar, yaml::Node place, std::string_view dns, const Lookup& lookup, Report& report) {
  Finding finding = report.at(sidecar, place, format("no Service or ServiceEntry has the host `{}`", dns));
  finding.alias("KIA1004").missing(lookup).target(format("host {}", dns));
}

void check_export(const Graph& graph, const Sidecar& sidecar, yaml::Node place, std::string_view dns, const Lookup& lookup,
                  Report& report) {
  if (sidecar->ns.empty()) return;
  const auto may_see = [&](const Resource& one) { return one.opaque || visibility(graph, one).in(sidecar->ns) != Truth::no; };
  if (lookup.any(may_see)) return;
  Finding finding = report.at(sidecar, place, format("the host `{}` is not exported to namespace `{}`", dns, sidecar->ns));
  const yaml::Node said = export_node(*lookup.target);
  finding.alias("KIA1004").note(said ? said : lookup.target->name_node(), "not exported there");
}

void check(const Graph& graph, Report& report) {
  for (const Sidecar& sidecar : graph.linted<Sidecar>()) {
    for (yaml::Node place : sidecar.egress_hosts()) {
      const auto text = text_of(place);
      if (!text.is_known()) continue;
      const GatewayHost host = gateway_host(*text);
      if (host.ns.empty() || host.ns.starts_with('~')) continue;
      if (is_wildcard(host.host)) {
        check_wildcard(graph, sidecar, place, host.host, report);
        continue;
      }
      const bool named = host.ns != "." && host.ns != "*";
      const bool is_short = host.host.find('.') == std::string_view::npos;
      const Lookup lookup =
          named && is_short ? graph.find(*sidecar, Kind::service, host.ns, host.host) : graph.find_host(*sidecar, host.host);
      if (lookup.missing()) report_missing(sidecar, place, host.host, lookup, report);
      if (lookup.found()) check_export(graph, sidecar, place, host.host, lookup, report);
    }
  }
}

}  // namespace

extern constinit const Rule sidecar_egress_host_missing = {
    .info = {.id = "sidecar-egress-host-missing",
             .summary = "a Sidecar imports a host that does not exist",
             .docs = "Hosts of `egress` are `namespace/host`; the host is the full name of a Service, or a host of a ServiceEntry. "
                     "Wildcards are "
                     "looked up in complete manifests only; the one for the Services of the Sidecar's own namespace is left alone. A host "
                     "that is not exported to the Sidecar's namespace counts as missing.",
             .effect = "the entry imports nothing; workloads that call the host find no route to it",
             .source = "https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioEgressListener",
             .severity = Severity::warning,
             .aliases = {"KIA1004"}},
    .reads = {Kind::sidecar, Kind::service, Kind::service_entry, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
