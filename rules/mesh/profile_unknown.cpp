// An installation profile that is a slip for one of Istio's.
#include "rule/rule.h"

namespace hop::rules {
namespace {

// Source: istio/istio manifests/profiles, Istio 1.20 to 1.32.
constexpr std::string_view profiles[] = {"ambient",   "default",           "demo",  "empty", "external", "minimal", "preview", "remote",
                                         "openshift", "openshift-ambient", "stable"};

void check_one(const Resource& resource, Report& report) {
  const auto profile = text_of(resource.spec()["profile"]);
  if (!profile.is_known()) return;
  const auto meant = nearest(*profile, profiles);
  if (!meant) return;
  report.at(resource, profile.node(), format("there is no profile `{}`", shorten(*profile, 32)))
      .fix(format("change it to `{}`", *meant), profile.node(), *meant, Safety::unsafe);
}

}  // namespace

extern constinit const Rule mesh_profile_unknown = {
    .info = {.id = "mesh-profile-unknown",
             .summary = "an IstioOperator names a profile that is a slip for one of Istio's",
             .docs = "`spec.profile` is one of Istio's profiles, or the path of a file. What resembles none of them is left alone.",
             .effect = "`istioctl install` stops: nothing is installed or updated",
             .source = "https://istio.io/latest/docs/setup/additional-setup/config-profiles/",
             .severity = Severity::error,
             .fixes = FixPolicy::always},
    .reads = {Kind::istio_operator},
    .check_one = check_one,
};

}  // namespace hop::rules
