#pragma once
// A configuration written down: as it is in force, and as it is proposed for a repository. YAML that read_config() takes.

#include <functional>
#include <string>
#include <string_view>

#include "engine/propose.h"
#include "engine/settings.h"

namespace hop {

/// Every key, each under a comment that says where it comes from; what nobody said stands with its default, "by default". Globs of `paths`
/// and `clusters` are as seen from the working directory. `place` shows a place in the configuration: ".hoplint.yaml:3".
std::string config_in_force(const Settings& settings, const std::function<std::string(Span)>& place);

/// A first `.hoplint.yaml`, with comments on why each thing is proposed.
std::string proposed_config(const Proposal& proposal);

}  // namespace hop
