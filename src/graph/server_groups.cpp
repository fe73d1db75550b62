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

/// What the pods are known by: the selector as written, and the workloads it matches where another selector may match them, too.
std::vector<std::string> pods_of(const Graph& graph, const Gateway& gateway, bool one_selector) {
  std::vector<std::string> pods{text_of_selector(gateway.selector())};
  if (one_selector || gateway.selector().size() == 0) return pods;
  for (const Workload& workload : graph.select(*gateway, gateway.selector(), true).workloads)
    pods.push_back(format("workload {}", workload->id));
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
      groups[format("{} port {} {}", pod, *port, server.node["bind"].str())].hosts.push_back(
          {gateway, server, node, ns, lower(split.host)});
    }
  }
}

}  // namespace

std::map<std::string, ServerGroup> server_groups(const Graph& graph) {
  std::set<std::string> selectors;
  for (const Gateway& gateway : graph.all<Gateway>()) selectors.insert(text_of_selector(gateway.selector()));
  std::map<std::string, ServerGroup> groups;
  for (const Gateway& gateway : graph.all<Gateway>()) {
    const std::vector<std::string> pods = pods_of(graph, gateway, selectors.size() == 1);
    for (yaml::Node server : gateway.servers()) add_server(groups, pods, gateway, GatewayServer{server});
  }
  return groups;
}

}  // namespace hop
