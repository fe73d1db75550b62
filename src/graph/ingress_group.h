#pragma once
// Ingresses that share one Application Load Balancer, with its listeners and their rules in the order in which the load balancer tries
// them. Built once; rules and traces read it. Knows nothing of what is behind a target group (graph/target_group.h).
//
//   group.listeners → listener.rules → group.rules[i] → rule.target_groups → graph.target_groups()[j]
//
// Source: aws-load-balancer-controller pkg/ingress: group_loader, class_loader, model_build_listener(_rules), rule_optimizer.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/controller.h"
#include "graph/setting.h"
#include "model/k8s/views.h"

namespace hop {

/// An Ingress as a member of its group, with the class that settles some of its settings.
struct GroupMember {
  const Resource* ingress = nullptr;
  const Resource* ingress_class = nullptr;  ///< where it is among the manifests
  const Resource* params = nullptr;         ///< the class's IngressClassParams; they are not read where the class annotation is used
  Setting group_name;
  Setting order;  ///< group.order
  std::int64_t rank = 0;
};

/// One rule of the load balancer: a path of an Ingress, or its default backend.
struct ListenerRule {
  enum class Action : std::uint8_t {
    forward,
    redirect,
    fixed_response,
    missing,  ///< `use-annotation` without the annotation: answers 503
    unknown   ///< a placeholder, or an annotation that does not parse
  };
  std::uint32_t member = 0;  ///< position in IngressGroup::members
  Ingress::Backend backend;
  Action action = Action::forward;
  yaml::Node action_node;                    ///< the JSON of actions.<name>; absent for a plain Service
  std::vector<yaml::Node> hosts;             ///< any of these; none: every host
  std::vector<std::string> paths;            ///< any of these ALB patterns; none: every path
  bool narrowed = false;                     ///< also asks for a header, method, query or source address
  bool known = true;                         ///< false where a placeholder stands in a host, path or condition
  bool fallback = false;                     ///< default backend: what no other rule takes
  std::vector<std::uint32_t> target_groups;  ///< positions in Graph::target_groups
};

/// A port of the load balancer.
struct Listener {
  std::int64_t port = 0;
  bool https = false;
  /// Who opens it, in the order of the members: the port's number in `listen-ports`, or what else makes it.
  struct Source {
    std::uint32_t member = 0;
    /// Number in `listen-ports`. For the default port the certificate that makes it HTTPS, else absent.
    yaml::Node node;
    yaml::Node overwrote;  ///< an entry for the same port in the same annotation that this one takes the place of
  };
  std::vector<Source> sources;
  std::vector<Source> conflicting;    ///< members that want the other protocol on this port
  Setting ssl_policy;                 ///< HTTPS: of the first member that sets it, else the controller's
  std::vector<Setting> certificates;  ///< HTTPS: of each member that names some
  bool discovers = false;             ///< HTTPS: a member without certificates leaves it to ACM by its hosts, or lets one be made
  bool redirects = false;             ///< HTTP under ssl-redirect: it answers every request with a redirect and has no rules
  std::vector<std::uint32_t> rules;   ///< positions in IngressGroup::rules in priority order; none that redirects to this very place
  /// Rules that the controller leaves out because a redirect before them has all of their conditions.
  struct LeftOut {
    std::uint32_t rule = 0, by = 0;
  };
  std::vector<LeftOut> left_out;
  std::vector<std::uint32_t> fallbacks;  ///< default backends; more than one is an error, none answers 404
};

struct IngressGroup {
  std::string_view name;             ///< "" for an Ingress alone
  std::vector<GroupMember> members;  ///< by group.order, then namespace/name
  std::vector<ListenerRule> rules;   ///< of all members, in the order of the controller
  std::vector<Listener> listeners;   ///< by port
  Setting ssl_redirect;              ///< of the first member that sets it; value "" if none does
  std::optional<std::int64_t> redirect_port;
  /// Whether no member lives outside the manifests: an Ingress alone, or the manifests are complete.
  bool whole = false;
  bool known = true;  ///< false where a placeholder or a malformed annotation decides about listeners, order or membership

  const Listener* listener(std::int64_t port) const;
  const Resource& ingress(const ListenerRule& rule) const { return *members[rule.member].ingress; }
  const Resource& ingress(const Listener::Source& source) const { return *members[source.member].ingress; }
};

/// What holds for an Ingress, or for a target group of one if `service` is given: its class's parameters, else the Service's annotation,
/// else its own, else the controller's default. The node of a default that nobody wrote is absent and knows the nearest place.
Setting effective(const Controller& controller, const GroupMember& member, std::string_view suffix, const Resource* service = nullptr);
/// Whether the controller takes this for the name of a group.
bool is_group_name(std::string_view name);

/// Host, path and protocol that a redirect rule changes to; "" for what stays.
struct Redirect {
  std::string_view protocol, port, host, path, query;
  bool to_https() const { return protocol == "HTTPS"; }
};
Redirect redirect_of(const ListenerRule& rule);

/// A rule that is never reached on any of its listeners, and the earlier one that takes its requests.
struct ShadowedRule {
  std::uint32_t rule = 0, by = 0;  ///< positions in IngressGroup::rules
};
/// In order; near-linear in the rules. Rules with further conditions shadow nothing.
std::vector<ShadowedRule> shadowed_rules(const IngressGroup& group);

}  // namespace hop
