#pragma once
// Writes `known:` entries for a configuration file. The one place that writes YAML; yaml-cpp's Emitter lives behind it.

#include <span>
#include <string>

#include "graph/input.h"

namespace hop {

/// A `known:` list in YAML, ready to be put into `.hoplint.yaml`; it ends with a line end.
std::string known_yaml(std::span<const KnownName> names);

}  // namespace hop
