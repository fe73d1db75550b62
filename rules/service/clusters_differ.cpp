// One Service that is another in each cluster.
#include <algorithm>
#include <map>

#include "rule/rule.h"

namespace hop::rules {
namespace {

/// What clusters must agree on, and its name in a message.
struct Trait {
  std::string_view what;
  std::string value;
  yaml::Node node;
};

std::string ports_of(const Service& service) {
  std::vector<std::string> all;
  for (yaml::Node node : service.ports()) {
    const ServicePort port{node};
    const std::string_view target = port.target_port() ? port.target_port().str() : node["port"].str();
    all.push_back(format("{} {} {} {} {}", node["name"].str(), node["port"].str(), target, port.protocol().value_or("TCP"),
                         port.app_protocol().value_or("")));
  }
  std::sort(all.begin(), all.end());
  std::string text;
  for (const std::string& one : all) text += one + "\n";
  return text;
}

std::vector<Trait> traits(const Service& service) {
  return {{"headless", service.headless() ? "yes" : "no", service.spec()["clusterIP"]},
          {"type", std::string(service.type().value_or("ClusterIP")), service.type_node()},
          {"ports", ports_of(service), service.spec()["ports"]}};
}

void compare(const Service& one, const Service& other, Report& report) {
  const auto mine = traits(one);
  const auto theirs = traits(other);
  for (std::size_t i = 0; i < mine.size(); ++i) {
    if (mine[i].value == theirs[i].value) continue;
    report
        .at_key(*one, mine[i].node,
                format("another cluster has this Service with another `{}`", mine[i].what == "headless" ? "clusterIP" : mine[i].what))
        .alias("IST0170")
        .note(theirs[i].node.key_span(), "there");
    return;
  }
}

void check(const Graph& graph, Report& report) {
  if (graph.world().clusters.empty()) return;
  std::map<std::pair<std::string_view, std::string_view>, Service> first;
  for (const Service& service : graph.linted<Service>()) {
    if (service->opaque || !service->name_known || !service->ns_known) continue;
    const auto [other, fresh] = first.emplace(std::pair(service->ns, service->name), service);
    if (!fresh && other->second->cluster != service->cluster) compare(service, other->second, report);
  }
}

}  // namespace

extern constinit const Rule service_clusters_differ = {
    .info = {.id = "service-clusters-differ",
             .summary = "a Service is not the same in every cluster",
             .docs = "Services of one name and namespace in several clusters of a mesh are one Service to it. They have to "
                     "agree on being headless, on their type and on their ports. Which folders are which cluster says "
                     "`clusters` in the configuration.",
             .effect = "what clients get depends on which cluster's definition istiod read first",
             .source = "https://istio.io/latest/docs/reference/config/analysis/ist0170/",
             .severity = Severity::warning,
             .aliases = {"IST0170"}},
    .reads = {Kind::service},
    .check = check,
};

}  // namespace hop::rules
