// The old field for the share of mirrored requests.
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node route : VirtualService(resource).spec()["http"].items()) {
    const auto percent = integer_of(route["mirrorPercent"]);
    if (!percent.is_known()) continue;
    Finding finding = report.at_key(resource, percent.node(), "`mirrorPercent` is deprecated");
    finding.alias("IST0133");
    if (route.has("mirrorPercentage")) continue;
    const auto key = rename_key(percent.node(), "mirrorPercentage");
    const auto value = replace_text(percent.node(), percent.node().str());
    if (key && value) finding.fix("use `mirrorPercentage`", {*key, Edit{value->where, format("{{value: {}}}", *percent)}});
  }
}

}  // namespace

extern constinit const Rule virtualservice_mirror_percent_deprecated = {
    .info = {.id = "virtualservice-mirror-percent-deprecated",
             .summary = "the share of mirrored requests is given in a deprecated field",
             .docs = "`mirrorPercent` holds whole numbers only; `mirrorPercentage: {value: 0.1}` took its place.",
             .effect = "works until the field is removed",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute",
             .severity = Severity::warning,
             .group = Group::deprecation,
             .aliases = {"IST0133"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
