// spec.tls on an Ingress that opens no HTTPS listener.
#include <set>

#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    if (!group.known) continue;
    std::set<std::uint32_t> https;
    for (const Listener& listener : group.listeners) {
      for (const Listener::Source& source : listener.sources) {
        if (listener.https) https.insert(source.member);
      }
      for (const Listener::Source& source : listener.conflicting) https.insert(source.member);
    }
    for (std::uint32_t i = 0; i < group.members.size(); ++i) {
      const Resource& ingress = *group.members[i].ingress;
      const yaml::Node tls = ingress.spec()["tls"];
      if (tls.size() == 0 || https.contains(i)) continue;
      Finding finding = report.at_key(ingress, tls, "`spec.tls` alone makes no HTTPS listener on an ALB");
      for (const Listener& listener : group.listeners) {
        for (const Listener::Source& source : listener.sources) {
          if (source.member == i && source.node) finding.note(source.node, format("the only listener is HTTP on port {}", listener.port));
        }
      }
    }
  }
}

}  // namespace

extern constinit const Rule alb_tls_without_https_listener = {
    .info = {.id = "alb-tls-without-https-listener",
             .summary = "an ALB Ingress has `spec.tls` but no HTTPS listener",
             .docs =
                 "The controller reads only the hosts of `spec.tls`, to look for certificates in ACM, and only for HTTPS listeners that "
                 "exist for another reason: `listen-ports` with HTTPS, or `certificate-arn`. The Secret is never read.\n\nAdd "
                 "`alb.ingress.kubernetes.io/listen-ports: '[{\"HTTPS\": 443}]'`.",
             .effect = "the load balancer takes plain HTTP only; connections to port 443 time out",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/cert_discovery/",
             .severity = Severity::warning,
             .group = Group::security},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
