// One port of a load balancer that is to speak two protocols.
#include "rule/rule.h"

namespace hop::rules {
namespace {

std::string_view word(bool https) { return https ? "HTTPS" : "HTTP"; }

/// The JSON key above a port number.
bool wants_https(yaml::Node port) { return port.path().ends_with("HTTPS"); }

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    for (const Listener& listener : group.listeners) {
      for (const Listener::Source& source : listener.sources) {
        if (!source.overwrote || wants_https(source.overwrote) == listener.https) continue;
        report
            .at(group.ingress(source), source.overwrote,
                format("port {} is listed as {} and again as {}", listener.port, word(!listener.https), word(listener.https)))
            .note(source.node, "this entry takes its place");
      }
      for (const Listener::Source& source : listener.conflicting) {
        report
            .at(group.ingress(source), source.node,
                format("port {} is {} here and {} in another Ingress of group `{}`", listener.port, word(!listener.https),
                       word(listener.https), group.name))
            .note(listener.sources.front().node, format("{} here", word(listener.https)))
            .effect("the controller stops with FailedBuildModel, and no Ingress of the group is updated any more");
      }
    }
  }
}

}  // namespace

extern constinit const Rule alb_listen_port_conflict = {
    .info = {.id = "alb-listen-port-conflict",
             .summary = "a port of an ALB is declared both as HTTP and as HTTPS",
             .docs =
                 "A listener speaks one protocol. Of two entries in one `listen-ports` the later takes the earlier's place without a word; "
                 "two Ingresses of a group that want different protocols on one port stop the controller. An Ingress without "
                 "`listen-ports` wants HTTPS on 443 if it has a certificate, else HTTP on 80.",
             .effect = "the earlier entry is dropped without a word: the port speaks the other protocol",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#listen-ports",
             .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
