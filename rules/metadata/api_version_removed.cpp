// API versions that no supported Kubernetes serves any more.
#include "model/api_version.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const RemovedVersion* entry = find_removed(resource.api_version, resource.kind_name);
  if (entry == nullptr) return;
  const Component component = entry->istio ? Component::istio : Component::kubernetes;
  const std::string since = format("{} {}", to_string(component), entry->since);
  std::string instead;
  if (!entry->successor.empty()) {
    instead = format("; use `{}`", entry->successor);
  } else if (!entry->instead.empty()) {
    instead = format("; it is served as `{}`", entry->instead);
  }
  report
      .at(resource, resource["apiVersion"],
          format("`{}` of `{}` is gone since {}{}", resource.kind_name, entry->api_version, since, instead))
      .label(format("not served since {}", entry->since))
      .applies({component, parse_version(entry->since).value_or(Version{})});
}

}  // namespace

extern constinit const Rule metadata_api_version_removed = {
    .info = {.id = "metadata-api-version-removed",
             .summary = "the object's API version is no longer served by any supported Kubernetes",
             .docs =
                 "An old API version may still be on disk long after the last cluster that served it. Fields may have moved in the newer "
                 "version: an Ingress of `networking.k8s.io/v1` writes `service.name` and `service.port.number` where "
                 "`extensions/v1beta1` had `serviceName` and `servicePort`, and needs a `pathType`. Nothing is said where "
                 "`environment:` of the configuration names a version that still serves it.",
             .effect = "kubectl apply fails: no matches for kind in that version",
             .source = "https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
             .severity = Severity::error,
             .group = Group::deprecation},
    .reads = KindSet::every_kind(),
    .check_one = check_one,
};

}  // namespace hop::rules
