// A host that `ssl-redirect` sends to a listener on which its Ingress has no rules.
#include <algorithm>
#include <set>

#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool opens(const Listener& listener, std::uint32_t member) {
  return std::ranges::any_of(listener.sources, [&](const Listener::Source& source) { return source.member == member; });
}

/// Whether some rule on the listener may take the host.
bool serves(const IngressGroup& group, const Listener& listener, std::string_view host) {
  if (!listener.fallbacks.empty()) return true;
  return std::ranges::any_of(listener.rules, [&](std::uint32_t at) {
    const ListenerRule& rule = group.rules[at];
    return rule.hosts.empty() || !rule.known ||
           std::ranges::any_of(rule.hosts, [&](yaml::Node other) { return hosts_overlap(other.str(), host); });
  });
}

void check_group(const IngressGroup& group, const Listener& target, Report& report) {
  std::set<std::uint32_t> told;
  for (const ListenerRule& rule : group.rules) {
    const GroupMember& member = group.members[rule.member];
    // Who is not on the listener that redirects is not redirected.
    const bool redirected =
        std::ranges::any_of(group.listeners, [&](const Listener& one) { return one.redirects && opens(one, rule.member); });
    if (!redirected || !member.ingress->linted() || opens(target, rule.member)) continue;
    for (yaml::Node host : rule.hosts) {
      if (!text_of(host).is_known() || serves(group, target, host.str()) || !told.insert(rule.member).second) continue;
      Finding finding = report.at(*member.ingress, host,
                                  format("host `{}` is redirected to port {}, where its Ingress has no rules", host.str(), target.port));
      finding.note(group.ssl_redirect.node, "this holds for the whole group");
      if (!group.whole) finding.severity(Severity::warning);
    }
  }
}

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    if (!group.known || !group.redirect_port) continue;
    const Listener* target = group.listener(*group.redirect_port);
    if (target != nullptr && target->https && target->conflicting.empty()) check_group(group, *target, report);
  }
}

}  // namespace

extern constinit const Rule alb_redirect_host_unserved = {
    .info = {.id = "alb-redirect-host-unserved",
             .summary = "`ssl-redirect` sends a host of the group to a listener that has no rule for it",
             .docs = "`ssl-redirect` redirects every HTTP listener of the group to one port. An Ingress of the group has its rules on its "
                     "own `listen-ports` only: without that port among them nobody takes its hosts there.\n\nAdd the port to "
                     "`listen-ports` of the Ingress. A warning where other Ingresses of the group may live elsewhere.",
             .effect = "plain requests for the host are redirected to a 404 of the load balancer",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#ssl-redirect",
             .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
