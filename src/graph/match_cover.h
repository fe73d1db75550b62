#pragma once
// Whether one match of a VirtualService's route leaves nothing for a later one.
// Knows nothing of destinations. Source: istio.io VirtualService reference (`HTTPMatchRequest`: routes are tried in order).

#include "yaml/document.h"

namespace hop {

/// Equal as values, whatever the order of keys; false where a placeholder stands.
bool same_value(yaml::Node a, yaml::Node b);
/// Whether the two fit the same requests: equal but for their names.
bool same_match(yaml::Node a, yaml::Node b);
/// Whether it asks for nothing: no more than a path that each has.
bool fits_every_request(yaml::Node match);
/// Whether every request that fits `later` fits `earlier`, too, as far as that can be told.
bool match_covers(yaml::Node earlier, yaml::Node later);

}  // namespace hop
