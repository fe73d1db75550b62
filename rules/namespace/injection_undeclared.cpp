// A Namespace that does not say whether its pods get sidecars.
#include "graph/injector.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool is_of_system(const Graph& graph, std::string_view name) {
  return name.starts_with("kube-") || name == "local-path-storage" || name == "istio-system" || name == graph.root_namespace();
}

bool declares(const Resource& ns) {
  const auto injection = text_of(ns.label("istio-injection"));
  return injection.is_unknown() || !injection.value_or("").empty() || ns.label("istio.io/rev") || ns.label("istio.io/dataplane-mode");
}

void check(const Graph& graph, Report& report) {
  const std::vector<Injector> all = injectors(graph);
  for (const Namespace& ns : graph.linted<Namespace>()) {
    if (is_of_system(graph, ns->name) || declares(*ns)) continue;
    const Injector* injector = find_injector(graph, all, *ns, "");
    const yaml::Node by_default =
        injector == nullptr ? yaml::Node{} : injector->values->root()["sidecarInjectorWebhook"]["enableNamespacesByDefault"];
    const bool on = by_default.boolean().value_or(false);
    Finding finding = report.at(ns, ns->name_node(),
                                format("namespace `{}` gets {} by default; no label says so", ns->name, on ? "sidecars" : "no sidecars"));
    finding.alias(on ? "IST0148" : "IST0102");
    if (on) finding.note(injector->config_map->name_node(), "this injector is on for namespaces without a label");
  }
}

}  // namespace

extern constinit const Rule namespace_injection_undeclared = {
    .info = {.id = "namespace-injection-undeclared",
             .summary = "a Namespace has no label that says whether its pods are in the mesh",
             .docs = "For those who want every namespace to say so: `istio-injection: enabled` or `disabled`, `istio.io/rev`, or "
                     "`istio.io/dataplane-mode`. Kubernetes' own namespaces and Istio's are left alone.",
             .effect = "whether its pods are in the mesh depends on how Istio was installed",
             .source = "https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/",
             .severity = Severity::info,
             .group = Group::policy,
             .aliases = {"IST0102", "IST0148"}},
    .reads = {Kind::namespace_, Kind::config_map, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
