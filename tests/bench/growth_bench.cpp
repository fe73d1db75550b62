// How the time of the graph, of the hop graph, of walking all chains and of each rule grows from 10,000 to 40,000 resources, in several
// shapes. Four times as many may take five times as long; what takes longer is printed, and the exit code is 1. Each size is measured in a
// process of its own, as each `check` is one: what an earlier graph leaves behind in the heap doubles the time of the next. A step that
// seems to grow too fast is measured again, more often and several times: what takes milliseconds is easily disturbed, and what grows too
// fast does so every time.
//
//   growth_bench              all shapes
//   growth_bench SHAPE…       these

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chain/chains.h"
#include "engine/lint.h"
#include "graph/build.h"
#include "rule/table.h"
#include "text/ensure.h"
#include "text/file_system.h"
#include "text/format.h"
#include "text/heap.h"

namespace {

constexpr std::size_t small = 10'000;
constexpr std::size_t large = 40'000;
constexpr double most = 5;  ///< ratio
/// Of the graph, whose steps each look at the documents: the few megabytes of the small size are still in the processor's cache then. From
/// 40,000 to 160,000 resources it grows as much as they do.
constexpr double most_of_graph = 6;
constexpr double negligible = 4.0;  ///< milliseconds at the large size: less is noise
constexpr int runs = 2;
constexpr int runs_of_suspects = 9;
constexpr int rounds = 4;  ///< in which suspects are measured again, both sizes right after each other

/// Of this thread, in milliseconds: others on the machine do not count.
double processor_time() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Many VirtualServices on one gateway, each with several routes to a Service of its own.
std::string route(std::size_t i) {
  return hop::format(
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: r{0}, namespace: n{1}}}\nspec:\n  hosts: "
      "[h{0}.example.com]\n  gateways: [edge/public]\n  http:\n  - match: [{{uri: {{prefix: /a}}}}]\n    route: [{{destination: {{host: "
      "s{0}, "
      "port: {{number: 80}}}}}}]\n  - match: [{{uri: {{prefix: /b}}}}]\n    route: [{{destination: {{host: s{0}, subset: v1}}}}]\n  - "
      "route: "
      "[{{destination: {{host: s{0}}}}}]\n---\napiVersion: v1\nkind: Service\nmetadata: {{name: s{0}, namespace: n{1}}}\nspec:\n  "
      "selector: "
      "{{app: s{0}}}\n  ports: [{{name: http, port: 80}}]\n",
      i, i / 50);
}

