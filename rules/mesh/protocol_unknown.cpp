// Protocols that Istio does not know.
#include "model/istio/value_fields.h"
#include "rule/istio_values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) { report_bad_values(resource, {istio::Syntax::protocol}, report); }

}  // namespace

extern constinit const Rule mesh_protocol_unknown = {
    .info = {.id = "mesh-protocol-unknown",
             .summary = "a port has a protocol that Istio does not know",
             .docs = "HTTP, HTTP2, GRPC, GRPC-WEB, HTTPS, TLS, TCP, UDP, MONGO, REDIS and MYSQL, in any case. Kubernetes' own "
                     "names of protocols for `appProtocol` do not count here.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#Port",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = istio::value_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
