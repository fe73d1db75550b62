// Path templates that Istio does not support.
#include <algorithm>

#include "model/istio/policy_views.h"
#include "model/istio/value_syntax.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// A part of a template: `{*}`, `{**}`, or text without wildcards and braces.
bool is_part(std::string_view part) { return part == "{*}" || part == "{**}" || part.find_first_of("{}*") == std::string_view::npos; }

/// What is wrong with a path that holds `{*}` or `{**}`; "" for nothing.
std::string_view fault(std::string_view path) {
  bool any = false;
  path.remove_prefix(path.starts_with('/') ? 1 : 0);
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part = path.substr(begin, end - begin);
    begin = end + 1;
    if (any) return "has something behind `{**}`";
    if (!is_part(part)) return "mixes `{*}` with other wildcards or names";
    any = part == "{**}";
  }
  return {};
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node operation : AuthorizationPolicy(resource).operations()) {
    for (const std::string_view field : {"paths", "notPaths"}) {
      for (yaml::Node node : operation[field].items()) {
        const auto path = text_of(node);
        const bool is_template =
            path.is_known() && ((*path).find("{*}") != std::string_view::npos || (*path).find("{**}") != std::string_view::npos);
        if (!is_template) continue;
        if (const std::string_view why = fault(*path); !why.empty()) {
          report.at(resource, node, format("the path {} {}", istio::shown(*path), why)).alias("IST0106");
        }
      }
    }
  }
}

}  // namespace

extern constinit const Rule authz_path_template_invalid = {
    .info = {.id = "authz-path-template-invalid",
             .summary = "a path template of a policy is of a form that Istio does not support",
             .docs = "In a path `{*}` stands for one part between slashes and `{**}` for the rest, at the end. They have no "
                     "names (`{id}`), and are not mixed with `*`.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation",
             .severity = Severity::error,
             .group = Group::security,
             .aliases = {"IST0106"}},
    .reads = {Kind::authorization_policy},
    .check_one = check_one,
};

}  // namespace hop::rules
