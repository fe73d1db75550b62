// Annotations and labels must be strings; YAML makes numbers and booleans of bare words.
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_map(const Resource& resource, yaml::Node map, std::string_view what, Report& report) {
  for (const auto& [key, value] : map.entries()) {
    if (value.is_string() || yaml::is_placeholder(value.str())) continue;
    if (value.is_null()) continue;  // the API server drops a null
    const std::string_view is = value.is_mapping()    ? "a mapping"
                                : value.is_sequence() ? "a list"
                                : value.boolean()     ? "a boolean"
                                                      : "a number";
    Finding finding = report.at(resource, value, format("{} `{}` is {}, not a string", what, key.str(), is));
    if (auto edit = quote(value)) finding.fix(format("quote `{}`", value.str()), {*edit});
  }
}

void check_metadata(const Resource& resource, yaml::Node metadata, Report& report) {
  check_map(resource, metadata["annotations"], "annotation", report);
  check_map(resource, metadata["labels"], "label", report);
}

void check_one(const Resource& resource, Report& report) {
  check_metadata(resource, resource.metadata(), report);
  if (const yaml::Node pods = resource.spec()["template"]) check_metadata(resource, pods["metadata"], report);
  const yaml::Node job = resource.spec()["jobTemplate"];
  if (!job) return;
  check_metadata(resource, job["metadata"], report);
  check_metadata(resource, job["spec"]["template"]["metadata"], report);
}

}  // namespace

extern constinit const Rule metadata_annotation_not_string = {
    .info = {.id = "metadata-annotation-not-string",
             .summary = "an annotation or label is a number or a boolean, not a string",
             .docs = "YAML reads `10`, `true` and `yes` as numbers and booleans; annotations and labels hold strings only. Typical are "
                     "`group.order: 10`, `healthcheck-timeout-seconds: 5` and `istio-injection: on`.\n\nQuote the value.",
             .effect = "the API server refuses the object: cannot unmarshal into a string",
             .source = "https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = KindSet::every_kind(),
    .check_one = check_one,
};

}  // namespace hop::rules
