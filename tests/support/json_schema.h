#pragma once
// As much of JSON Schema as the schemas here use. A keyword it does not know is a mistake, so that nothing is passed over in silence.

#include <nlohmann/json_fwd.hpp>

#include "support/complaints.h"

namespace hop {

/// What in `value` does not hold to `schema`, with the place of each: "$.runs[0].results[3].level: not one of the enum".
Complaints check_schema(const nlohmann::json& schema, const nlohmann::json& value);

}  // namespace hop