/// Many Deployments of one label in few namespaces, with a Service and a policy for each.
std::string pods(std::size_t i) {
  return hop::format(
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: d{0}, namespace: n{1}}}\nspec:\n  selector: {{matchLabels: {{app: "
      "d{0}}}}}\n  template:\n    metadata: {{labels: {{app: d{0}, team: t}}}}\n    spec:\n      serviceAccountName: a{0}\n      "
      "containers: "
      "[{{name: c, image: c:1, ports: [{{containerPort: 80}}]}}]\n---\napiVersion: security.istio.io/v1\nkind: "
      "AuthorizationPolicy\nmetadata: {{name: p{0}, namespace: n{1}}}\nspec:\n  selector: {{matchLabels: {{app: d{0}}}}}\n  rules: "
      "[{{from: "
      "[{{source: {{principals: [cluster.local/ns/n{1}/sa/a{0}]}}}}]}}]\n---\napiVersion: v1\nkind: Service\nmetadata: {{name: d{0}, "
      "namespace: n{1}}}\nspec:\n  selector: {{app: d{0}}}\n  ports: [{{name: http, port: 80}}]\n---\napiVersion: v1\nkind: "
      "ServiceAccount\nmetadata: {{name: a{0}, namespace: n{1}}}\n",
      i, i / 2000);
}

/// Many policies of one namespace, each for the pods of one Deployment, and one for all of them for every tenth.
std::string policies(std::size_t i) {
  const std::string selector = i % 10 == 0 ? "" : hop::format("selector: {{matchLabels: {{app: d{}}}}}, ", i);
  return hop::format(
      "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {{name: p{0}, namespace: shop}}\nspec: {{{1}mtls: {{mode: "
      "STRICT}}}}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: d{0}, namespace: shop}}\nspec:\n  selector: "
      "{{matchLabels: "
      "{{app: d{0}}}}}\n  template:\n    metadata: {{labels: {{app: d{0}}}}}\n    spec: {{containers: [{{name: c, image: c:1, ports: "
      "[{{containerPort: 80}}]}}]}}\n---\napiVersion: v1\nkind: Service\nmetadata: {{name: d{0}, namespace: shop}}\nspec: {{selector: "
      "{{app: "
      "d{0}}}, ports: [{{name: http, port: 80}}]}}\n",
      i, selector);
}

/// Many wildcard hosts that lie below one another.
std::string wildcards(std::size_t i) {
  const std::string domain = hop::format("t{}.z{}.example.com", i, i / 100);
  return hop::format(
      "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {{name: e{0}, namespace: n{1}}}\nspec:\n  hosts: ['*.{2}']\n  "
      "ports: "
      "[{{number: 443, name: tls, protocol: TLS}}]\n---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {{name: "
      "d{0}, "
      "namespace: n{1}}}\nspec:\n  host: '*.{2}'\n  trafficPolicy: {{loadBalancer: {{simple: RANDOM}}}}\n---\napiVersion: "
      "networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: v{0}, namespace: n{1}}}\nspec:\n  hosts: ['*.{2}']\n  http:\n  - "
      "route: "
      "[{{destination: {{host: a.{2}}}}}]\n---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: g{0}, namespace: "
      "n{1}}}\nspec:\n  selector: {{istio: edge}}\n  servers: [{{port: {{number: 443, name: tls, protocol: TLS}}, hosts: ['*.{2}'], tls: "
      "{{mode: PASSTHROUGH}}}}]\n",
      i, i / 200, domain);
}

/// One application in a folder for each customer, who has a cluster of his own: every object has as many copies as there are folders.
std::string copies(std::size_t) {
  return R"(apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {selector: {app: cart}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec: {selector: {matchLabels: {app: cart}}, template: {metadata: {labels: {app: cart, version: v1}}, spec: {containers: [{name: c, image: c:1}]}}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec: {hosts: [cart.example.com], gateways: [way-in], http: [{route: [{destination: {host: cart, subset: v1}}]}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec: {host: cart, subsets: [{name: v1, labels: {version: v1}}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: way-in, namespace: shop}
spec: {selector: {istio: edge}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [cart.example.com]}]}
)";
}

/// Installations of three gateways each by IstioOperators, with a Gateway for the pods of each and a route on it.
std::string operators(std::size_t i) {
  std::string components, rest;
  for (const char gateway : {'a', 'b', 'c'}) {
    components += hop::format("    - {{name: in{0}{1}, namespace: n{0}, enabled: true, label: {{istio: in{0}{1}}}}}\n", i, gateway);
    rest += hop::format(
        "---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: {1}, namespace: n{0}}}\nspec: {{selector: {{istio: "
        "in{0}{1}}}, servers: [{{port: {{number: 80, name: http, protocol: HTTP}}, hosts: [{1}.z{0}.example.com]}}]}}\n---\napiVersion: "
        "networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: {1}, namespace: n{0}}}\nspec: {{hosts: [{1}.z{0}.example.com], "
        "gateways: [{1}], http: [{{route: [{{destination: {{host: in{0}{1}, port: {{number: 80}}}}}}]}}]}}\n",
        i, gateway);
  }
  return hop::format(
             "apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {{name: o{0}, namespace: istio-system}}\nspec:\n  "
             "profile: empty\n  meshConfig: {{accessLogFile: /dev/stdout}}\n  components:\n    ingressGateways:\n{1}",
             i, components) +
         rest;
}

