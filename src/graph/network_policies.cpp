#include "graph/network_policies.h"

#include <algorithm>

#include "model/selector.h"

namespace hop {
namespace {

constexpr std::string_view namespace_name = "kubernetes.io/metadata.name";  ///< every Namespace carries it

/// More of them in one namespace are no estate but a stress.
constexpr std::size_t most_policies = 200;

/// Without `policyTypes` it is about what comes in.
Truth is_about_ingress(const NetworkPolicy& policy) {
  const yaml::Node types = policy.spec()["policyTypes"];
  if (types.size() == 0) return types && !types.is_sequence() && !types.is_null() ? Truth::unknown : Truth::yes;
  Truth any = Truth::no;
  for (yaml::Node type : types.items()) any = any || text_of(type).equals("Ingress");
  return any;
}

Truth fits_port(yaml::Node item, const Connection& connection) {
  const auto protocol = text_of(item["protocol"]);
  if (protocol.is_unknown()) return Truth::unknown;
  if (protocol.value_or("TCP") != "TCP") return Truth::no;
  const yaml::Node port = item["port"];
  if (!port || port.is_null()) return Truth::yes;
  const auto number = integer_of(port);
  if (!number.is_known()) {
    const auto name = text_of(port);
    if (!name.is_known() || !connection.port) return Truth::unknown;
    return truth(std::ranges::find(connection.port_names, *name) != connection.port_names.end());
  }
  if (!connection.port) return Truth::unknown;
  const auto last = integer_of(item["endPort"]);
  if (last.is_unknown()) return Truth::unknown;
  return truth(*connection.port >= *number && *connection.port <= last.value_or(*number));
}

/// Any of the items; everything fits an absent or empty list.
template <class Check>
Truth any(yaml::Node list, Check check) {
  if (list && !list.is_null() && !list.is_sequence()) return Truth::unknown;
  if (list.size() == 0) return Truth::yes;
  Truth found = Truth::no;
  for (yaml::Node item : list.items()) found = found || check(item);
  return found;
}

bool is_everybody(yaml::Node block) {
  const std::string_view range = block["cidr"].str();
  return (range == "0.0.0.0/0" || range == "::/0") && block["except"].size() == 0;
}

}  // namespace

NetworkPolicies::NetworkPolicies(const Graph& graph) : graph_(graph) {
  for (const NetworkPolicy& policy : graph.all<NetworkPolicy>()) {
    if (!policy->opaque && is_about_ingress(policy) == Truth::no) continue;
    const yaml::Node labels = policy.selector()["matchLabels"];
    if (policy->opaque || labels.size() == 0) {
      wide_[{policy->cluster, policy->ns}].push_back(policy);
      continue;
    }
    const Graph::Selection& pods = graph.select(*policy, labels, false);
    for (const Workload& workload : pods.workloads) named_[workload->id].push_back(policy);
    if (pods.unknown && pods.workloads.empty()) wide_[{policy->cluster, policy->ns}].push_back(policy);
  }
}

Truth NetworkPolicies::fits_namespace(yaml::Node selector, const Resource& pod) const {
  const Lookup found = graph_.find(pod, Kind::namespace_, "", pod.ns);
  const bool known = found.found() && !found.target->opaque;
  if (!selector.is_mapping()) return selector.is_null() ? Truth::yes : Truth::unknown;
  Truth all = Truth::yes;
  for (const auto& [key, value] : selector["matchLabels"].entries()) {
    const auto wanted = text_of(value);
    if (!wanted.is_known()) return Truth::unknown;
    const bool own_name = key.str() == namespace_name;
    all = all && (own_name ? truth(*wanted == pod.ns) : known ? Labels{found.target->labels()}[key.str()].equals(*wanted) : Truth::unknown);
  }
  if (selector["matchExpressions"].size() == 0 || all == Truth::no) return all;
  const bool by_name =
      std::ranges::any_of(selector["matchExpressions"].items(), [](yaml::Node item) { return item["key"].str() == namespace_name; });
  return known && !by_name ? all && matches_selector(selector, Labels{found.target->labels()}) : Truth::unknown;
}

Truth NetworkPolicies::fits_peer(const NetworkPolicy& policy, yaml::Node peer, const Connection& connection) const {
  if (!peer.is_mapping()) return Truth::unknown;
  if (const yaml::Node block = peer["ipBlock"]) return connection.from_outside && is_everybody(block) ? Truth::yes : Truth::unknown;
  if (connection.from_outside) return Truth::no;
  if (connection.pod == nullptr) return Truth::unknown;
  const Workload sender(*connection.pod);
  const yaml::Node namespaces = peer["namespaceSelector"], pods = peer["podSelector"];
  const Truth place = namespaces ? fits_namespace(namespaces, *sender) : graph_.same_namespace(*policy, *sender);
  return place && (pods ? matches_selector(pods, sender.labels()) : Truth::yes);
}

Truth NetworkPolicies::fits(const NetworkPolicy& policy, yaml::Node rule, const Connection& connection) const {
  if (!rule.is_mapping()) return rule.is_null() ? Truth::yes : Truth::unknown;
  return any(rule["ports"], [&](yaml::Node item) { return fits_port(item, connection); }) &&
         any(rule["from"], [&](yaml::Node item) { return fits_peer(policy, item, connection); });
}

NetworkPolicies::Answer NetworkPolicies::ask(const Workload& workload, const Connection& connection) const {
  std::vector<NetworkPolicy> all;
  if (const auto named = named_.find(workload->id); named != named_.end()) all = named->second;
  if (const auto wide = wide_.find({workload->cluster, workload->ns}); wide != wide_.end())
    all.insert(all.end(), wide->second.begin(), wide->second.end());
  if (all.size() > most_policies) return {Truth::unknown, all.front().resource};
  Answer answer;
  Truth isolated = Truth::no, let_in = Truth::no;
  for (const NetworkPolicy& policy : all) {
    if (!graph_.sees(*policy, *workload)) continue;
    const yaml::Node selector = policy.selector();
    const bool open = policy->opaque || policy->patched || !policy->ns_known;
    const bool every = !selector || selector.is_null();
    const Truth selects = open || workload->opaque ? Truth::unknown : every ? Truth::yes : matches_selector(selector, workload.labels());
    const Truth holds = selects && is_about_ingress(policy);
    if (holds == Truth::no) continue;
    if (answer.by == nullptr || holds > isolated) answer.by = policy.resource;
    isolated = isolated || holds;
    for (yaml::Node rule : policy.spec()["ingress"].items()) let_in = let_in || (holds && fits(policy, rule, connection));
  }
  answer.let_in = !isolated || let_in;
  if (isolated == Truth::unknown) answer.let_in = let_in == Truth::yes ? Truth::yes : Truth::unknown;
  return answer;
}

std::vector<std::string_view> names_of_port(const Workload& workload, std::int64_t port) {
  std::vector<std::string_view> names;
  for (yaml::Node container : workload.containers()) {
    for (yaml::Node declared : container["ports"].items()) {
      const auto name = text_of(declared["name"]);
      if (name.is_known() && integer_of(declared["containerPort"]).equals(port) == Truth::yes) names.push_back(*name);
    }
  }
  return names;
}

}  // namespace hop
