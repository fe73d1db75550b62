// Ports beyond 65535.
#include "model/istio/value_fields.h"
#include "rule/istio_values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  report_bad_values(resource, {istio::Syntax::port, istio::Syntax::port_or_socket, istio::Syntax::policy_port}, report);
}

}  // namespace

extern constinit const Rule mesh_port_out_of_range = {
    .info = {.id = "mesh-port-out-of-range",
             .summary = "a port of Istio's configuration is out of range",
             .docs = "Ports are numbers from 1 to 65535. In AuthorizationPolicies they are text, each a single number: there "
                     "are no ranges and no wildcards. A listener at a unix socket has the port 0.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#Port",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = istio::value_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
