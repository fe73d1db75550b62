// An ALB that leaves the client's address out of X-Forwarded-For.
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool leads_to_gateway(const Graph& graph, const GroupMember& member, const Resource*& gateway) {
  for (const TargetGroup& group : graph.target_groups_of(*member.ingress)) {
    if (group.to_gateway()) gateway = group.gateways.front();
  }
  return gateway != nullptr;
}

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    for (const GroupMember& member : group.members) {
      const Setting attributes = effective(graph.controller(*member.ingress), member, "load-balancer-attributes");
      const aws::StringMap map = aws::string_map(attributes.known ? attributes.value : std::string_view{});
      const auto* mode = map.find("routing.http.xff_header_processing.mode");
      const Resource* gateway = nullptr;
      if (mode == nullptr || (mode->value != "preserve" && mode->value != "remove") || !leads_to_gateway(graph, member, gateway)) continue;
      report
          .at(*attributes.set_by, attributes.node,
              format("the ALB does not add the client's address to X-Forwarded-For (`{}`)", mode->value))
          .note(gateway->name_node(), "this gateway counts its entries from the end");
    }
  }
}

}  // namespace

extern constinit const Rule alb_forwarded_for_not_appended = {
    .info = {.id = "alb-forwarded-for-not-appended",
             .summary = "an ALB in front of a gateway does not append to `X-Forwarded-For`",
             .docs =
                 "With `routing.http.xff_header_processing.mode` set to `preserve` or `remove` the load balancer's entry is missing, so a "
                 "gateway that trusts one proxy takes whatever stands there: what the client sent, or nothing.",
             .effect = "the client address the gateway sees is made up by the client, or is the ALB's",
             .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html",
             .severity = Severity::warning,
             .group = Group::security},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
