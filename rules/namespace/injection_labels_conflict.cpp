// Labels of a Namespace that put its pods into the mesh in two ways.
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Way {
  std::string_view label;
  yaml::Node value;
};

/// Labels that switch a data plane on. A switch that is off contradicts none of them: it wins.
std::vector<Way> ways(const Resource& ns) {
  std::vector<Way> found;
  const yaml::Node injection = ns.label("istio-injection");
  if (injection && injection.str() != "enabled") return {};
  if (injection) found.push_back({"istio-injection", injection});
  if (const yaml::Node revision = ns.label("istio.io/rev"); !revision.str().empty()) found.push_back({"istio.io/rev", revision});
  if (const yaml::Node mode = ns.label("istio.io/dataplane-mode"); mode.str() == "ambient")
    found.push_back({"istio.io/dataplane-mode", mode});
  return found;
}

void check_one(const Resource& ns, Report& report) {
  const std::vector<Way> found = ways(ns);
  if (found.size() < 2) return;
  const Way& last = found.back();
  Finding finding = report.at_key(
      ns, last.value, format("labels `{}` and `{}` of namespace `{}` contradict each other", found.front().label, last.label, ns.name));
  finding.alias("IST0123");
  for (std::size_t i = 0; i + 1 < found.size(); ++i) finding.note(found[i].value.key_span(), "this label turns the mesh on as well");
}

}  // namespace

extern constinit const Rule namespace_injection_labels_conflict = {
    .info = {.id = "namespace-injection-labels-conflict",
             .summary = "labels of a Namespace put its pods into the mesh in two ways",
             .docs = "`istio-injection: enabled` means the default revision and wins over `istio.io/rev`; sidecars win over "
                     "`istio.io/dataplane-mode: ambient`. Keep one of them.\n\n`istio-injection: disabled` contradicts none: it decides.",
             .effect = "the pods are in the mesh by another revision or data plane than one of the labels says",
             .source = "https://istio.io/latest/docs/reference/config/analysis/ist0123/",
             .severity = Severity::warning,
             .aliases = {"IST0123"}},
    .reads = {Kind::namespace_},
    .check_one = check_one,
};

}  // namespace hop::rules
