// A health check that may take as long as the time between two of them.
#include <set>

#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  std::set<Span> told;
  for (const TargetGroup& group : graph.target_groups()) {
    const Setting& interval = group.health.interval;
    const Setting& timeout = group.health.timeout;
    const auto longest = timeout.known ? aws::parse_int(timeout.value) : std::nullopt;
    const auto every = interval.known ? aws::parse_int(interval.value) : std::nullopt;
    if (!longest || !every || *longest < *every) continue;
    // What is not among the manifests may set the one that is not written here.
    if (!group.service.found() && (interval.set_by == nullptr || timeout.set_by == nullptr)) continue;
    const Setting& place = timeout.set_by != nullptr ? timeout : interval;
    if (place.set_by == nullptr || !place.set_by->linted() || !told.insert(place.node.span()).second) continue;
    Finding finding = report.at(*place.set_by, place.node,
                                format("the health check's timeout of {} s is not below its interval of {} s", *longest, *every));
    if (timeout.set_by != nullptr && interval.set_by != nullptr) {
      finding.note(interval.node, "the interval");
    } else {
      finding.label(timeout.set_by != nullptr ? "the interval is the controller's default" : "the timeout is the controller's default");
    }
  }
}

}  // namespace

extern constinit const Rule alb_healthcheck_timeout_too_long = {
    .info = {.id = "alb-healthcheck-timeout-too-long",
             .summary = "an ALB's health check has a timeout that is not below its interval",
             .docs = "`healthcheck-timeout-seconds` must be below `healthcheck-interval-seconds`. Unset they are 5 and 15; a Service's "
                     "annotation wins over the Ingress's.\n\nStays silent where one of the two is not written and the Service, which could "
                     "set it, is not among the manifests.",
             .effect = "AWS refuses the target group; the controller stops with FailedDeployModel",
             .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html",
             .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
