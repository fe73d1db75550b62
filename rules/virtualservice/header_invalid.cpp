// Headers that cannot be matched or changed.
#include "model/istio/value_fields.h"
#include "rule/istio_values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  report_bad_values(resource,
                    {istio::Syntax::header, istio::Syntax::match_header, istio::Syntax::cors_header, istio::Syntax::request_header,
                     istio::Syntax::changed_header, istio::Syntax::header_value},
                    report);
}

}  // namespace

extern constinit const Rule virtualservice_header_invalid = {
    .info = {.id = "virtualservice-header-invalid",
             .summary = "a header has a name or a value that Istio refuses",
             .docs = "Names of headers are letters, digits, dashes and underscores. `Host` and `:authority` can be set on "
                     "requests only, other names with a colon never. In a value `%` opens and closes one of Envoy's variables "
                     "(`%REQ(name)%`); a percent sign is written `%%`.\n\nMatches may name a JWT claim: "
                     "`@request.auth.claims.group`. The header of a RequestAuthentication's `outputClaimToHeaders` is held to "
                     "the same.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#Headers",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = istio::value_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
