// A path `/` that is taken literally in front of a gateway.
#include <set>

#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool is_root_only(const ListenerRule& rule) {
  return rule.known && !rule.fallback && !rule.narrowed && rule.paths.size() == 1 && rule.paths.front() == "/";
}

bool goes_deeper(const ListenerRule& rule) {
  if (!rule.known || rule.paths.empty()) return true;
  for (const std::string& path : rule.paths) {
    if (path != "/") return true;
  }
  return false;
}

std::string key_of(const ListenerRule& rule) {
  std::string key = std::to_string(rule.member) + " ";
  for (yaml::Node host : rule.hosts) key += std::string(host.str()) + " ";
  return key;
}

bool to_gateway(const Graph& graph, const ListenerRule& rule) {
  for (std::uint32_t target : rule.target_groups) {
    if (graph.target_groups()[target].to_gateway()) return true;
  }
  return false;
}

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    std::set<std::string> deeper;    // members and hosts that other rules serve below the root
    std::set<std::uint32_t> caught;  // members with a default backend
    for (const ListenerRule& rule : group.rules) {
      if (goes_deeper(rule)) deeper.insert(key_of(rule));
      if (rule.fallback) caught.insert(rule.member);
    }
    for (const ListenerRule& rule : group.rules) {
      if (!is_root_only(rule) || !to_gateway(graph, rule) || deeper.contains(key_of(rule)) || caught.contains(rule.member)) continue;
      const yaml::Node type = rule.backend.path.path_type();
      if (type && type.str() != "ImplementationSpecific" && type.str() != "Exact") continue;  // one that does not exist
      Finding finding = report.at(group.ingress(rule), rule.backend.path.path(), "only the path `/` itself reaches the gateway");
      if (type) finding.note(type, format("`{}` takes the path literally", type.str()));
      if (type.str() == "ImplementationSpecific") finding.fix("set pathType to Prefix", type, "Prefix");
    }
  }
}

}  // namespace

extern constinit const Rule alb_root_path_only = {
    .info = {.id = "alb-root-path-only",
             .summary = "an ALB Ingress sends only `/` itself to a gateway",
             .docs = "Without `pathType: Prefix` the load balancer takes a path as a pattern: `/` matches `/` and nothing else. Behind it "
                     "stands a gateway that routes by path itself.\n\nUse `pathType: Prefix`, or `/*` with "
                     "`ImplementationSpecific`. Stays silent where another path of the same host, or a default backend, takes the rest.",
             .effect = "every other path is answered by the ALB with 404",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/spec/; "
                       "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2041",
             .severity = Severity::warning,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
