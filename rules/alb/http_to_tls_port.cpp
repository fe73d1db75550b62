// Plain HTTP from an ALB to an application's port that says it speaks TLS.
#include <algorithm>
#include <set>

#include "graph/plain_to_tls.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool is_gateway(const TargetGroup& group) {
  return group.to_gateway() || std::ranges::any_of(group.pods, [](const Workload& pod) { return pod.is_gateway(); });
}

void check(const Graph& graph, Report& report) {
  std::set<Span> told;
  for (const TargetGroup& group : graph.target_groups()) {
    if (!group.protocol.is("HTTP") || !group.port || !group.service.found() || group.service.target->patched || is_gateway(group)) continue;
    const yaml::Node word = tls_word_of(Service(*group.service.target), *group.port);
    const yaml::Node place = group.protocol.node ? group.protocol.node : group.backend.path.port();
    const Resource* owner = group.protocol.set_by != nullptr ? group.protocol.set_by : group.ingress;
    if (!word || !owner->linted() || !told.insert(place.span()).second) continue;
    report.at(*owner, place, format("the ALB sends plain HTTP to a port of `{}` that says it speaks TLS", group.service.target->name))
        .note(word, "this is TLS");
  }
}

}  // namespace

extern constinit const Rule alb_http_to_tls_port = {
    .info = {.id = "alb-http-to-tls-port",
             .summary = "an ALB sends plain HTTP to an application's port that says it speaks TLS",
             .docs = "Without `backend-protocol: HTTPS` the ALB sends plain HTTP, whatever the Service calls its port. A port named "
                     "`https…`, or with `appProtocol: https`, expects TLS; one that shares its target port with a plain one does not.\n\n"
                     "If the application speaks plain HTTP, name the port `http…`. What is before an Istio gateway is told by "
                     "`alb-backend-protocol-mismatch`.",
             .effect = "an application that does speak TLS refuses the requests: the load balancer answers 502 or 400",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#backend-protocol",
             .severity = Severity::warning},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
