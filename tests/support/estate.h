#pragma once
// Right estates: whole small deployments under fixtures/estates, read as a user would name them. Knows nothing of what they must report.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/lint.h"
#include "text/file_system.h"

namespace hop {

struct Estate {
  std::string name;
  std::string folder;                        ///< as one types it: "fixtures/estates/shops"
  std::map<std::string, std::string> files;  ///< by path under `folder`, itself in front
};

/// Those without a mistake: not `article`, nor any `mistake_…`. In name order.
std::vector<Estate> right_estates();

/// As `hoplint` would set up for one of them, whatever the machine and day.
Settings estate_settings();
/// What `hoplint check` finds in these files, and the graph.
LintRun read_estate(const std::map<std::string, std::string>& files, const std::string& folder, const Settings& settings);

}  // namespace hop
