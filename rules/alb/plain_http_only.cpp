// A load balancer on the internet without TLS.
#include <algorithm>

#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The scheme in force, of the first member that sets one.
Setting scheme_of(const Graph& graph, const IngressGroup& group) {
  Setting scheme;
  for (const GroupMember& member : group.members) {
    if (scheme.set_by == nullptr) scheme = effective(graph.controller(*member.ingress), member, "scheme");
  }
  return scheme;
}

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    const bool https = std::any_of(group.listeners.begin(), group.listeners.end(), [](const Listener& listener) { return listener.https; });
    const bool wants = std::any_of(group.members.begin(), group.members.end(),
                                   [](const GroupMember& member) { return member.ingress->spec()["tls"].size() > 0; });
    // `spec.tls` without a listener, and a redirect without one, are mistakes of their own.
    if (!group.known || !group.whole || https || wants || group.redirect_port || group.listeners.empty()) continue;
    const Setting scheme = scheme_of(graph, group);
    if (!scheme.is("internet-facing") || !scheme.set_by->linted()) continue;
    const Listener& listener = group.listeners.front();
    Finding finding =
        report.at(*group.members.front().ingress, scheme.from(Kind::ingress) ? scheme.node : group.members.front().ingress->name_node(),
                  format("an internet-facing ALB with nothing but HTTP on port {}", listener.port));
    if (listener.sources.front().node) finding.note(listener.sources.front().node, "its listener");
  }
}

}  // namespace

extern constinit const Rule alb_plain_http_only = {
    .info =
        {.id = "alb-plain-http-only",
         .summary = "an internet-facing ALB has no HTTPS listener",
         .docs =
             "Without `certificate-arn` and `listen-ports` the controller makes one listener: HTTP on port 80.\n\nAdd a certificate, or "
             "`listen-ports: '[{\"HTTPS\": 443}]'` with hosts that ACM has a certificate for.",
         .effect = "everything between clients and the load balancer travels in clear text",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#listen-ports",
         .severity = Severity::warning,
         .group = Group::security},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
