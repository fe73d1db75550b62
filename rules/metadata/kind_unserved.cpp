// An apiVersion and a kind that no server knows together.
#include "model/api_version.h"
#include "rule/rule.h"
#include "yaml/template.h"

namespace hop::rules {
namespace {

std::string message_of(const Unserved& unserved, const Resource& resource) {
  const std::string_view group = group_of(resource.api_version);
  switch (unserved.what) {
    case Unserved::What::kind:
      return format("{} has no kind `{}`", group.empty() ? "the core API" : format("`{}`", group), resource.kind_name);
    case Unserved::What::group:
      return format("there is no API group `{}` with a kind `{}`", group, resource.kind_name);
    case Unserved::What::version:
    case Unserved::What::other_group:
      return format("`{}` does not serve `{}`", resource.api_version, resource.kind_name);
  }
  return {};
}

void check_one(const Resource& resource, Report& report) {
  const auto is_open = [](std::string_view text) { return yaml::is_placeholder(text) || yaml::is_shouted(text); };
  if (is_open(resource.api_version) || is_open(resource.kind_name)) return;
  const auto unserved = find_unserved(resource.api_version, resource.kind_name);
  if (!unserved) return;
  const yaml::Node place = resource[unserved->what == Unserved::What::kind ? "kind" : "apiVersion"];
  const std::string meant = unserved->meant.empty() ? "" : format("; did you mean `{}`?", unserved->meant);
  Finding finding = report.at(resource, place, message_of(*unserved, resource) + meant);
  if (unserved->newer) finding.severity(Severity::warning);
  if (!unserved->meant.empty()) finding.fix(format("change it to `{}`", unserved->meant), place, unserved->meant, Safety::unsafe);
}

}  // namespace

extern constinit const Rule metadata_kind_unserved = {
    .info = {.id = "metadata-kind-unserved",
             .summary = "no API server knows the object's kind in its API version",
             .docs = "The group or the version of `apiVersion` is misspelt or belongs to another kind, or the kind is misspelt: kinds are "
                     "case-sensitive. Only groups whose kinds are all known are looked at: those of Kubernetes, Istio and the Gateway "
                     "API. A warning where a newer release may have brought the version.\n\n"
                     "What was served once is `metadata-api-version-removed`'s.",
             .effect = "kubectl apply fails: no matches for kind in that version",
             .source = "https://kubernetes.io/docs/reference/using-api/#api-groups",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = KindSet::every_kind(),
    .check_one = check_one,
};

}  // namespace hop::rules
