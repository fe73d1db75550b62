// A Gateway whose selector matches no pods.
#include "graph/machines.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Labels of the gateway pods that Istio's own installations make: always there, whoever installed them.
bool is_usual(yaml::Node selector) {
  for (const auto& [key, value] : selector.entries()) {
    const bool istio =
        key.str() == "istio" && (value.str() == "ingressgateway" || value.str() == "egressgateway" || value.str() == "eastwestgateway");
    const bool app = key.str() == "app" && (value.str() == "istio-ingressgateway" || value.str() == "istio-egressgateway");
    if (!istio && !app) return false;
  }
  return selector.size() > 0;
}

/// A pod among the manifests, or the usual label, that differs from the selector by a slip.
std::optional<std::pair<yaml::Node, std::string_view>> find_slip(const Graph& graph, const Gateway& gateway, Span& where) {
  for (const auto& [key, value] : gateway.selector().entries()) {
    for (const Workload& workload : graph.workloads_like_gateways(*gateway)) {
      const auto label = workload.labels()[key.str()];
      if (!label.is_known() || !slip(value.str(), *label)) continue;
      where = label.node().span();
      return std::pair(value, *label);
    }
    constexpr std::string_view usual = "ingressgateway";
    if (key.str() == "istio" && slip(value.str(), usual)) return std::pair(value, usual);
  }
  return std::nullopt;
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Gateway gateway(resource);
  const yaml::Node selector = gateway.selector();
  if (selector.size() == 0) return;
  const Graph::Selection& pods = graph.select(*gateway, selector, true);
  if (!pods.workloads.empty() || pods.unknown || selects_machine(graph, *gateway, selector, true) != Truth::no) return;
  // `egressgateway` is a few letters from `ingressgateway`, and both are meant.
  const bool usual = is_usual(selector);
  Span there;
  const auto slip = usual ? std::nullopt : find_slip(graph, gateway, there);
  const bool complete = graph.world().complete;
  if (!complete && !slip && (usual || graph.workloads_like_gateways(*gateway).empty())) return;
  Finding finding = report.at_key(*gateway, selector, format("no pod matches the selector of Gateway `{}`", gateway->name));
  finding.alias("IST0101").alias("KIA0302");
  if (!complete && !slip) finding.severity(Severity::warning);
  if (slip) {
    finding.note(there, format("`{}` is here", slip->second));
    finding.fix(format("change it to `{}`", slip->second), slip->first, slip->second, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule gateway_selector_matches_nothing = {
    .info = {.id = "gateway-selector-matches-nothing",
             .summary = "a Gateway selects no pod",
             .docs = "The selector is compared with pod templates of every namespace, those an IstioOperator implies included, and with "
                     "WorkloadEntries and WorkloadGroups: a gateway may run on a machine.\n\n"
                     "Gateways are often installed from another repository: without `complete` this is reported only where other gateway "
                     "pods are among the manifests, or the selector is a slip away from a label that exists.",
             .effect = "no Envoy takes the Gateway; its ports stay closed and its hosts unreachable",
             .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#Gateway",
             .severity = Severity::error,
             .aliases = {"IST0101", "KIA0302"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::gateway, Kind::workload_entry, Kind::workload_group, Facet::workloads},
    .each = Kind::gateway,
    .check_each = check_each,
};

}  // namespace hop::rules
