// Hosts that are no DNS names, or wildcards where none may stand.
#include "model/istio/value_fields.h"
#include "rule/istio_values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  report_bad_values(resource,
                    {istio::Syntax::host, istio::Syntax::host_or_address, istio::Syntax::narrow_host, istio::Syntax::gateway_host,
                     istio::Syntax::sidecar_host},
                    report);
}

}  // namespace

extern constinit const Rule mesh_host_invalid = {
    .info = {.id = "mesh-host-invalid",
             .summary = "a host is no DNS name, or has a form that its field does not take",
             .docs = "Hosts are DNS names: no scheme, no port, no path, no underscore. Only the first label may be a wildcard, "
                     "and not for a part of a label on a Gateway or Sidecar. `*` alone is no destination and no host of a "
                     "ServiceEntry.\n\nGateways write `host` or `namespace/host` with a full name, Sidecars always "
                     "`namespace/host`.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#Server",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = istio::value_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
