// A label that is to put a Namespace into the mesh, with a value that nobody knows.
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Label {
  std::string_view key, on, off;
};

// Source: istio.io "Installing the Sidecar", "Adding workloads to the mesh"; the webhook of the AWS Load Balancer Controller.
constexpr Label labels[] = {{"istio-injection", "enabled", "disabled"}, {"istio.io/dataplane-mode", "ambient", "none"}};

void check_one(const Resource& ns, Report& report) {
  for (const Label& label : labels) {
    const auto value = text_of(ns.label(label.key));
    if (!value.is_known() || *value == label.on || *value == label.off) continue;
    Finding finding = report.at(ns, value.node(), format("`{}` is no value of the label `{}`", *value, label.key));
    if (edit_distance(*value, label.on, 3) <= 2) finding.fix(format("change it to `{}`", label.on), value.node(), label.on, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule namespace_mesh_label_invalid = {
    .info = {.id = "namespace-mesh-label-invalid",
             .summary = "a label that puts a Namespace into the mesh has a value that nobody knows",
             .docs = "`istio-injection` is `enabled` or `disabled`, `istio.io/dataplane-mode` is `ambient` or `none`. Any other value, "
                     "`true` among them, is taken for off.",
             .effect = "the pods of the namespace stay outside the mesh",
             .source = "https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy",
             .severity = Severity::warning,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::namespace_},
    .check_one = check_one,
};

}  // namespace hop::rules
