// Selectors with wildcards, or without labels.
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The mapping of labels and the block it stands in.
struct Selector {
  yaml::Node block, labels;
};

Selector selector_of(const Resource& resource) {
  const bool workload = resource.spec().has("workloadSelector");
  const yaml::Node block = resource.spec()[workload ? "workloadSelector" : "selector"];
  return {block, block[block.has("labels") ? "labels" : "matchLabels"]};
}

void check_one(const Resource& resource, Report& report) {
  if (resource.kind == Kind::gateway) return;
  const auto [block, labels] = selector_of(resource);
  if (!block.is_mapping()) return;
  if (labels.size() == 0 && (!labels.is_scalar() || labels.is_null())) {
    report.at_key(resource, block, "a selector without labels selects every workload")
        .alias("IST0133")
        .severity(Severity::warning)
        .effect("it applies to the whole namespace, in the root namespace to the whole mesh");
  }
  for (const auto& [key, value] : labels.entries()) {
    const bool wildcard = key.str().find('*') != std::string_view::npos || value.str().find('*') != std::string_view::npos;
    if (yaml::is_placeholder(key.str()) || yaml::is_placeholder(value.str())) continue;
    if (wildcard) {
      report.at(resource, value, format("selectors take no wildcard: `{}: {}`", key.str(), value.str())).alias("IST0106");
    } else if (key.str().empty()) {
      report.at_key(resource, value, "a label of the selector has no key").alias("IST0106");
    }
  }
}

}  // namespace

extern constinit const Rule mesh_selector_invalid = {
    .info = {.id = "mesh-selector-invalid",
             .summary = "a workload selector has a wildcard, a label without key, or no labels",
             .docs = "Labels are compared as they are: `app: \"cart-*\"` selects nothing and is refused. A selector that is "
                     "there and has no labels selects everything; leave it out to say so.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/type/workload-selector/",
             .severity = Severity::error,
             .aliases = {"IST0106", "IST0133"}},
    .reads = {Kind::destination_rule, Kind::service_entry, Kind::sidecar, Kind::envoy_filter, Kind::proxy_config, Kind::peer_authentication,
              Kind::request_authentication, Kind::authorization_policy, Kind::telemetry, Kind::wasm_plugin, Kind::traffic_extension},
    .check_one = check_one,
};

}  // namespace hop::rules
