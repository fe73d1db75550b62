// Patches that do not say what to do.
#include "model/istio/policy_views.h"
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// A word that is written and is not the one for "nothing".
bool says(yaml::Node word) { return word && !word.is_null() && word.str() != "INVALID"; }

void check_patch(const Resource& resource, yaml::Node item, Report& report) {
  const yaml::Node patch = item["patch"];
  const auto lacks = [&](yaml::Node mapping, std::string_view name) { return !may_get(resource, mapping, {name}); };
  if (!says(item["applyTo"])) {
    if (lacks(item, "applyTo")) report.at(resource, item, "a patch needs `applyTo`").alias("IST0106");
  } else if (!patch.is_mapping()) {
    if (lacks(item, "patch")) report.at(resource, item, "this has no `patch`").alias("IST0106");
  } else if (!says(patch["operation"])) {
    if (lacks(patch, "operation")) report.at_key(resource, patch, "a patch needs an `operation`").alias("IST0106");
  } else if (text_of(patch["operation"]).equals("REMOVE") == Truth::no && (!patch["value"] || patch["value"].is_null()) &&
             lacks(patch, "value")) {
    report.at(resource, patch["operation"], format("a patch with the operation `{}` needs a `value`", patch["operation"].str()))
        .alias("IST0106");
  }
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node item : EnvoyFilter(resource).patches()) {
    if (item.is_mapping()) check_patch(resource, item, report);
  }
}

}  // namespace

extern constinit const Rule envoyfilter_patch_incomplete = {
    .info = {.id = "envoyfilter-patch-incomplete",
             .summary = "a patch of an EnvoyFilter does not say what to do",
             .docs = "Every entry of `configPatches` says what it applies to (`applyTo`) and has a `patch` with an `operation`, "
                     "and for all but REMOVE a `value`.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-EnvoyConfigObjectPatch",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::envoy_filter},
    .check_one = check_one,
};

}  // namespace hop::rules
