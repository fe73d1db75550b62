// A match that an earlier one leaves nothing for.
#include <algorithm>

#include "graph/match_cover.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::size_t compared = 200;  ///< earlier matches; more are not looked at

std::string_view method_of(yaml::Node match) {
  const yaml::Node method = match["method"];
  return method ? method["exact"].str() : "GET";
}

/// istioctl knows copies, and prefixes of prefixes where both matches ask for the same beside the path; to it no method means GET.
bool is_known_to_istioctl(yaml::Node earlier, yaml::Node match) {
  if (same_match(earlier, match)) return true;
  const std::string_view prefix = earlier["uri"]["prefix"].str();
  const std::string_view other = match["uri"]["prefix"].str();
  if (prefix.empty() || other.empty() || prefix == other || method_of(earlier) != method_of(match)) return false;
  constexpr std::string_view beside[] = {"headers", "withoutHeaders", "queryParams", "port", "authority"};
  return std::all_of(std::begin(beside), std::end(beside),
                     [&](std::string_view key) { return same_value(earlier[key], match[key]) || (!earlier[key] && !match[key]); });
}

/// A copy before anything wider, and that before what only we know.
yaml::Node find_cover(const std::vector<yaml::Node>& earlier, yaml::Node match) {
  yaml::Node wider;
  for (yaml::Node other : std::span(earlier).first(std::min(earlier.size(), compared))) {
    if (same_match(other, match)) return other;
    const bool better = !wider || (!is_known_to_istioctl(wider, match) && is_known_to_istioctl(other, match));
    if (better && match_covers(other, match)) wider = other;
  }
  return wider;
}

void check_list(const Resource& resource, yaml::Node routes, Report& report) {
  std::vector<yaml::Node> earlier;
  for (yaml::Node route : routes.items()) {
    if (route["match"].size() == 0 && !route["delegate"].is_mapping()) return;  // whatever comes behind it is unreachable
    std::vector<std::pair<yaml::Node, yaml::Node>> covered;
    for (yaml::Node match : route["match"].items()) {
      if (const yaml::Node cover = find_cover(earlier, match)) covered.emplace_back(match, cover);
      if (!route["delegate"].is_mapping()) earlier.push_back(match);
    }
    // A route whose matches are copies is unreachable: another rule says so.
    const bool copies = std::all_of(covered.begin(), covered.end(), [](const auto& pair) { return same_match(pair.first, pair.second); });
    const bool whole = !covered.empty() && covered.size() == route["match"].size();
    if (whole && copies) continue;
    for (const auto& [match, cover] : covered) {
      Finding finding = report.at(resource, match, "an earlier match takes every request that this one fits");
      finding.note(cover, "the earlier match");
      if (is_known_to_istioctl(cover, match)) finding.alias("IST0131");
      if (!whole) finding.severity(Severity::info).effect("none: the route's other matches still count");
    }
  }
}

void check_one(const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  for (const char* list : {"http", "tls", "tcp"}) check_list(resource, vs.spec()[list], report);
}

}  // namespace

extern constinit const Rule virtualservice_match_ineffective = {
    .info = {.id = "virtualservice-match-ineffective",
             .summary = "a match stands behind a wider one",
             .docs = "Routes are tried in order. A `uri.prefix` takes everything that starts with it (`/debug` also `/debugs`), as long as "
                     "the earlier match "
                     "asks for nothing else that the later one does not ask for. Put the narrower match first.\n\n"
                     "A warning where it leaves the route nothing, info where the route has other matches.",
             .effect = "the route is never taken",
             .source = "https://istio.io/latest/docs/concepts/traffic-management/#routing-rule-precedence",
             .severity = Severity::warning,
             .aliases = {"IST0131"},
             .ineffective = true},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
