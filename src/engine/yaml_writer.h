#pragma once
// Writes the YAML that hoplint makes: `known:` entries for a configuration file, baselines. yaml-cpp's Emitter lives behind it.

#include <span>
#include <string>

#include "engine/baseline.h"
#include "graph/input.h"

namespace hop {

/// A `known:` list in YAML, ready to be put into `.hoplint.yaml`; it ends with a line end.
std::string known_yaml(std::span<const KnownName> names);

/// What read_baseline() reads.
std::string baseline_yaml(const Baseline& baseline);

}  // namespace hop
