// What is served over HTTPS is served over HTTP too.
#include <map>
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

/// Members of which a rule redirects to HTTPS: there somebody has thought of it.
std::set<std::uint32_t> redirecting_members(const IngressGroup& group, const Listener& listener) {
  std::set<std::uint32_t> members;
  for (std::uint32_t at : listener.rules) {
    if (redirect_of(group.rules[at]).to_https()) members.insert(group.rules[at].member);
  }
  return members;
}

bool has_redirect(const Graph& graph, const Resource& gateway) {
  for (const VirtualService& service : graph.routes_of(gateway).virtual_services) {
    for (yaml::Node route : service.spec()["http"].items()) {
      if (route["redirect"]) return true;
    }
  }
  return false;
}

/// Whether the gateway redirects, itself or by a route; each Gateway is looked at once.
bool gateway_redirects(const Graph& graph, const TargetGroup& target, std::map<std::uint32_t, bool>& known) {
  for (const ServerRef& ref : target.servers) {
    if (ref.server.tls()["httpsRedirect"].boolean() == true) return true;
  }
  for (const Resource* gateway : target.gateways) {
    if (gateway->opaque) return true;  // it may, or its routes
    const auto [at, fresh] = known.try_emplace(gateway->id, false);
    if (fresh) at->second = has_redirect(graph, *gateway);
    if (at->second) return true;
  }
  return false;
}

void check(const Graph& graph, Report& report) {
  std::set<Span> told;
  std::map<std::uint32_t, bool> redirecting;
  const Listener* listener = nullptr;  // the paths of one follow each other
  std::set<std::uint32_t> redirected;
  for (const EntryPath& path : entry_paths(graph)) {
    if (path.listener != listener) redirected = redirecting_members(*path.group, *path.listener);
    listener = path.listener;
    if (path.listener->https || path.rule->action != ListenerRule::Action::forward) continue;
    const Listener* https = https_of(*path.group, path.rule->member);
    const Listener::Source* http = source_of(*path.listener, path.rule->member);
    if (https == nullptr || http == nullptr || redirected.contains(path.rule->member)) continue;
    if (gateway_redirects(graph, *path.target, redirecting) || !told.insert(http->node.span()).second) continue;
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
