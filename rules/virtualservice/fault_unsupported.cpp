// Faults that Istio does not inject.
#include <algorithm>

#include "model/field_path.h"
#include "model/istio/field_sets.h"
#include "model/istio/value_syntax.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

// Source: grpc.github.io/grpc/core/md_doc_statuscodes.html
constexpr std::string_view statuses[] = {"OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
                                         "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
                                         "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
                                         "DATA_LOSS", "UNAUTHENTICATED"};

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node fault : nodes_at(resource.spec(), "http[].fault")) {
    for (const auto& [block, field] : {std::pair("abort", "http2Error"), std::pair("delay", "exponentialDelay")}) {
      if (!istio::is_set(fault[block][field])) continue;
      report.at_key(resource, fault[block][field], format("`{}` is not supported yet", field)).alias("IST0106");
    }
    const auto status = text_of(fault["abort"]["grpcStatus"]);
    if (!status.is_known() || (*status).empty() || std::find(std::begin(statuses), std::end(statuses), *status) != std::end(statuses))
      continue;
    Finding finding = report.at(resource, status.node(), format("{} is no gRPC status", istio::shown(*status)));
    finding.alias("IST0106");
    if (const auto meant = nearest(*status, statuses))
      finding.fix(format("change it to `{}`", *meant), status.node(), *meant, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule virtualservice_fault_unsupported = {
    .info = {.id = "virtualservice-fault-unsupported",
             .summary = "a fault is of a kind that Istio does not inject",
             .docs = "`http2Error` and `exponentialDelay` are in the API and not supported. `grpcStatus` is one of gRPC's "
                     "status names: `UNAVAILABLE`.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection",
             .severity = Severity::error,
             .aliases = {"IST0106"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
