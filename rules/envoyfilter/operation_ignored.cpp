// A patch whose operation Istio ignores for what it applies to.
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The peer's code for an operation that does nothing where it is applied; "" if it is fine.
std::string_view ignored(std::string_view operation, std::string_view apply_to) {
  const bool routes = apply_to == "ROUTE_CONFIGURATION" || apply_to == "HTTP_ROUTE";
  const bool replaceable = apply_to == "NETWORK_FILTER" || apply_to == "HTTP_FILTER" || apply_to == "VIRTUAL_HOST";
  if (operation == "ADD" && routes) return "IST0153";
  if (operation == "REMOVE" && routes) return "IST0154";
  if (operation == "REPLACE" && !replaceable) return "IST0152";
  return {};
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node patch : EnvoyFilter(resource).patches()) {
    const auto operation = text_of(patch["patch"]["operation"]);
    const auto apply_to = text_of(patch["applyTo"]);
    if (!operation.is_known() || !apply_to.is_known()) continue;
    const std::string_view code = ignored(*operation, *apply_to);
    if (code.empty()) continue;
    Finding finding = report.at(resource, operation.node(), format("`{}` does nothing when applied to `{}`", *operation, *apply_to));
    finding.alias(code).note(apply_to.node(), "applied to this");
  }
}

}  // namespace

extern constinit const Rule envoyfilter_operation_ignored = {
    .info =
        {.id = "envoyfilter-operation-ignored",
         .summary = "a patch's operation does nothing for what it applies to",
         .docs =
             "`ADD` and `REMOVE` are ignored for ROUTE_CONFIGURATION and HTTP_ROUTE; `REPLACE` works for network filters, HTTP filters and "
             "virtual hosts only.",
         .effect = "the patch is accepted and dropped without a word",
         .source = "https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-Patch-Operation",
         .severity = Severity::error,
         .aliases = {"IST0152", "IST0153", "IST0154"},
         .ineffective = true},
    .reads = {Kind::envoy_filter},
    .check_one = check_one,
};

}  // namespace hop::rules
