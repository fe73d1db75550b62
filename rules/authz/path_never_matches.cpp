// Paths of a policy that no request has.
#include "model/istio/policy_views.h"
#include "model/istio/value_syntax.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Why no request has such a path; "" where one may have.
std::string_view fault(std::string_view path) {
  if (path.find('?') != std::string_view::npos) return "holds a query, which is not part of the path";
  if (path.find('#') != std::string_view::npos) return "holds a fragment, which clients do not send";
  if (!path.empty() && path.front() != '/' && path.front() != '*') return "does not begin with a slash";
  return {};
}

void check_one(const Resource& resource, Report& report) {
  const bool deny = text_of(resource.spec()["action"]).equals("DENY") == Truth::yes;
  for (yaml::Node operation : AuthorizationPolicy(resource).operations()) {
    for (const std::string_view field : {"paths", "notPaths"}) {
      for (yaml::Node node : operation[field].items()) {
        const auto path = text_of(node);
        const std::string_view why = path.is_known() ? fault(*path) : std::string_view();
        if (why.empty()) continue;
        Finding finding = report.at(resource, node, format("the path {} {}", istio::shown(*path), why));
        if (deny && field == "paths") finding.effect("the rule does not apply: requests that it was to deny pass");
        if (why.ends_with("slash")) finding.fix("put a slash before it", node, format("/{}", *path), Safety::unsafe);
      }
    }
  }
}

}  // namespace

extern constinit const Rule authz_path_never_matches = {
    .info = {.id = "authz-path-never-matches",
             .summary = "a path in a policy is one that no request has",
             .docs = "Paths are compared with the path of the request as the sidecar sees it: with a slash at the beginning, "
                     "without host, query and fragment. `*` may stand at one end.",
             .effect = "the entry matches no request",
             .source = "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation",
             .severity = Severity::warning,
             .group = Group::security,
             .fixes = FixPolicy::sometimes,
             .ineffective = true},
    .reads = {Kind::authorization_policy},
    .check_one = check_one,
};

}  // namespace hop::rules
