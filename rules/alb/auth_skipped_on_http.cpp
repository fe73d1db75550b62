// Authentication that the plain HTTP listener leaves out.
#include <set>

#include "graph/entry_path.h"
#include "model/aws/annotations.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Auth {
  const Resource* set_by = nullptr;
  yaml::Node node;
};

/// What asks for authentication on the way to this target; nothing if nobody does or it is not known.
Auth auth_of(const Graph& graph, const EntryPath& path) {
  const GroupMember& member = path.group->members[path.rule->member];
  const Setting type = effective(graph.controller(*member.ingress), member, "auth-type", path.target->service.target);
  if (type.is("oidc") || type.is("cognito")) return {type.set_by, type.node};
  const yaml::Node token = member.ingress->annotation(std::string(alb::prefix) + "jwt-validation");
  return text_of(token).is_known() ? Auth{member.ingress, token} : Auth{};
}

bool has_https_443(const IngressGroup& group) {
  const Listener* listener = group.listener(443);
  return listener != nullptr && listener->https;
}

void check(const Graph& graph, Report& report) {
  std::set<Span> told;
  for (const EntryPath& path : entry_paths(graph)) {
    if (path.listener->https || path.rule->action != ListenerRule::Action::forward) continue;
    const Auth auth = auth_of(graph, path);
    if (auth.set_by == nullptr || !told.insert(auth.node.span()).second) continue;
    Finding finding = report.at(*auth.set_by, auth.node, format("the HTTP listener on port {} does not authenticate", path.listener->port));
    for (const Listener::Source& source : path.listener->sources) {
      if (source.member == path.rule->member) finding.note(source.node, "this listener");
    }
    const Resource& ingress = path.group->ingress(*path.rule);
    if (!path.group->name.empty() || !has_https_443(*path.group)) continue;
    if (auto edit = add_pair(ingress.annotations(), std::string(alb::prefix) + "ssl-redirect", "443")) {
      finding.fix("redirect HTTP to HTTPS", {*edit});
    }
  }
}

}  // namespace

extern constinit const Rule alb_auth_skipped_on_http = {
    .info = {.id = "alb-auth-skipped-on-http",
             .summary = "an ALB Ingress asks for authentication, and a plain HTTP listener serves the same path without it",
             .docs = "`auth-type` and `jwt-validation` work on HTTPS listeners only; the controller leaves them out on HTTP listeners and "
                     "forwards the request.\n\nSet `ssl-redirect`, or take the HTTP port out of `listen-ports`.",
             .effect = "anybody who asks over HTTP reaches the backend unauthenticated",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#authentication",
             .severity = Severity::error,
             .group = Group::security,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
