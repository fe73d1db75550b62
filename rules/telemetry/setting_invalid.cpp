// Settings of a Telemetry that lack what they are about.
#include "model/field_path.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool is_empty(yaml::Node node) { return !node || node.is_null() || (node.is_scalar() && node.str().empty()); }

void check_providers(const Resource& resource, yaml::Node block, Report& report) {
  for (yaml::Node provider : block["providers"].items()) {
    if (provider["name"] && is_empty(provider["name"])) report.at(resource, provider, "a provider has no name").alias("IST0106");
  }
}

void check_overrides(const Resource& resource, yaml::Node metrics, Report& report) {
  for (yaml::Node tag : nodes_at(metrics, "overrides[].tagOverrides.*")) {
    const auto operation = text_of(tag["operation"]);
    if (!tag.is_mapping() || operation.is_unknown()) continue;
    const std::string_view does = operation.value_or("UPSERT");
    if (does == "UPSERT" && is_empty(tag["value"])) {
      report.at(resource, tag["value"], "a tag that is set needs a `value`").alias("IST0106");
    } else if (does == "REMOVE" && !is_empty(tag["value"])) {
      report.at_key(resource, tag["value"], "a tag that is removed has no `value`").alias("IST0106");
    }
  }
}

void check_tags(const Resource& resource, yaml::Node tracing, Report& report) {
  for (const yaml::Entry& entry : tracing["customTags"].entries()) {
    const yaml::Node tag = entry.value;
    if (tag.is_null() || (tag.is_mapping() && tag.size() == 0)) {
      report.at(resource, entry.key, format("the tag `{}` says nothing of where its value comes from", entry.key.str()))
          .severity(Severity::warning)
          .effect("spans carry no such tag");
    }
    for (const auto& [kind, field] : {std::pair("literal", "value"), std::pair("header", "name"), std::pair("environment", "name")}) {
      if (tag[kind][field] && is_empty(tag[kind][field]))
        report.at_key(resource, tag[kind], format("a tag from a {} needs `{}`", kind, field)).alias("IST0106");
    }
  }
}

void check_one(const Resource& resource, Report& report) {
  for (const std::string_view list : {"tracing", "metrics", "accessLogging"}) {
    for (yaml::Node block : resource.spec()[list].items()) {
      check_providers(resource, block, report);
      check_overrides(resource, block, report);
      check_tags(resource, block, report);
    }
  }
}

}  // namespace

extern constinit const Rule telemetry_setting_invalid = {
    .info = {.id = "telemetry-setting-invalid",
             .summary = "a provider, an override or a tag of a Telemetry lacks what it is about",
             .docs = "Providers have names. A tag that is set (`UPSERT`, the default) has a value, one that is removed has "
                     "none. Custom tags of traces have a value, or the name of the header or environment variable.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/telemetry/#Telemetry",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::telemetry},
    .check_one = check_one,
};

}  // namespace hop::rules