/// The way in to all of them: an ALB that sends everything to one gateway, whose servers take every host.
constexpr auto edge = R"(apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: alb}
spec: {controller: ingress.k8s.aws/alb}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: edge
  namespace: edge
  annotations:
    alb.ingress.kubernetes.io/listen-ports: '[{"HTTP":80},{"HTTPS":443}]'
    alb.ingress.kubernetes.io/target-type: ip
spec:
  ingressClassName: alb
  rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: edge, port: {number: 80}}}}]}}]
---
apiVersion: v1
kind: Service
metadata: {name: edge, namespace: edge}
spec: {selector: {istio: edge}, ports: [{name: http, port: 80}, {name: https, port: 443}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: edge, namespace: edge}
spec: {selector: {matchLabels: {istio: edge}}, template: {metadata: {labels: {istio: edge}}, spec: {containers: [{name: istio-proxy, image: auto}]}}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: edge}
spec: {selector: {istio: edge}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]}
)";

/// A team each with an Ingress and a Gateway of its own for the pods of one gateway, and a route to its Service.
std::string teams(std::size_t i) {
  return hop::format(
      "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: i{0}, namespace: edge, annotations: "
      "{{alb.ingress.kubernetes.io/target-type: ip}}}}\nspec:\n  ingressClassName: alb\n  rules: [{{host: h{0}.example.com, http: "
      "{{paths: [{{path: /, pathType: Prefix, backend: {{service: {{name: edge, port: {{number: 80}}}}}}}}]}}}}]\n---\napiVersion: "
      "networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: g{0}, namespace: edge}}\nspec: {{selector: {{istio: edge}}, servers: "
      "[{{port: {{number: 80, name: http, protocol: HTTP}}, hosts: [h{0}.example.com]}}]}}\n---\napiVersion: "
      "networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: v{0}, namespace: edge}}\nspec: {{hosts: [h{0}.example.com], "
      "gateways: [g{0}], http: [{{timeout: 90s, route: [{{destination: {{host: s{0}}}}}]}}]}}\n---\napiVersion: v1\nkind: "
      "Service\nmetadata: {{name: s{0}, namespace: edge}}\nspec: {{selector: {{app: s{0}}}, ports: [{{name: http, port: 80}}]}}\n",
      i);
}

/// Many hosts on the servers of one Gateway, a VirtualService for each; half of those are for hosts that it does not serve.
std::string hosts(std::size_t i) {
  return hop::format(
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: v{0}, namespace: edge}}\nspec: {{hosts: "
      "[{1}{0}.example.com], gateways: [wide], http: [{{route: [{{destination: {{host: s{0}}}}}]}}]}}\n---\napiVersion: v1\nkind: "
      "Service\nmetadata: {{name: s{0}, namespace: edge}}\nspec: {{selector: {{app: s{0}}}, ports: [{{name: http, port: 80}}]}}\n",
      i, i % 2 == 0 ? "h" : "k");
}
std::string wide_gateway(std::size_t count) {
  std::string hosts;
  for (std::size_t i = 0; i < count; ++i) hosts += hop::format("{}h{}.example.com", i == 0 ? "" : ", ", i);
  return hop::format(
      "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: wide, namespace: edge}}\nspec: {{selector: {{istio: edge}}, "
      "servers: [{{port: {{number: 80, name: http, protocol: HTTP}}, hosts: [{}]}}]}}\n",
      hosts);
}

