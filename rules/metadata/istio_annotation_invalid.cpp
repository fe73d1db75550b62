// A value that Istio cannot read from one of its annotations.
#include "model/istio/annotations.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (const istio::Annotated& place : istio::annotated(resource)) {
    for (const auto& [key, value] : place.annotations().entries()) {
      const istio::Annotation* annotation = istio::find_annotation(key.str());
      if (annotation == nullptr || !annotation->where.has(place.kind) || istio::accepts(annotation->holds, value)) continue;
      report.at(resource, value, format("annotation `{}` must hold {}", key.str(), istio::to_string(annotation->holds))).alias("IST0125");
    }
  }
}

}  // namespace

extern constinit const Rule metadata_istio_annotation_invalid = {
    .info = {.id = "metadata-istio-annotation-invalid",
             .summary = "an annotation of Istio's holds a value that Istio cannot read",
             .docs =
                 "Port lists, address ranges, numbers, quantities and the interception mode are checked as sidecar injection checks them. "
                 "`proxy.istio.io/config` must hold a YAML mapping.\n\nPlaceholders are left alone.",
             .effect = "sidecar injection fails and the pods are not created, or the value is ignored",
             .source = "https://istio.io/latest/docs/reference/config/annotations/",
             .severity = Severity::warning,
             .aliases = {"IST0125"}},
    .reads = istio::annotated_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
