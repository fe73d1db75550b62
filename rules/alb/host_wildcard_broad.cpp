// A wildcard host, which an ALB takes to be wider than Kubernetes and certificates do.
#include <set>

#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  std::set<Span> told;
  for (const IngressGroup& group : graph.ingress_groups()) {
    for (const ListenerRule& rule : group.rules) {
      const yaml::Node host = rule.backend.rule.host();
      const auto text = text_of(host);
      if (!text.is_known() || !(*text).starts_with("*.") || !group.ingress(rule).linted() || !told.insert(host.span()).second) continue;
      report.at(group.ingress(rule), host, format("an ALB lets hosts of any depth below `{}` through", (*text).substr(2)))
          .label("its `*` matches dots, too");
    }
  }
}

}  // namespace

extern constinit const Rule alb_host_wildcard_broad = {
    .info = {.id = "alb-host-wildcard-broad",
             .summary = "a wildcard host of an ALB Ingress lets deeper hosts through than Kubernetes would",
             .docs =
                 "To Kubernetes and to certificates `*.example.com` stands for one label: `a.example.com`. The host condition of an ALB "
                 "matches `a.b.example.com` as well. List the hosts where that matters.",
             .effect = "hosts reach the targets that the certificate does not cover and nobody thought of",
             .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#host-conditions",
             .severity = Severity::info,
             .group = Group::policy},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
