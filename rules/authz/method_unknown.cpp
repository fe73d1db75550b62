// A method in an AuthorizationPolicy that no HTTP request has.
#include <algorithm>

#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view methods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE"};

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return result;
}

/// `*`, `GE*` and `*ET` as Istio matches them.
bool is_method(std::string_view text) {
  return std::any_of(std::begin(methods), std::end(methods), [&](std::string_view method) {
    if (text.ends_with('*')) return method.starts_with(text.substr(0, text.size() - 1));
    if (text.starts_with('*')) return method.ends_with(text.substr(1));
    return method == text;
  });
}

void check_list(const Resource& resource, yaml::Node list, bool positive, Report& report) {
  for (yaml::Node place : list.items()) {
    const auto text = text_of(place);
    if (!text.is_known() || is_method(*text)) continue;
    const std::string corrected = upper(trim(*text));
    const bool spelling = is_method(corrected);
    Finding finding = report.at(resource, place, format("`{}` is no HTTP method", *text));
    if (positive && !spelling) finding.alias("KIA0102");
    if (spelling) finding.fix(format("write `{}`", corrected), place, corrected, Safety::unsafe);
    if ((*text).starts_with('/')) finding.label("a gRPC method is a path");
  }
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node operation : AuthorizationPolicy(resource).operations()) {
    check_list(resource, operation["methods"], true, report);
    check_list(resource, operation["notMethods"], false, report);
  }
}

}  // namespace

extern constinit const Rule authz_method_unknown = {
    .info = {.id = "authz-method-unknown",
             .summary = "a policy names a method that is no HTTP method",
             .docs = "Methods are compared with capitals: `get` matches nothing. The method of a gRPC call is always `POST`; its name "
                     "belongs into `paths`.",
             .effect = "the entry matches no request: an ALLOW rule lets nothing in by it, a DENY rule keeps nothing out",
             .source = "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation",
             .severity = Severity::warning,
             .group = Group::security,
             .aliases = {"KIA0102"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::authorization_policy},
    .check_one = check_one,
};

}  // namespace hop::rules
