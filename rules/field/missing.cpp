// A field that the API server asks for and that is not there.
#include <algorithm>

#include "model/k8s/views.h"
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool makes_pods(Kind kind) {
  const auto kinds = Workload::kinds();
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

/// A patch that no kustomization among the manifests lists looks like a resource with holes: containers without an image, none at all,
/// or several required fields missing at once.
bool looks_like_patch(const Resource& resource, std::size_t missing) {
  if (!makes_pods(resource.kind)) return missing > 1;
  const yaml::Items containers = Workload(resource).containers();
  for (yaml::Node container : containers) {
    if (!container["image"]) return true;
  }
  return containers.empty();
}

/// istiod's webhook asks for the same fields as the API server.
bool is_validated_by_istiod(const Resource& resource) {
  const std::string_view group = group_of(resource.api_version);
  return group.ends_with(".istio.io") && group != "install.istio.io";
}

/// Patches replace the lists of custom resources as a whole: an item is all there is of it, in a patch as well.
bool is_whole(const Resource& resource, const FieldMistake& mistake) {
  return is_validated_by_istiod(resource) && mistake.place.path().find('[') != std::string::npos;
}

/// A peer's code for a field that it takes for another when it is missing.
struct PeerCode {
  Kind kind;
  std::string_view field, alias;
};
constexpr PeerCode peer_codes[] = {{Kind::virtual_service, "destination", "IST0101"}, {Kind::virtual_service, "host", "IST0101"}};

void report_missing_field(const Resource& resource, const FieldMistake& mistake, Report& report) {
  Finding finding = report.at_key(resource, mistake.place,
                                  format("`{}` lacks the required field `{}`", short_path(resource, mistake.place), mistake.name));
  finding.label(format("needs `{}`", mistake.name)).target(std::string(mistake.name));
  if (is_validated_by_istiod(resource)) finding.alias("IST0106");
  for (const PeerCode& code : peer_codes) {
    if (code.kind == resource.kind && code.field == mistake.name) finding.alias(code.alias);
  }
}

void check_one(const Resource& resource, Report& report) {
  if (resource.patched) return;
  const std::vector<FieldMistake>& found = mistakes(resource).fields;
  const auto is_missing = [](const FieldMistake& mistake) { return mistake.what == Mistake::missing; };
  const auto open = std::count_if(found.begin(), found.end(),
                                  [&](const FieldMistake& mistake) { return is_missing(mistake) && !is_whole(resource, mistake); });
  const bool patch = open > 0 && looks_like_patch(resource, static_cast<std::size_t>(open));
  for (const FieldMistake& mistake : found) {
    if (is_missing(mistake) && (!patch || is_whole(resource, mistake))) report_missing_field(resource, mistake, report);
  }
}

}  // namespace

extern constinit const Rule field_missing = {
    .info = {.id = "field-missing",
             .summary = "a field that the API server requires is missing",
             .docs =
                 "Only what the API server itself refuses to do without is asked for: a Deployment's `selector`, a container's `name`, a "
                 "path's `pathType`, the `host` of a DestinationRule.\n\n"
                 "Stays silent where a kustomization's patches may add to the object, and for what looks like a patch itself: "
                 "containers without an image, or several required fields missing at once. Items of lists in Istio's objects are held to "
                 "it all the "
                 "same: patches replace such lists as a whole.",
             .effect = "the API server refuses the object: Required value",
             .source = "https://kubernetes.io/docs/reference/kubernetes-api/",
             .severity = Severity::error,
             .aliases = {"IST0101", "IST0106"}},
    .reads = kinds_with_fields,
    .check_one = check_one,
};

}  // namespace hop::rules
