#include "graph/server_groups.h"

#include <algorithm>
#include <set>

#include "model/host.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

std::string text_of_selector(yaml::Node selector) {
  std::vector<std::string> pairs;
  for (const auto& [key, value] : selector.entries()) pairs.push_back(format("{}={}", key.str(), value.str()));
  std::sort(pairs.begin(), pairs.end());
  std::string text = "selector";
  for (const std::string& pair : pairs) text += " " + pair;
  return text;
}

/// For each selection the names of its workloads; of those that the same selections have one name stands for all.
using NamesOfPods = std::map<const Graph::Selection*, std::vector<std::string>>;

NamesOfPods names_of_pods(const Graph& graph) {
  std::vector<const Graph::Selection*> selections;
  std::map<std::uint32_t, std::vector<std::size_t>> selected;  // by workload
  NamesOfPods names;
  for (const Gateway& gateway : graph.all<Gateway>()) {
    if (gateway.selector().size() == 0) continue;
    const Graph::Selection& pods = graph.select(*gateway, gateway.selector(), true);
    if (!names.try_emplace(&pods).second) continue;
    for (const Workload& workload : pods.workloads) selected[workload->id].push_back(selections.size());
    selections.push_back(&pods);
  }
  std::map<std::vector<std::size_t>, std::string> first;
  for (const auto& [id, positions] : selected) {
    std::string name = format("workload {} ", id);
    const auto [known, fresh] = first.try_emplace(positions, name);
    if (!fresh && name < known->second) known->second = std::move(name);
  }
  for (const auto& [positions, name] : first) {
    for (const std::size_t at : positions) names[selections[at]].push_back(name);
  }
  return names;
}

/// What the pods are known by: the selector as written, and the workloads it matches where another selector may match them, too.
std::vector<std::string> pods_of(const Graph& graph, const Gateway& gateway, const NamesOfPods& names) {
  std::vector<std::string> pods{text_of_selector(gateway.selector()) + " "};
  if (names.empty() || gateway.selector().size() == 0) return pods;
  const std::vector<std::string>& own = names.at(&graph.select(*gateway, gateway.selector(), true));
  pods.insert(pods.end(), own.begin(), own.end());
  return pods;
}

void add_server(std::map<std::string, ServerGroup>& groups, const std::vector<std::string>& pods, const Gateway& gateway,
                const GatewayServer& server) {
  const auto port = server.port();
  if (!port.is_known()) return;
  for (yaml::Node node : server.hosts()) {
    const auto text = text_of(node);
    if (!text.is_known()) continue;
    const GatewayHost split = gateway_host(*text);
    const std::string_view ns = split.ns == "." ? gateway->ns : split.ns == "*" ? std::string_view{} : split.ns;
    for (const std::string& pod : pods) {
      groups[format("{}port {} {}", pod, *port, server.node["bind"].str())].hosts.push_back({gateway, server, node, ns, lower(split.host)});
    }
  }
}

}  // namespace

std::map<std::string, ServerGroup> server_groups(const Graph& graph) {
  std::set<std::string> selectors;
  for (const Gateway& gateway : graph.all<Gateway>()) selectors.insert(text_of_selector(gateway.selector()));
  const NamesOfPods names = selectors.size() == 1 ? NamesOfPods() : names_of_pods(graph);
  std::map<std::string, ServerGroup> groups;
  for (const Gateway& gateway : graph.all<Gateway>()) {
    const std::vector<std::string> pods = pods_of(graph, gateway, names);
    for (yaml::Node server : gateway.servers()) add_server(groups, pods, gateway, GatewayServer{server});
  }
  return groups;
}

}  // namespace hop
