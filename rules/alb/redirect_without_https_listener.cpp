// ssl-redirect to a port that is no HTTPS listener of the group.
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The only HTTPS port of the group; nothing if there is none or there are several.
std::optional<std::int64_t> only_https_port(const IngressGroup& group) {
  std::optional<std::int64_t> only;
  for (const Listener& listener : group.listeners) {
    if (!listener.https) continue;
    if (only) return std::nullopt;
    only = listener.port;
  }
  return only;
}

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    if (!group.known || !group.redirect_port || !group.ssl_redirect.set_by->linted()) continue;
    const Listener* listener = group.listener(*group.redirect_port);
    if (listener != nullptr && (listener->https || !listener->conflicting.empty())) continue;
    Finding finding = report.at(*group.ssl_redirect.set_by, group.ssl_redirect.node,
                                format("redirects to port {}, where the ALB has no HTTPS listener", *group.redirect_port));
    if (listener != nullptr) finding.note(listener->sources.front().node, format("port {} is an HTTP listener", listener->port));
    if (!group.whole) finding.severity(Severity::warning);
    if (const auto port = only_https_port(group); port && group.whole) {
      finding.fix(format("redirect to {}, the HTTPS listener", *port), group.ssl_redirect.node, format("{}", *port), Safety::unsafe);
    }
  }
}

}  // namespace

extern constinit const Rule alb_redirect_without_https_listener = {
    .info = {.id = "alb-redirect-without-https-listener",
             .summary = "`ssl-redirect` names a port that is no HTTPS listener of the load balancer",
             .docs =
                 "`ssl-redirect` is for the whole group of Ingresses: each of its HTTP listeners redirects to this port, which must be an "
                 "HTTPS listener of one of them. Without `listen-ports` a certificate makes one on 443; otherwise the only listener is "
                 "HTTP on 80.\n\nA warning where other Ingresses of the group may live elsewhere.",
             .effect = "the controller stops with FailedBuildModel, and no Ingress of the group is updated any more",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#ssl-redirect",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
