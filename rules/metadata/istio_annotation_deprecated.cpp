// An annotation of Istio's that is on its way out.
#include "model/istio/annotations.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (const istio::Annotated& place : istio::annotated(resource)) {
    for (const auto& [key, value] : place.annotations().entries()) {
      const std::string_view name = key.str();
      const istio::Annotation* annotation = istio::find_annotation(name);
      if (annotation == nullptr || !annotation->deprecated) continue;
      const bool has_label = place.metadata["labels"].has(name);
      const bool inject = name == "sidecar.istio.io/inject";
      if (inject && has_label) continue;
      const std::string_view instead = inject ? "; use the label of the same name" : "";
      report.at_key(resource, value, format("annotation `{}` is deprecated{}", name, instead)).alias("IST0135");
    }
  }
}

}  // namespace

extern constinit const Rule metadata_istio_annotation_deprecated = {
    .info = {.id = "metadata-istio-annotation-deprecated",
             .summary = "an annotation of Istio's is deprecated",
             .docs = "`sidecar.istio.io/inject` became a label, with which the API server decides whether to ask the injector at all; the "
                     "others moved to `proxy.istio.io/config`, the Telemetry API, or have no use any more.",
             .effect = "works today; a later release of Istio may ignore it",
             .source = "https://istio.io/latest/docs/reference/config/annotations/",
             .severity = Severity::info,
             .group = Group::deprecation,
             .aliases = {"IST0135"}},
    .reads = istio::annotated_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
