#pragma once
// What neither the schema of SARIF nor GitHub's own validator sees. Nothing returned means all is well.

#include <nlohmann/json_fwd.hpp>

#include "support/case.h"
#include "support/complaints.h"

namespace hop {

/// Two equal results; a link in a message to no related place, or one that no link leads to; an empty snippet; a region that is not in its
/// file, or whose snippet is not what stands there. URIs are taken for paths in `files`.
Complaints check_sarif(const nlohmann::json& log, const FileTexts& files);

}  // namespace hop
