// An annotation of Istio's on a kind of object from which Istio does not read it.
#include "model/istio/annotations.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const std::vector<istio::Annotated> places = istio::annotated(resource);
  for (const istio::Annotated& place : places) {
    for (const auto& [key, value] : place.annotations().entries()) {
      const std::string_view name = key.str();
      const istio::Annotation* annotation = istio::find_annotation(name);
      if (annotation == nullptr || istio::is_written_by_istio(name) || annotation->where.has(place.kind)) continue;
      const bool for_pods = annotation->where.has(Kind::pod);
      const std::string_view kind = place.kind == resource.kind ? resource.kind_name : "Pod";
      Finding finding = report.at_key(
          resource, value, format("annotation `{}` on a {} is ignored; it is read from {}", name, kind, istio::readers(*annotation)));
      finding.alias("IST0107");
      if (!for_pods || places.size() < 2) continue;
      const istio::Annotated& pods = places.back();
      if (const yaml::Node there = pods.annotations()[name]) {
        finding.severity(Severity::info).note(there, "the pods have it too");
      } else if (pods.metadata) {
        finding.note(pods.metadata.key_span(), "it belongs here");
      }
    }
  }
}

}  // namespace

extern constinit const Rule metadata_istio_annotation_misplaced = {
    .info = {.id = "metadata-istio-annotation-misplaced",
             .summary = "an annotation of Istio's stands on a kind of object from which Istio does not read it",
             .docs =
                 "Typical is an annotation for the sidecar in the `metadata` of a Deployment: only `spec.template.metadata` reaches the "
                 "pods.\n\nInfo where the pod template carries the annotation as well.",
             .effect = "the annotation is ignored; what it was to set keeps its default",
             .source = "https://istio.io/latest/docs/reference/config/annotations/",
             .severity = Severity::warning,
             .aliases = {"IST0107"}},
    .reads = istio::annotated_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
