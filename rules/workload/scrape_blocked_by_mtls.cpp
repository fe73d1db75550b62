// Metrics that a Prometheus outside the mesh cannot fetch.
#include "model/istio/inbound_ports.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Workload workload(resource);
  const auto scrape = text_of(workload.pod_annotation("prometheus.io/scrape"));
  const auto merge = text_of(workload.pod_annotation("prometheus.istio.io/merge-metrics"));
  const auto port = integer_of(workload.pod_annotation("prometheus.io/port"), true);
  if (scrape.equals("true") != Truth::yes || merge.equals("false") != Truth::yes || !port.is_known()) return;
  if (istio::bypasses_sidecar(workload, *port) != Truth::no) return;
  if (workload.proxy() || graph.injection(workload).plane != Dataplane::sidecar) return;
  const EffectiveMtls mtls = graph.mtls(workload, *port);
  if (!mtls.known || mtls.mode != MtlsMode::strict) return;
  Finding finding = report.at(workload, port.node(), format("port {} takes mTLS only, which Prometheus does not speak", *port));
  finding.note(merge.node(), "metrics are not merged into the sidecar's");
  if (mtls.policy != nullptr) finding.note(mtls.decided_by, "STRICT is set here");
}

}  // namespace

extern constinit const Rule workload_scrape_blocked_by_mtls = {
    .info = {.id = "workload-scrape-blocked-by-mtls",
             .summary = "metrics are to be scraped from a port that takes mutual TLS only",
             .docs = "The sidecar's agent offers the application's metrics with its own, in plain text at port 15020, and the "
                     "injector points `prometheus.io/port` there. With `prometheus.istio.io/merge-metrics: \"false\"` "
                     "Prometheus calls the application's port, which STRICT closes to it. Exclude the port from the sidecar, "
                     "give it `portLevelMtls` PERMISSIVE, or let Prometheus use certificates of the mesh.",
             .effect = "the scrape fails, and the metrics are missing",
             .source = "https://istio.io/latest/docs/ops/integrations/prometheus/",
             .severity = Severity::warning},
    .reads = {Kind::namespace_, Facet::workloads, Facet::injection, Facet::mtls},
    .each = workload_kinds,
    .check_each = check_each,
};

}  // namespace hop::rules
