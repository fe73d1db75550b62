#include "graph/authorization.h"

#include <algorithm>

#include "model/gatewayapi/views.h"
#include "model/istio/policy_views.h"
#include "text/format.h"
#include "text/pattern.h"
#include "text/words.h"

namespace hop {
namespace {

/// More of them in one namespace are no estate but a stress: nothing is claimed then.
constexpr std::size_t most_policies = 200;

bool has_open_labels(yaml::Node labels) {
  return std::ranges::any_of(labels.entries(), [](const auto& entry) {
    return text_of(entry.value).is_unknown() || yaml::is_placeholder(entry.key.str()) || is_runtime_label(entry.key.str());
  });
}

bool has_open_pods(const Workload& workload) {
  return workload->opaque || std::ranges::any_of(workload.labels().node.entries(), [](const auto& entry) {
           return text_of(entry.value).is_unknown() || yaml::is_placeholder(entry.key.str());
         });
}

/// Source: istio.io/docs/tasks/security/authorization/authz-dry-run.
bool only_tries(const Resource& policy) { return policy.annotation("istio.io/dry-run").str() == "true"; }

}  // namespace

Authorizations::Authorizations(const Graph& graph) : graph_(graph), trust_domains_(hop::trust_domains(graph)) {
  for (const Resource* policy : graph.of(Kind::authorization_policy)) {
    if (!only_tries(*policy)) add(*policy);
  }
}

void Authorizations::add(const Resource& policy) {
  const Place home{policy.cluster, policy.ns};
  const std::vector<yaml::Node> targets = target_refs(policy);
  const yaml::Node labels = policy_selector(policy);
  if (policy.opaque || !policy.ns_known || (targets.empty() && has_open_labels(labels))) {
    perhaps_.emplace(policy.ns_known ? home : Place{policy.cluster, graph_.root_namespace()}, &policy);
    return;
  }
  for (yaml::Node target : targets) add_target(policy, target);
  if (!targets.empty()) return;
  if (labels.size() == 0) {
    wide_[home].push_back(&policy);
    return;
  }
  selecting_.emplace(home, &policy);
  const Graph::Selection& pods = graph_.select(policy, labels, policy.ns == graph_.root_namespace());
  const auto [same, fresh] = selecting_same_.try_emplace(&pods);
  same->second.push_back(&policy);
  if (!fresh) return;
  for (const Workload& workload : pods.workloads) selected_[workload->id].push_back(&same->second);
}

void Authorizations::add_target(const Resource& policy, yaml::Node target) {
  const Kind kind = target_kind(target);
  const auto name = text_of(target["name"]);
  if (kind == Kind::gateway_class) {
    if (name.is_unknown() || *name == "istio-waypoint") for_waypoints_.push_back(&policy);
    return;
  }
  if (!name.is_known()) {
    perhaps_.emplace(Place{policy.cluster, policy.ns}, &policy);
    return;
  }
  if (kind != Kind::service && kind != Kind::k8s_gateway) return;
  const Lookup found = graph_.find(policy, kind, policy.ns, *name);
  found.any([&](const Resource& copy) {
    targeted_[copy.id].push_back(&policy);
    return false;
  });
}

void Authorizations::take(const Resource& user, const std::vector<const Resource*>& policies, PoliciesInForce& found) const {
  for (const Resource* policy : policies) {
    if (found.policies.size() == most_policies) {
      found.perhaps = policy;
      return;
    }
    if (graph_.sees(*policy, user)) found.policies.push_back(policy);
  }
}

void Authorizations::take_selecting(const Resource& user, const std::vector<const Policies*>& groups, PoliciesInForce& found) const {
  if (groups.size() == 1) return take(user, *groups.front(), found);
  Policies all;
  for (const Policies* group : groups) all.insert(all.end(), group->begin(), group->end());
  std::ranges::sort(all, {}, &Resource::id);
  take(user, all, found);
}

void Authorizations::take_wide(const Resource& user, bool open, PoliciesInForce& found) const {
  std::vector<Place> places{{user.cluster, user.ns}};
  if (user.ns != graph_.root_namespace()) places.emplace_back(user.cluster, graph_.root_namespace());
  for (const Place& place : places) {
    if (const auto at = wide_.find(place); at != wide_.end()) take(user, at->second, found);
    if (const auto at = perhaps_.find(place); at != perhaps_.end()) found.perhaps = at->second;
    const auto selecting = selecting_.find(place);
    if (open && selecting != selecting_.end()) found.perhaps = selecting->second;
  }
}

const PoliciesInForce& Authorizations::of_namespace(const Resource& resource) {
  const auto [known, fresh] = in_namespace_.try_emplace({resource.cluster, resource.ns});
  if (fresh) take_wide(resource, true, known->second);
  return known->second;
}

const PoliciesInForce& Authorizations::of(const Workload& workload) {
  const auto [known, fresh] = found_.try_emplace(workload->id);
  PoliciesInForce& found = known->second;
  if (!fresh) return found;
  const auto take_from = [&](const auto& map, const auto& key) {
    if (const auto at = map.find(key); at != map.end()) take(*workload, at->second, found);
  };
  take_wide(*workload, has_open_pods(workload), found);
  if (const auto selected = selected_.find(workload->id); selected != selected_.end()) take_selecting(*workload, selected->second, found);
  if (const auto gateway = text_of(workload.labels().node[gateway_name_label]); gateway.is_known()) {
    const Lookup target = graph_.find(*workload, Kind::k8s_gateway, workload->ns, *gateway);
    if (target.found()) take_from(targeted_, target.target->id);
  }
  std::ranges::sort(found.policies, {}, &Resource::id);
  return found;
}

const PoliciesInForce& Authorizations::of_waypoint(const Resource& waypoint, const Resource& service) {
  const auto [known, fresh] = at_waypoint_.try_emplace({waypoint.id, service.id});
  PoliciesInForce& found = known->second;
  if (!fresh) return found;
  take(service, for_waypoints_, found);
  for (const Resource* target : {&waypoint, &service}) {
    if (const auto at = targeted_.find(target->id); at != targeted_.end()) take(service, at->second, found);
    const auto perhaps = perhaps_.find(Place{target->cluster, target->ns});
    if (perhaps != perhaps_.end() && !target_refs(*perhaps->second).empty()) found.perhaps = perhaps->second;
  }
  std::ranges::sort(found.policies, {}, &Resource::id);
  found.policies.erase(std::ranges::unique(found.policies).begin(), found.policies.end());
  return found;
}

namespace {

using Sees = Asked::Sees;

/// Whether a rule looks at what only requests have.
bool asks_of_requests(yaml::Node rule) {
  constexpr std::string_view of_source[] = {"requestPrincipals", "notRequestPrincipals"};
  constexpr std::string_view of_operation[] = {"hosts", "notHosts", "paths", "notPaths", "methods", "notMethods"};
  const auto has_any = [](yaml::Node block, const auto& fields) {
    return std::ranges::any_of(fields, [&](std::string_view field) { return block[field].size() > 0; });
  };
  return std::ranges::any_of(rule["from"].items(), [&](yaml::Node item) { return has_any(item["source"], of_source); }) ||
         std::ranges::any_of(rule["to"].items(), [&](yaml::Node item) { return has_any(item["operation"], of_operation); }) ||
         std::ranges::any_of(rule["when"].items(), [](yaml::Node item) { return item["key"].str().starts_with("request."); });
}

/// One policy's rules against what is asked.
class Judge {
 public:
  Judge(const Resource& policy, const Asked& asked, const std::vector<std::string_view>& domains, bool allows)
      : policy_(policy), asked_(asked), domains_(domains), allows_(allows) {}

