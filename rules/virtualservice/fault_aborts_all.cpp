// A route whose fault answers every request.
#include <algorithm>

#include "model/istio/faults.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether each way into the route asks for more than host and path: then it is a test for those who ask for it.
bool is_narrowed(yaml::Node route) {
  for (yaml::Node match : route["match"].items()) {
    if (match["headers"].size() == 0 && match["queryParams"].size() == 0 && match["sourceLabels"].size() == 0 && !match["sourceNamespace"])
      return false;
  }
  return route["match"].size() > 0;
}

void check_one(const Resource& resource, Report& report) {
  const bool from_outside = std::ranges::any_of(VirtualService(resource).gateways(), [](yaml::Node name) { return name.str() != "mesh"; });
  for (yaml::Node route : resource.spec()["http"].items()) {
    if (istio::aborts_all(route) != Truth::yes || route["redirect"] || route["directResponse"] || route["delegate"]) continue;
    Finding finding = report.at_key(resource, route["fault"]["abort"], "this fault answers every request of the route with an error");
    if (is_narrowed(route) || !from_outside) finding.severity(Severity::info);
  }
}

}  // namespace

extern constinit const Rule virtualservice_fault_aborts_all = {
    .info = {.id = "virtualservice-fault-aborts-all",
             .summary = "a route injects an error into all of its requests",
             .docs =
                 "`fault.abort` for 100 % leaves nothing to the destination. It is for tests; one that was left behind is an outage, and "
                 "no error of the application shows in its logs.\n\nInfo where the route is only for requests with certain headers, "
                 "query parameters or senders, and where no gateway has it: inside the mesh faults are injected on purpose. Statuses below "
                 "400 are answers and not reported.",
             .effect = "no request of the route reaches its destination: the proxy answers with the fault's status",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection-Abort",
             .severity = Severity::warning,
             .group = Group::reliability},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
