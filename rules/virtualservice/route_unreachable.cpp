// Routes behind one that takes every request.
#include "graph/match_cover.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::size_t compared = 200;  ///< earlier matches; more are not looked at

/// The earlier match that is the same; absent if there is none.
yaml::Node find_same(const std::vector<yaml::Node>& earlier, yaml::Node match) {
  for (yaml::Node other : std::span(earlier).first(std::min(earlier.size(), compared))) {
    if (same_match(other, match)) return other;
  }
  return {};
}

/// The earlier copy of the route's first match, if each has one.
yaml::Node all_same(const std::vector<yaml::Node>& earlier, yaml::Node matches) {
  yaml::Node first;
  for (yaml::Node match : matches.items()) {
    const yaml::Node other = find_same(earlier, match);
    if (!other) return {};
    if (!first) first = other;
  }
  return first;
}

/// Whether requests end at the route. Those that a delegate has no route for go on to the next one; a route that says nothing of where they
/// go is a mistake of its own.
bool takes_requests(yaml::Node route) { return route["route"] || route["redirect"] || route["directResponse"]; }

void check_list(const Resource& resource, yaml::Node routes, Report& report) {
  yaml::Node open;  // a route without matches
  yaml::Node wide;  // a match that every request fits
  std::vector<yaml::Node> earlier;
  for (yaml::Node route : routes.items()) {
    const yaml::Node matches = route["match"];
    if (open) {
      report.at(resource, route, "no request gets to this route: one before it takes them all")
          .alias("IST0130")
          .note(open, "this route has no matches");
    } else if (const yaml::Node same = all_same(earlier, matches)) {
      report.at(resource, route, "no request gets to this route: its matches stand in routes before it")
          .alias("IST0130")
          .alias("IST0131")
          .note(same, "the same match");
    } else if (wide && matches.size() == 0) {
      report.at(resource, route, "no request gets to this route: a match before it takes them all")
          .note(wide, "every request fits this match");
    }
    if (!takes_requests(route)) continue;
    if (matches.size() == 0 && !open) open = route;
    for (yaml::Node match : matches.items()) {
      earlier.push_back(match);
      if (!wide && fits_every_request(match)) wide = match;
    }
  }
}

void check_one(const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  for (const char* list : {"http", "tls", "tcp"}) check_list(resource, vs.spec()[list], report);
}

}  // namespace

extern constinit const Rule virtualservice_route_unreachable = {
    .info = {.id = "virtualservice-route-unreachable",
             .summary = "a route stands behind one that takes all its requests",
             .docs = "Routes are tried in order, and the first that fits is taken. A route without `match` takes every request, so it has "
                     "to be the last; so does one for all paths (`prefix: /`) that asks for nothing else; "
                     "a route whose matches all stand in earlier routes is never taken. Routes that delegate are no bar: what the delegate "
                     "does not "
                     "take goes on.",
             .effect = "the route is ignored",
             .source = "https://istio.io/latest/docs/concepts/traffic-management/#routing-rule-precedence",
             .severity = Severity::warning,
             .aliases = {"IST0130", "IST0131"},
             .ineffective = true},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