  Fit rule(yaml::Node rule) const {
    if (!rule.is_mapping()) return rule.is_null() ? fit(Truth::yes) : fits_unknown;
    if (asked_.sees != Sees::unknown) return as_seen(rule, asked_.sees);
    const Fit one = as_seen(rule, Sees::requests), other = as_seen(rule, Sees::connections);
    return {one.all == other.all ? one.all : Truth::unknown, one.some == other.some ? one.some : Truth::unknown};
  }

 private:
  Fit as_seen(yaml::Node rule, Sees sees) const {
    const bool asks_too_much = sees != Sees::requests && asks_of_requests(rule);
    if (asks_too_much && sees == Sees::ztunnel) return fits_unknown;
    // A rule that lets in is left out as a whole; one that refuses goes by what remains of it.
    if (asks_too_much && allows_) return fit(Truth::no);
    return any(rule["from"], [&](yaml::Node item) { return source(item["source"], sees); }) &&
           any(rule["to"], [&](yaml::Node item) { return operation(item["operation"], sees); }) && conditions(rule["when"], sees);
  }

  /// One of the items; everything fits an absent or empty list.
  template <class Check>
  static Fit any(yaml::Node list, Check check) {
    if (list && !list.is_null() && !list.is_sequence()) return fits_unknown;
    if (list.size() == 0) return fit(Truth::yes);
    Fit found = fit(Truth::no);
    for (yaml::Node item : list.items()) found = found || check(item);
    return found;
  }

