// `image: auto` where no injector replaces it.
#include "rule/rule.h"

namespace hop::rules {
namespace {

yaml::Node auto_image(const Workload& workload) {
  for (yaml::Node container : workload.containers()) {
    if (Workload::is_proxy(container) && container["image"].str() == "auto") return container["image"];
  }
  return {};
}

Truth selects(yaml::Node selector, yaml::Node labels) { return selector ? matches_selector(selector, Labels{labels}) : Truth::yes; }

/// Whether one of the injectors takes the pod.
Truth by_webhooks(const std::vector<yaml::Node>& webhooks, yaml::Node pod_labels, yaml::Node ns_labels) {
  Truth any = Truth::no;
  for (yaml::Node webhook : webhooks) {
    any = any || (selects(webhook["namespaceSelector"], ns_labels) && selects(webhook["objectSelector"], pod_labels));
  }
  return any;
}

/// Whether the usual injector takes the pod.
Truth by_labels(const Workload& workload, yaml::Node ns_labels) {
  const yaml::Node labels = workload.labels().node;
  const auto own = text_of(labels["sidecar.istio.io/inject"]);
  if (own.is_unknown()) return Truth::unknown;
  if (own.is_known()) return truth(*own == "true");
  if (text_of(workload.pod_annotation("sidecar.istio.io/inject")).equals("false") == Truth::yes) return Truth::no;
  const auto injection = text_of(ns_labels["istio-injection"]);
  if (injection.is_known()) return truth(*injection == "enabled");
  return injection.is_unknown() ? Truth::unknown : truth(ns_labels.has("istio.io/rev") || labels.has("istio.io/rev"));
}

void check(const Graph& graph, Report& report) {
  std::vector<yaml::Node> webhooks;
  for (const Resource* config : graph.of(Kind::mutating_webhook)) {
    for (yaml::Node webhook : WebhookConfiguration(*config).webhooks()) {
      if (webhook["name"].str().ends_with(".istio.io")) webhooks.push_back(webhook);
    }
  }
  for (const Workload& workload : graph.workloads()) {
    const yaml::Node image = auto_image(workload);
    if (!image || !workload->linted()) continue;
    const Lookup ns = graph.find(*workload, Kind::namespace_, "", workload->ns.empty() ? "default" : workload->ns);
    const bool complete = graph.complete(workload->ns);
    const bool ns_labels_known = ns.found() ? !ns.target->opaque && (complete || !workload->ns.empty()) : complete && !webhooks.empty();
    const yaml::Node ns_labels = ns.found() ? ns.target->labels() : yaml::Node{};
    const bool by_itself = workload.labels().node.has("sidecar.istio.io/inject");
    const bool pod = workload->kind == Kind::pod;
    const bool decided = ns_labels_known || (by_itself && webhooks.empty());
    const Truth injected = !decided           ? Truth::unknown
                           : webhooks.empty() ? by_labels(workload, ns_labels)
                                              : by_webhooks(webhooks, workload.labels().node, ns_labels);
    // What makes pods may be injected later; a bare Pod has only the moment of its creation.
    if (injected != Truth::no && !pod) continue;
    Finding finding = report.at(workload, image,
                                injected == Truth::no ? "image `auto` stays: no injector takes this pod"
                                                      : "image `auto` needs the injector when the Pod is created");
    finding.alias(pod ? "IST0147" : "IST0146");
    if (injected != Truth::no) {
      finding.severity(Severity::info);
    } else if (webhooks.empty() && !pod) {
      finding.severity(Severity::warning);
    }
  }
}

}  // namespace

extern constinit const Rule workload_image_auto_not_injected = {
    .info = {.id = "workload-image-auto-not-injected",
             .summary = "a container has `image: auto`, and no injector replaces it",
             .docs =
                 "`auto` is a placeholder that sidecar injection replaces when the pod is created. Labels of the pod and its namespace are "
                 "compared with the selectors of Istio's injectors, or with those of the usual one where none is among the manifests.\n\n"
                 "A bare Pod that would be injected is info: nothing recreates it if the injector was away.",
             .effect = "the pod never starts: the image `auto` cannot be pulled",
             .source = "https://istio.io/latest/docs/setup/additional-setup/gateway/#deploying-a-gateway",
             .severity = Severity::error,
             .aliases = {"IST0146", "IST0147"}},
    .reads = {Kind::namespace_, Kind::mutating_webhook, Facet::workloads},
    .check = check,
};

}  // namespace hop::rules
