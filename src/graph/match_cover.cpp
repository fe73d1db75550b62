#include "graph/match_cover.h"

#include <string_view>

#include "yaml/template.h"

namespace hop {
namespace {

/// Every pair of `few` stands in `many`.
bool all_in(yaml::Node few, yaml::Node many) {
  for (const auto& [key, value] : few.entries()) {
    if (!many.has(key.str()) || !same_value(value, many[key.str()])) return false;
  }
  return few.is_mapping();
}

bool uri_covers(yaml::Node earlier, yaml::Node later) {
  if (same_value(earlier, later)) return true;
  if (!earlier["prefix"] || yaml::is_placeholder(earlier["prefix"].str())) return false;
  const std::string_view prefix = earlier["prefix"].str();
  if (prefix == "/") return true;
  for (const char* kind : {"prefix", "exact"}) {
    if (later[kind] && !yaml::is_placeholder(later[kind].str())) return later[kind].str().starts_with(prefix);
  }
  return false;
}

bool holds(yaml::Node list, yaml::Node value) {
  for (yaml::Node item : list.items()) {
    if (same_value(item, value)) return true;
  }
  return false;
}

/// A list that a request has to be in one of.
bool list_covers(yaml::Node earlier, yaml::Node later) {
  for (yaml::Node item : later.items()) {
    if (!holds(earlier, item)) return false;
  }
  return !later.items().empty();
}

bool key_covers(std::string_view key, yaml::Node earlier, yaml::Node later) {
  if (key == "name") return true;
  if (key == "uri") return uri_covers(earlier, later);
  if (key == "headers" || key == "queryParams" || key == "withoutHeaders" || key == "sourceLabels") return all_in(earlier, later);
  if (key == "gateways" || key == "destinationSubnets" || key == "sniHosts") return list_covers(earlier, later);
  return later && same_value(earlier, later);
}

}  // namespace

bool same_value(yaml::Node a, yaml::Node b) {
  if (a.is_mapping() && b.is_mapping()) return a.size() == b.size() && all_in(a, b);
  if (a.is_sequence() && b.is_sequence()) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!same_value(a[i], b[i])) return false;
    }
    return true;
  }
  return a.is_scalar() && b.is_scalar() && a.str() == b.str() && !yaml::is_placeholder(a.str());
}

bool same_match(yaml::Node a, yaml::Node b) {
  const auto named = [](yaml::Node match) { return match.has("name") ? 1U : 0U; };
  if (a.size() - named(a) != b.size() - named(b)) return false;
  for (const auto& [key, value] : a.entries()) {
    if (key.str() != "name" && !same_value(value, b[key.str()])) return false;
  }
  return a.is_mapping() && b.is_mapping();
}

bool fits_every_request(yaml::Node match) {
  for (const auto& [key, value] : match.entries()) {
    const bool any_path = key.str() == "uri" && value["prefix"].str() == "/";
    if (!any_path && key.str() != "name" && key.str() != "ignoreUriCase") return false;
  }
  return match.has("uri");
}

bool match_covers(yaml::Node earlier, yaml::Node later) {
  // Upper and lower case, or the whole of what is not asked: only equal matches are sure.
  if (!same_value(earlier["ignoreUriCase"], later["ignoreUriCase"]) && (earlier["ignoreUriCase"] || later["ignoreUriCase"])) return false;
  for (const auto& [key, value] : earlier.entries()) {
    if (!key_covers(key.str(), value, later[key.str()])) return false;
  }
  return earlier.is_mapping() && later.is_mapping();
}

}  // namespace hop
