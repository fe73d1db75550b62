// Regular expressions that Envoy cannot compile.
#include "model/istio/value_fields.h"
#include "rule/istio_values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) { report_bad_values(resource, {istio::Syntax::regex}, report); }

}  // namespace

extern constinit const Rule mesh_regex_invalid = {
    .info = {.id = "mesh-regex-invalid",
             .summary = "a regular expression of a match is none that RE2 compiles",
             .docs = "Matches, rewrites and CORS origins take RE2 expressions, which have no lookahead, no lookbehind and no "
                     "backreferences. An empty one, or one longer than 1,024 bytes, is refused as well.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://github.com/google/re2/wiki/Syntax",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = istio::value_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
