// An annotation with Istio's prefix that Istio does not read.
#include "model/istio/annotations.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

std::optional<std::string_view> meant(std::string_view key) {
  std::vector<std::string_view> names;
  for (const istio::Annotation& annotation : istio::annotations()) names.push_back(annotation.name);
  return nearest(key, names);
}

void check_key(const Resource& resource, yaml::Node key, yaml::Node value, Report& report) {
  const std::string_view name = key.str();
  if (istio::is_istio_label(name)) {
    report.at_key(resource, value, format("`{}` is a label; as an annotation it does nothing", name)).alias("IST0108");
    return;
  }
  Finding finding = report.at_key(resource, value, format("annotation `{}` is none that Istio reads", name));
  finding.alias("IST0108");
  const auto name_meant = meant(name);
  if (!name_meant) return;
  if (auto edit = rename_key(value, *name_meant)) finding.fix(format("change it to `{}`", *name_meant), {*edit}, Safety::unsafe);
}

void check_one(const Resource& resource, Report& report) {
  for (const istio::Annotated& place : istio::annotated(resource)) {
    for (const auto& [key, value] : place.annotations().entries()) {
      const std::string_view name = key.str();
      if (!istio::is_istio_annotation(name) || istio::is_written_by_istio(name) || istio::find_annotation(name) != nullptr) continue;
      check_key(resource, key, value, report);
    }
  }
}

}  // namespace

extern constinit const Rule metadata_istio_annotation_unknown = {
    .info = {.id = "metadata-istio-annotation-unknown",
             .summary = "an annotation looks like one of Istio's, but Istio reads none of that name",
             .docs =
                 "Annotations of Namespaces, Services, workloads and pod templates whose prefix is `istio.io` or ends in `.istio.io` are "
                 "compared with Istio's reference, hidden ones included.\n\nOften the name is misspelt, belongs to a release that is "
                 "long gone, or is that of a label.",
             .effect = "the annotation is ignored; what it was to set keeps its default",
             .source = "https://istio.io/latest/docs/reference/config/annotations/",
             .severity = Severity::warning,
             .aliases = {"IST0108"},
             .fixes = FixPolicy::sometimes},
    .reads = istio::annotated_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
