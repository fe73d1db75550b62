// A route that sends the client to where it already is.
#include <algorithm>
#include <vector>

#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::size_t compared = 1000;  ///< routes of one VirtualService; more are not looked at

/// Whether a `uri` takes this path; unknown where that cannot be told, as of a regular expression.
Truth takes_path(yaml::Node uri, std::string_view path) {
  if (const auto exact = text_of(uri["exact"]); !exact.is_absent()) return exact.equals(path);
  const auto prefix = text_of(uri["prefix"]);
  return prefix.is_known() ? truth(path.starts_with(*prefix)) : Truth::unknown;
}

/// Whether the match takes whatever has this path.
Truth takes(yaml::Node match, std::string_view path) {
  Truth all = match["uri"] ? takes_path(match["uri"], path) : Truth::yes;
  for (const auto& [key, value] : match.entries()) {
    if (key.str() != "uri" && key.str() != "name") all = all && Truth::unknown;
  }
  return all;
}

/// Without matches everything is taken.
Truth any_takes(yaml::Node route, std::string_view path) {
  if (!route["match"]) return Truth::yes;
  Truth any = Truth::no;
  for (yaml::Node match : route["match"].items()) any = any || takes(match, path);
  return any;
}

/// The path of a redirect that changes nothing else.
yaml::Node path_only(yaml::Node redirect) {
  for (const auto& [key, value] : redirect.entries()) {
    if (key.str() != "uri" && key.str() != "redirectCode") return {};
  }
  const auto path = text_of(redirect["uri"]);
  return path.is_known() && (*path).starts_with('/') && (*path).find_first_of("%?#") == std::string_view::npos ? redirect["uri"]
                                                                                                               : yaml::Node{};
}

void check_one(const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  std::vector<yaml::Node> earlier;
  for (yaml::Node route : vs.spec()["http"].items()) {
    if (earlier.size() == compared) return;
    earlier.push_back(route);
    const yaml::Node path = path_only(route["redirect"]);
    if (!path || any_takes(route, path.str()) != Truth::yes) continue;
    const auto free = [&](yaml::Node other) { return other == route || any_takes(other, path.str()) == Truth::no; };
    if (!std::ranges::all_of(earlier, free)) continue;
    Finding finding = report.at(vs, path, format("the redirect to `{}` comes back to this route", path.str()));
    if (route["match"]) finding.note(route["match"], "which takes it again");
  }
}

}  // namespace

extern constinit const Rule virtualservice_redirect_to_itself = {
    .info = {.id = "virtualservice-redirect-to-itself",
             .summary = "a route redirects to a path that it takes itself",
             .docs = "A `redirect` with nothing but a `uri` sends the client to another path of the same host, which asks the same routes "
                     "again, in order. If the first that takes the new path is the route that sent it there, the client goes round in a "
                     "circle. Put a route for the new path before it, match the old path exactly, or use `rewrite`, which changes the path "
                     "on the way to the pods and tells the client nothing.",
             .effect = "browsers give up with ERR_TOO_MANY_REDIRECTS",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRedirect",
             .severity = Severity::error},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
