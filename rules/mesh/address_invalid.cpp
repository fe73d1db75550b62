// Addresses that are none.
#include "model/istio/value_fields.h"
#include "rule/istio_values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  report_bad_values(resource, {istio::Syntax::name_or_address, istio::Syntax::range, istio::Syntax::bind}, report);
}

}  // namespace

extern constinit const Rule mesh_address_invalid = {
    .info = {.id = "mesh-address-invalid",
             .summary = "an IP address, a CIDR range or the address of an endpoint is none",
             .docs = "Ranges are an IP address or CIDR notation: `10.0.0.0/8`. A listener binds to an IP address or a unix "
                     "socket (`unix:///run/app.sock`). An endpoint has an IP address, a DNS name or a unix socket.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/service-entry/#ServiceEntry",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = istio::value_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