/// Many policies, each by labels of its own, for the same pods, and for ports of their Service.
std::string alike(std::size_t i) {
  std::string labels = "app: a", selector = "app: a";
  for (std::size_t bit = 0; bit < 16; ++bit) {
    labels += hop::format(", l{}: x", bit);
    if (((i >> bit) & 1U) != 0) selector += hop::format(", l{}: x", bit);
  }
  return hop::format(
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: d{0}, namespace: shop}}\nspec: {{selector: {{matchLabels: {{app: a}}}}, "
      "template: {{metadata: {{labels: {{{1}}}}}, spec: {{containers: [{{name: c, image: c:1, ports: [{{containerPort: 80}}]}}]}}}}}}\n"
      "---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {{name: p{0}, namespace: shop}}\nspec: {{selector: "
      "{{matchLabels: {{{2}}}}}, rules: [{{to: [{{operation: {{ports: ['{3}']}}}}]}}]}}\n---\napiVersion: "
      "security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {{name: p{0}, namespace: shop}}\nspec: {{selector: {{matchLabels: "
      "{{{2}}}}}, mtls: {{mode: STRICT}}, portLevelMtls: {{{3}: {{mode: PERMISSIVE}}}}}}\n",
      i, labels, selector, 1000 + i % 50'000);
}
std::string service_of_alike(std::size_t) {
  return "apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: shop}\nspec: {selector: {app: a}, ports: [{name: http, port: "
         "8080, targetPort: 80}]}\n";
}

std::size_t count_chains(const hop::HopGraph& hops) {
  std::size_t chains = 0;
  hop::each_chain(hops, {}, [&](const hop::Chain&) { return ++chains != 0; });
  return chains;
}

struct Shape {
  std::string_view name;
  std::string (*make)(std::size_t);
  std::size_t resources;                         ///< that one call makes, with those that follow from them
  std::string (*shared)(std::size_t) = nullptr;  ///< what so many calls have in common
};
constexpr Shape shapes[] = {
    {"routes", route, 2},
    {"pods", pods, 4},
    {"wildcards", wildcards, 4},
    {"policies", policies, 3},
    {"copies", copies, 5},
    {"operators", operators, 13},
    {"teams", teams, 4},
    {"hosts", hosts, 2, wide_gateway},
    {"alike", alike, 3, service_of_alike},
};

void run_rule(const hop::Rule& rule, const hop::Graph& graph) {
  hop::Report report(rule.info);
  hop::run_rule(rule, graph, report);
}

/// 10,000 resources fit into the processor's cache and 40,000 do not: without this the cliff between them is measured, not the rule.
void empty_caches() {
  static std::vector<unsigned> others(std::size_t{64} << 18U);
  for (unsigned& one : others) ++one;
}

double least_of(int times, const auto& work) {
  double best = 1e12;
  for (int i = 0; i < times; ++i) {
    empty_caches();
    const double begin = processor_time();
    work();
    best = std::min(best, processor_time() - begin);
  }
  return best;
}

using Times = std::map<std::string, double>;

/// What is measured: everything, or these steps alone, which are suspect.
using Steps = std::set<std::string>;

Times measure(const Shape& shape, std::size_t resources, const Steps& steps) {
  hop::MemoryFiles files;
  for (std::size_t i = 0; i < resources / shape.resources; ++i) files.put(hop::format("m/f{}/all.yaml", i), shape.make(i));
  files.put("m/edge.yaml", edge);
  if (shape.shared != nullptr) files.put("m/shared.yaml", shape.shared(resources / shape.resources));
  hop::Settings settings;
  settings.jobs = 1;
  hop::LintRun run = hop::read_graph(files, {{"m", std::nullopt}}, settings);
  Times times;
  const auto time = [&](std::string_view step, const auto& work) {
    const std::string name(step);
    if (steps.empty() || steps.contains(name)) times[name] = least_of(steps.empty() ? runs : runs_of_suspects, work);
  };
  time("(graph)", [&] { hop::build_graph(*run.input, 1); });
  const hop::Graph graph = hop::build_graph(*run.input, 1);
  time("(hops)", [&] { hop::build_hops(graph); });
  const hop::HopGraph hops = hop::build_hops(graph);
  time("(chains)", [&] { count_chains(hops); });
  for (const hop::RuleEntry& entry : hop::all_rules()) time(entry.path_id, [&] { run_rule(*entry.rule, graph); });
  return times;
}

/// What `measure` finds in a child.
Times measure_apart(const Shape& shape, std::size_t resources, const Steps& steps = {}) {
  int ends[2];
  HOP_ENSURE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  HOP_ENSURE(child >= 0);
  if (child == 0) {
    ::close(ends[0]);
    hop::prepare_heap();
    std::FILE* out = ::fdopen(ends[1], "w");
    for (const auto& [name, time] : measure(shape, resources, steps)) std::fprintf(out, "%s %.6f\n", name.c_str(), time);
    std::fclose(out);
    ::_exit(0);
  }
  ::close(ends[1]);
  std::FILE* in = ::fdopen(ends[0], "r");
  Times times;
  char name[200];
  double time = 0;
  while (std::fscanf(in, "%199s %lf", name, &time) == 2) times[name] = time;
  std::fclose(in);
  int status = 0;
  HOP_ENSURE(::waitpid(child, &status, 0) == child && status == 0);
  return times;
}

/// The least times of one shape at both sizes.
struct Growth {
  Times before, after;

  double ratio(const std::string& step) const { return after.at(step) / before.at(step); }
  Steps too_fast() const {
    Steps steps;
    for (const auto& [name, time] : after) {
      if (time >= negligible && ratio(name) > (name == "(graph)" ? most_of_graph : most)) steps.insert(name);
    }
    return steps;
  }
  /// Of a step that was measured twice the round in which it grew less: in the other something else on the machine was in its way.
  void add(const Growth& other) {
    for (const auto& [name, time] : other.after) {
      if (other.ratio(name) >= ratio(name)) continue;
      before[name] = other.before.at(name);
      after[name] = time;
    }
  }
};

Growth growth_of(const Shape& shape) {
  Growth growth{measure_apart(shape, small), measure_apart(shape, large)};
  for (int round = 0; round < rounds; ++round) {
    const Steps suspects = growth.too_fast();
    if (suspects.empty()) break;
    growth.add({measure_apart(shape, small, suspects), measure_apart(shape, large, suspects)});
  }
  return growth;
}

/// Number of those that grew too fast.
int compare(const Shape& shape) {
  const Growth growth = growth_of(shape);
  const auto& [before, after] = growth;
  const Steps failed = growth.too_fast();
  for (const std::string& name : failed) {
    std::cout << hop::format("  too fast a growth: {} took {:.1f} ms, then {:.1f}: ratio {:.1f}\n", name, before.at(name), after.at(name),
                             growth.ratio(name));
  }
  double rules = 0;
  std::string slowest = "(graph)";
  for (const auto& [name, time] : after) {
    if (!name.starts_with('(')) rules += time;
    if (time >= negligible && growth.ratio(name) > growth.ratio(slowest)) slowest = name;
  }
  for (const char* stage : {"(hops)", "(chains)"}) {
    std::cout << hop::format("{:10} {} {:.1f} ms, then {:.1f}: ratio {:.1f}\n", shape.name, stage, before.at(stage), after.at(stage),
                             growth.ratio(stage));
  }
  std::cout << hop::format("{:10} graph {:.0f} ms, then {:.0f}: ratio {:.1f}; all rules {:.0f} ms at {}; steepest {} {:.1f}\n", shape.name,
                           before.at("(graph)"), after.at("(graph)"), growth.ratio("(graph)"), rules, large, slowest, growth.ratio(slowest))
            << std::flush;
  return static_cast<int>(failed.size());
}

}  // namespace

int main(int count, char** words) {
  const std::set<std::string_view> wanted(words + 1, words + count);
  std::cout << hop::format("{} to {} resources, processor time of one thread with cold caches, least of {} runs\n", small, large, runs)
            << std::flush;
  int failed = 0;
  for (const Shape& shape : shapes) {
    if (wanted.empty() || wanted.contains(shape.name)) failed += compare(shape);
  }
  return failed == 0 ? 0 : 1;
}