  /// A field and its opposite, value by value. `http`: a field that only requests have.
  template <class Check>
  Fit both(yaml::Node block, std::string_view field, std::string_view opposite, bool http, Sees sees, Check check) const {
    const yaml::Node wanted = block[field], unwanted = block[opposite];
    if (!wanted && !unwanted) return fit(Truth::yes);
    const auto value = [&](yaml::Node node) {
      const auto text = text_of(node);
      return text.is_known() ? check(*text) : fits_unknown;
    };
    if (http && sees != Sees::requests) return fit(Truth::yes);
    Fit found = any(wanted, value);
    if (unwanted.size() > 0) found = found && !any(unwanted, value);
    return found;
  }

  Fit source(yaml::Node from, Sees sees) const {
    const auto address = [&](bool of_client) {
      return [this, of_client](std::string_view) { return of_client ? client() : fits_unknown; };
    };
    return both(from, "principals", "notPrincipals", false, sees, [&](std::string_view text) { return principal(text); }) &&
           both(from, "namespaces", "notNamespaces", false, sees, [&](std::string_view text) { return ns(text); }) &&
           both(from, "serviceAccounts", "notServiceAccounts", false, sees, [&](std::string_view text) { return account(text); }) &&
           both(from, "requestPrincipals", "notRequestPrincipals", true, sees, [&](std::string_view) { return client(); }) &&
           both(from, "ipBlocks", "notIpBlocks", false, sees, address(false)) &&
           both(from, "remoteIpBlocks", "notRemoteIpBlocks", false, sees, address(true)) && trust_domain(from);
  }

  /// Fields of later versions.
  static Fit trust_domain(yaml::Node from) { return from["trustDomains"] || from["notTrustDomains"] ? fits_unknown : fit(Truth::yes); }

  Fit operation(yaml::Node to, Sees sees) const {
    return both(to, "hosts", "notHosts", true, sees, [&](std::string_view text) { return fit_of(asked_.host, lower(text)); }) &&
           both(to, "paths", "notPaths", true, sees, [&](std::string_view text) { return fit_of_path(asked_.path, text); }) &&
           both(to, "methods", "notMethods", true, sees, [&](std::string_view text) { return fit_of(asked_.method, text); }) &&
           both(to, "ports", "notPorts", false, sees, [&](std::string_view text) { return port(text); });
  }

  Fit conditions(yaml::Node when, Sees sees) const {
    Fit all = fit(Truth::yes);
    for (yaml::Node item : when.items()) {
      const std::string_view key = item["key"].str();
      const bool of_request = key.starts_with("request.");
      all = all && both(item, "values", "notValues", of_request, sees, [&](std::string_view text) {
              if (key == "source.principal") return principal(text);
              if (key == "source.namespace") return ns(text);
              if (key == "source.serviceAccount") return account(text);
              if (key == "destination.port") return port(text);
              return of_request || key == "remote.ip" ? client() : fits_unknown;
            });
    }
    return all;
  }

  /// What is up to the client.
  Fit client() const { return asked_.open ? left_open : fits_unknown; }

  Fit port(std::string_view text) const { return asked_.port ? fit(truth(text == std::to_string(*asked_.port))) : fits_unknown; }

  Fit ns(std::string_view pattern) const {
    if (asked_.peer.given == Truth::no) return fit(Truth::no);
    if (asked_.peer.given != Truth::yes || !asked_.peer.ns || pattern.find_first_of("?[\\/") != std::string_view::npos) return fits_unknown;
    return fit(truth(glob_match(pattern, *asked_.peer.ns)));
  }

