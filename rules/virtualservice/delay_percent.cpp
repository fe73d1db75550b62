// The old field for the share of delayed requests.
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node route : VirtualService(resource).spec()["http"].items()) {
    const auto percent = integer_of(route["fault"]["delay"]["percent"]);
    if (!percent.is_known() || *percent <= 0) continue;
    Finding finding = report.at_key(resource, percent.node(), "`fault.delay.percent` is deprecated");
    finding.alias("IST0002");
    const auto key = rename_key(percent.node(), "percentage");
    const auto value = replace_text(percent.node(), percent.node().str());
    if (key && value) finding.fix("use `percentage`", {*key, Edit{value->where, format("{{value: {}}}", *percent)}});
  }
}

}  // namespace

extern constinit const Rule virtualservice_delay_percent = {
    .info = {.id = "virtualservice-delay-percent",
             .summary = "a delay's share of requests is given in a deprecated field",
             .docs = "`percent` holds whole numbers only; `percentage: {value: 0.1}` took its place.",
             .effect = "works until the field is removed",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection-Delay",
             .severity = Severity::warning,
             .group = Group::deprecation,
             .aliases = {"IST0002"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
