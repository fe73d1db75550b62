// Routing by JWT claims in sidecars.
#include "model/field_path.h"
#include "model/istio/value_syntax.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  if (!vs.applies_to_mesh()) return;
  for (const std::string_view path : {"http[].match[].headers.@", "http[].match[].withoutHeaders.@"}) {
    for (const Field& field : fields_at(vs.spec(), path)) {
      if (!istio::is_claim(field.key.str())) continue;
      report.at_key(resource, field.node, "sidecars do not route by JWT claims; gateways do").alias("IST0106");
    }
  }
}

}  // namespace

extern constinit const Rule virtualservice_claims_in_mesh = {
    .info = {.id = "virtualservice-claims-in-mesh",
             .summary = "a VirtualService for sidecars matches JWT claims",
             .docs = "Claims of a JWT (`@request.auth.claims.group`) can be matched by gateways only: `gateways` has to name "
                     "them, and not `mesh`.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/tasks/security/authentication/jwt-route/",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