  /// `account` of the policy's own namespace, or `namespace/account`.
  Fit account(std::string_view text) const {
    if (asked_.peer.given == Truth::no) return fit(Truth::no);
    const std::size_t slash = text.find('/');
    const std::string_view wanted_ns = slash == std::string_view::npos ? std::string_view(policy_.ns) : text.substr(0, slash);
    const std::string_view wanted = slash == std::string_view::npos ? text : text.substr(slash + 1);
    return fit(asked_.peer.given && is(asked_.peer.ns, wanted_ns) && is(asked_.peer.account, wanted));
  }

  static Truth is(const std::optional<std::string>& known, std::string_view wanted) {
    return known ? truth(*known == wanted) : Truth::unknown;
  }

  Fit principal(std::string_view pattern) const {
    if (asked_.peer.given == Truth::no) return fit(Truth::no);
    if (pattern == "*") return fit(asked_.peer.given);
    if (asked_.peer.given != Truth::yes || !asked_.peer.ns || !asked_.peer.account) return fits_unknown;
    const std::string rest = format("/ns/{}/sa/{}", *asked_.peer.ns, *asked_.peer.account);
    if (pattern.starts_with('*') && !pattern.ends_with('*')) {
      const std::string_view end = pattern.substr(1);
      if (rest.ends_with(end)) return fit(Truth::yes);
      return end.ends_with(rest) ? fits_unknown : fit(Truth::no);
    }
    const std::size_t domain_end = pattern.find("/ns/");
    if (domain_end == std::string_view::npos) return fits_unknown;
    const Fit name = fit_of(OpenText{rest}, pattern.substr(domain_end));
    const bool own =
        std::ranges::find(domains_, pattern.substr(0, domain_end)) != domains_.end() || pattern.substr(0, domain_end) == "cluster.local";
    return own || name.some == Truth::no ? name : fits_unknown;
  }

  const Resource& policy_;
  const Asked& asked_;
  const std::vector<std::string_view>& domains_;
  bool allows_;  ///< the policy's action is ALLOW
};

Admission undecided(const Resource& policy, yaml::Node place) {
  return {Truth::unknown, format("whether the AuthorizationPolicy `{}` lets it in is not known", policy.name), &policy, place};
}

/// ALLOW where nothing is said.
std::string_view action_of(const Resource& policy) {
  const auto action = text_of(policy.spec()["action"]);
  return action.is_unknown() ? "?" : action.value_or("ALLOW");
}

}  // namespace

Admission admission(const PoliciesInForce& in_force, const Asked& asked, const std::vector<std::string_view>& trust_domains) {
  Admission doubt;
  const auto may_be = [&](const Resource& policy, yaml::Node place) {
    if (doubt.policy == nullptr) doubt = undecided(policy, place);
  };
  if (in_force.perhaps != nullptr) may_be(*in_force.perhaps, in_force.perhaps->name_node());
  const Resource* allows = nullptr;
  Fit let_in = fit(Truth::no);
  for (const Resource* policy : in_force.policies) {
    const std::string_view action = action_of(*policy);
    const bool refuses = action == "DENY";
    const Judge judge(*policy, asked, trust_domains, action == "ALLOW");
    if (policy->patched || (action != "ALLOW" && action != "AUDIT" && action != "CUSTOM" && !refuses)) may_be(*policy, policy->name_node());
    if (action == "ALLOW" && (allows == nullptr || policy->spec()["rules"].size() == 0)) allows = policy;
    for (yaml::Node rule : policy->spec()["rules"].items()) {
      if (action == "AUDIT") break;
      const Fit found = judge.rule(rule);
      if (action == "ALLOW") let_in = let_in || found;
      if (action == "ALLOW" || found.all == Truth::no) continue;
      if (refuses && found.all == Truth::yes && !policy->patched) {
        return {Truth::no, format("a DENY rule of the AuthorizationPolicy `{}` fits: 403", policy->name), policy, rule};
      }
      may_be(*policy, rule);
    }
  }
  if (doubt.policy != nullptr || allows == nullptr || let_in.some == Truth::yes) return doubt;
  if (let_in.some == Truth::unknown) return undecided(*allows, allows->name_node());
  return {Truth::no, format("no rule of an ALLOW policy fits, and with the AuthorizationPolicy `{}` one must: 403", allows->name), allows,
          allows->name_node()};
}

}  // namespace hop
