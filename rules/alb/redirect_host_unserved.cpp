// A host that `ssl-redirect` sends to a listener on which its Ingress has no rules.
#include <set>

#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The hosts that rules on the listener may take; `*` where one takes any.
HostSet hosts_of(const IngressGroup& group, const Listener& listener) {
  HostSet hosts;
  if (!listener.fallbacks.empty()) hosts.add("*");
  for (const std::uint32_t at : listener.rules) {
    const ListenerRule& rule = group.rules[at];
    if (rule.hosts.empty() || !rule.known) hosts.add("*");
    for (yaml::Node host : rule.hosts) hosts.add(host.str());
  }
  return hosts;
}

/// Members that have rules on a listener which redirects: who is on none is not redirected.
std::set<std::uint32_t> redirected_members(const IngressGroup& group) {
  std::set<std::uint32_t> members;
  for (const Listener& listener : group.listeners) {
    for (const Listener::Source& source : listener.sources) {
      if (listener.redirects) members.insert(source.member);
    }
  }
  return members;
}

void check_group(const IngressGroup& group, const Listener& target, Report& report) {
  std::set<std::uint32_t> told, at_target;
  for (const Listener::Source& source : target.sources) at_target.insert(source.member);
  const std::set<std::uint32_t> redirected = redirected_members(group);
  const HostSet served = hosts_of(group, target);
  for (const ListenerRule& rule : group.rules) {
    const GroupMember& member = group.members[rule.member];
    if (!redirected.contains(rule.member) || !member.ingress->linted() || at_target.contains(rule.member)) continue;
    for (yaml::Node host : rule.hosts) {
      if (!text_of(host).is_known() || served.overlaps(host.str()) || !told.insert(rule.member).second) continue;
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
