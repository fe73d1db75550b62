// What is served over HTTPS is served over HTTP too.
#include <set>

#include "graph/entry_path.h"
#include "model/aws/annotations.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

const Listener::Source* source_of(const Listener& listener, std::uint32_t member) {
  for (const Listener::Source& source : listener.sources) {
    if (source.member == member) return &source;
  }
  return nullptr;
}

const Listener* https_of(const IngressGroup& group, std::uint32_t member) {
  for (const Listener& listener : group.listeners) {
    if (listener.https && source_of(listener, member) != nullptr) return &listener;
  }
  return nullptr;
}

/// Whether a rule of the Ingress redirects to HTTPS: then somebody has thought of it.
bool redirects(const IngressGroup& group, const Listener& listener, std::uint32_t member) {
  for (std::uint32_t at : listener.rules) {
    if (group.rules[at].member == member && redirect_of(group.rules[at]).to_https()) return true;
  }
  return false;
}

/// Whether the gateway redirects, itself or by a route.
bool gateway_redirects(const Graph& graph, const TargetGroup& target) {
  for (const ServerRef& ref : target.servers) {
    if (ref.server.tls()["httpsRedirect"].boolean() == true) return true;
  }
  for (const Resource* gateway : target.gateways) {
    for (const VirtualService& service : graph.routes_of(*gateway).virtual_services) {
      for (yaml::Node route : service.spec()["http"].items()) {
        if (route["redirect"]) return true;
      }
    }
  }
  return false;
}

void check(const Graph& graph, Report& report) {
  std::set<Span> told;
  for (const EntryPath& path : entry_paths(graph)) {
    if (path.listener->https || path.rule->action != ListenerRule::Action::forward) continue;
    const Listener* https = https_of(*path.group, path.rule->member);
    const Listener::Source* http = source_of(*path.listener, path.rule->member);
    if (https == nullptr || http == nullptr || redirects(*path.group, *path.listener, path.rule->member)) continue;
    if (gateway_redirects(graph, *path.target) || !told.insert(http->node.span()).second) continue;
    const Resource& ingress = path.group->ingress(*path.rule);
    Finding finding =
        report.at(ingress, http->node, format("what is served over HTTPS is served in clear text on port {} too", path.listener->port));
    finding.note(source_of(*https, path.rule->member)->node, "the HTTPS listener");
    if (auto edit = add_pair(ingress.annotations(), std::string(alb::prefix) + "ssl-redirect", format("{}", https->port))) {
      finding.fix("redirect HTTP to HTTPS", {*edit}, Safety::unsafe);
    }
  }
}

}  // namespace

extern constinit const Rule alb_http_not_redirected = {
    .info = {.id = "alb-http-not-redirected",
             .summary = "an ALB serves the same paths over HTTP as over HTTPS",
             .docs =
                 "An Ingress with an HTTP and an HTTPS port serves its paths on both. `ssl-redirect: \"443\"` makes every HTTP listener of "
                 "the group redirect.\n\nStays silent where a rule of the Ingress, the gateway's server or a route of a VirtualService "
                 "redirects.",
             .effect = "clients that come over HTTP send and receive in clear text, cookies included",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/tasks/ssl_redirect/",
             .severity = Severity::warning,
             .group = Group::security,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry, Facet::routing},
    .check = check,
};

}  // namespace hop::rules
