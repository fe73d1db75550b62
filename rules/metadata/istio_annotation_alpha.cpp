// An annotation of Istio's without a promise of stability.
#include <algorithm>
#include <iterator>

#include "model/istio/annotations.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

// The CNI plugin writes these on pods that have no init container of Istio's.
constexpr std::string_view set_by_cni[] = {"sidecar.istio.io/interceptionMode", "traffic.sidecar.istio.io/includeInboundPorts",
                                           "traffic.sidecar.istio.io/excludeInboundPorts",
                                           "traffic.sidecar.istio.io/includeOutboundIPRanges"};

bool may_be_of_cni(const istio::Annotated& place, std::string_view name) {
  if (place.kind != Kind::pod || std::find(std::begin(set_by_cni), std::end(set_by_cni), name) == std::end(set_by_cni)) return false;
  for (yaml::Node container : place.pod_spec["initContainers"].items()) {
    if (container["name"].str() == "istio-init") return false;
  }
  return true;
}

void check_one(const Resource& resource, Report& report) {
  for (const istio::Annotated& place : istio::annotated(resource)) {
    for (const auto& [key, value] : place.annotations().entries()) {
      const std::string_view name = key.str();
      const istio::Annotation* annotation = istio::find_annotation(name);
      if (annotation == nullptr || !annotation->alpha || istio::is_written_by_istio(name) || may_be_of_cni(place, name)) continue;
      report.at_key(resource, value, format("annotation `{}` is alpha", name)).alias("IST0136");
    }
  }
}

}  // namespace

extern constinit const Rule metadata_istio_annotation_alpha = {
    .info = {.id = "metadata-istio-annotation-alpha",
             .summary = "an annotation of Istio's is alpha",
             .docs = "Most of Istio's annotations are alpha, among them ones in daily use. For those who admit only stable features.\n\n"
                     "Those that Istio's CNI plugin writes itself are left alone on pods without an `istio-init` container.",
             .effect = "a later release of Istio may change or drop it without notice",
             .source = "https://istio.io/latest/docs/releases/feature-stages/",
             .severity = Severity::info,
             .group = Group::policy,
             .aliases = {"IST0136"}},
    .reads = istio::annotated_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
