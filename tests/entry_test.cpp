// What becomes of Ingresses: groups, listeners, rules in order, target groups with their health checks, trusted proxies of gateways.

#include <deque>
#include <map>
#include <string>

#include "engine/lint.h"
#include "graph/entry_path.h"
#include "graph/gateway_port.h"
#include "graph/group_conflicts.h"
#include "graph/secret_access.h"
#include "graph/service_health.h"
#include "graph/service_tls.h"
#include "graph/trusted_proxies.h"
#include "support/catch.h"
#include "support/world.h"
#include "text/file_system.h"

namespace hop {
namespace {

/// A graph over one file in memory.
class World {
 public:
  explicit World(const std::string& text, bool complete = false) {
    Settings settings;
    settings.isolated = true;
    settings.jobs = 1;
    settings.today = "2026-01-01";
    settings.world.complete = complete;
    const MemoryFiles memory(std::map<std::string, std::string>{{"w/a.yaml", text}});
    run_ = read_graph(memory, {{"w", std::nullopt}}, settings);
  }
  const Graph& graph() const { return *run_.graph; }
  const IngressGroup& group(std::size_t at = 0) const {
    REQUIRE(graph().ingress_groups().size() > at);
    return graph().ingress_groups()[at];
  }
  const Listener& listener(std::int64_t port) const {
    REQUIRE(group().listener(port) != nullptr);
    return *group().listener(port);
  }
  /// Paths of the rules on a listener, in its order.
  std::string order(std::int64_t port) const {
    std::string text;
    for (std::uint32_t at : listener(port).rules) text += std::string(group().rules[at].backend.path.path().str()) + " ";
    return text;
  }

 private:
  LintRun run_;
};

std::string ingress(const std::string& name, const std::string& annotations, const std::string& rules, const std::string& ns = "shop") {
  return "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: " + name + "\n  namespace: " + ns +
         "\n  annotations:\n    alb.ingress.kubernetes.io/tags: a=b\n" + annotations + "spec:\n  ingressClassName: alb\n  rules:\n" + rules;
}

std::string annotation(const std::string& suffix, const std::string& value) {
  return "    alb.ingress.kubernetes.io/" + suffix + ": '" + value + "'\n";
}

std::string path(const std::string& path, const std::string& type, const std::string& service = "cart", const std::string& port = "80") {
  return "      - {path: " + path + ", pathType: " + type + ", backend: {service: {name: " + service + ", port: {" +
         (port == "80" ? "number: " : "name: ") + port + "}}}}\n";
}

std::string rule(const std::string& host, const std::string& paths) {
  return (host.empty() ? "  - http:\n" : "  - host: " + host + "\n    http:\n") + "      paths:\n" + paths;
}

const std::string any = rule("", path("/", "Prefix"));

TEST_CASE("listeners come from listen-ports, else from the certificate, else HTTP on 80") {
  const World plain(ingress("a", "", any));
  CHECK_FALSE(plain.listener(80).https);
  const World named(ingress("a", annotation("certificate-arn", "arn:aws:acm:r:1:certificate/x"), any));
  CHECK(named.listener(443).https);
  CHECK(named.listener(443).certificates.size() == 1);
  const World empty(ingress("a", annotation("certificate-arn", " , "), any));
  CHECK_FALSE(empty.listener(80).https);
  const World both(ingress("a", annotation("listen-ports", "[{\"HTTP\": 80, \"HTTPS\": 443}, {\"HTTP\": 443}]"), any));
  CHECK(both.listener(80).sources.size() == 1);
  CHECK_FALSE(both.listener(443).https);
  CHECK(both.listener(443).sources.front().overwrote);
  CHECK(both.group().known);
  const World broken(ingress("a", annotation("listen-ports", "[{\"HTTP\": \"80\"}]"), any));
  CHECK_FALSE(broken.group().known);
}

TEST_CASE("members stand by order, then namespace and name; a group is whole only if nobody else can join") {
  const std::string group = annotation("group.name", "edge");
  const World world(ingress("b", group, any) + ingress("a", group, any) + ingress("z", group + annotation("group.order", "-1"), any) +
                    ingress("alone", "", any));
  const IngressGroup& edge = world.group();
  REQUIRE(edge.members.size() == 3);
  CHECK(edge.name == "edge");
  CHECK(edge.members[0].ingress->name == "z");
  CHECK(edge.members[1].ingress->name == "a");
  CHECK_FALSE(edge.whole);
  CHECK(world.group(1).whole);
  CHECK(World(ingress("a", group, any), true).group().whole);
  CHECK_FALSE(World(ingress("a", annotation("group.name", "Not_Valid"), any)).group().known);
  const World slash(ingress("x", group, any, "a") + ingress("x", group, any, "a-b"));
  CHECK(slash.group().members[0].ingress->ns == "a-b");  // `a-b/x` sorts before `a/x`
}

TEST_CASE("rules stand as the controller sorts them: exact, long prefixes, then patterns") {
  const World world(ingress(
      "a", "",
      rule("a.example.com", path("/p", "ImplementationSpecific") + path("/", "Prefix") + path("/foo", "Prefix") + path("/x", "Exact"))));
  CHECK(world.order(80) == "/x /foo / /p ");
  const auto& rules = world.group().rules;
  CHECK(rules[1].paths == std::vector<std::string>{"/foo", "/foo/*"});
  CHECK(rules[2].paths == std::vector<std::string>{"/*"});
  CHECK(rules[3].paths == std::vector<std::string>{"/p"});
}

TEST_CASE("a host-less or wide rule shadows what stands behind it") {
  const World host(ingress("a", "", any + rule("a.example.com", path("/x", "Prefix"))));
  REQUIRE(shadowed_rules(host.group()).size() == 1);
  CHECK(shadowed_rules(host.group()).front().rule == 1);
  const World wild(ingress("a", "", rule("\"*.example.com\"", path("/", "Prefix")) + rule("a.example.com", path("/x", "Exact"))));
  CHECK(shadowed_rules(wild.group()).size() == 1);
  const World right(ingress("a", "", rule("a.example.com", path("/", "Prefix")) + rule("\"*.example.com\"", path("/", "Prefix")) + any));
  CHECK(shadowed_rules(right.group()).empty());
  const World root(ingress("a", "", rule("", path("/", "Exact")) + rule("", path("/a", "Prefix"))));
  CHECK(shadowed_rules(root.group()).empty());
  const World narrowed(ingress("a",
                               annotation("conditions.cart",
                                          "[{\"field\":\"http-header\",\"httpHeaderConfig\":"
                                          "{\"httpHeaderName\":\"x\",\"values\":[\"y\"]}}]"),
                               any + rule("a.example.com", path("/x", "Prefix", "other"))));
  CHECK(shadowed_rules(narrowed.group()).empty());
}

TEST_CASE("a redirect to HTTPS takes the plain listener only, and its followers are left out there") {
  const std::string action = annotation("actions.redirect", "{\"Type\":\"redirect\"}");
  const std::string right =
      annotation("actions.redirect",
                 "{\"type\":\"redirect\",\"redirectConfig\":{\"protocol\":\"HTTPS\",\"port\":\"443\",\"statusCode\":\"HTTP_301\"}}");
  const std::string ports = annotation("listen-ports", "[{\"HTTP\": 80}, {\"HTTPS\": 443}]");
  const std::string rules = rule("", path("/", "Prefix", "redirect", "use-annotation") + path("/", "Prefix"));
  const World world(ingress("a", ports + right, rules));
  CHECK(world.listener(80).rules.size() == 1);
  CHECK(world.listener(80).left_out.size() == 1);
  CHECK(world.listener(443).rules == std::vector<std::uint32_t>{1});
  CHECK(redirect_of(world.group().rules[0]).to_https());
  CHECK(shadowed_rules(world.group()).empty());
  const World set(ingress("a", ports + annotation("ssl-redirect", "443"), any));
  CHECK(set.listener(80).redirects);
  CHECK(set.listener(80).rules.empty());
  CHECK(set.listener(443).rules.size() == 1);
  CHECK(World(ingress("a", action, rules)).group().rules[0].action == ListenerRule::Action::redirect);
  CHECK(World(ingress("a", "", rules)).group().rules[0].action == ListenerRule::Action::missing);
}

TEST_CASE("a forward action has a target group for each Service it names") {
  const World world(ingress("a",
                            annotation("actions.split",
                                       "{\"type\":\"forward\",\"forwardConfig\":{\"targetGroups\":[{\"serviceName\":\"one\","
                                       "\"servicePort\":\"80\",\"weight\":1},{\"serviceName\":\"two\",\"servicePort\":80,"
                                       "\"weight\":1}]}}"),
                            rule("", path("/", "Prefix", "split", "use-annotation"))));
  REQUIRE(world.group().rules.front().target_groups.size() == 2);
  CHECK(world.graph().target_groups()[1].backend.path.service().str() == "two");
}

const std::string ingress_class =
    "---\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: alb}\nspec:\n  controller: ingress.k8s.aws/alb\n"
    "  parameters: {apiGroup: elbv2.k8s.aws, kind: IngressClassParams, name: shared}\n";

TEST_CASE("class parameters win over everything, and are not read for the class annotation") {
  const std::string params = ingress_class +
                             "---\napiVersion: elbv2.k8s.aws/v1beta1\nkind: IngressClassParams\nmetadata: {name: shared}\n"
                             "spec: {group: {name: shared}, targetType: ip, sslRedirectPort: '443', certificateArn: [arn:a]}\n";
  const World world(ingress("a", annotation("group.name", "own") + annotation("target-type", "instance"), any) + params);
  CHECK(world.group().name == "shared");
  CHECK(world.group().redirect_port == 443);
  CHECK(world.listener(443).certificates.size() == 1);
  CHECK(world.graph().target_groups().front().target_type.is("ip"));
  CHECK(world.graph().target_groups().front().target_type.from(Kind::ingress_class_params));
  std::string annotated = ingress("a", annotation("group.name", "own") + "    kubernetes.io/ingress.class: alb\n", any);
  annotated.replace(annotated.find("  ingressClassName: alb\n"), 24, "");
  CHECK(World(annotated + params).group().name == "own");
}

TEST_CASE("the controller's flags are its defaults, whoever installs it") {
  const std::string deployment =
      "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: lbc, namespace: kube-system}\nspec: {template: {spec: {containers: [{"
      "name: c, image: public.ecr.aws/eks/aws-load-balancer-controller:v2.7.0, args: [--default-target-type=ip, --default-ssl-policy, P, "
      "--enable-manage-backend-security-group-rules]}]}}}\n";
  const World world(ingress("a", annotation("listen-ports", "[{\"HTTPS\": 443}]"), any) + deployment);
  const TargetGroup& group = world.graph().target_groups().front();
  CHECK(group.target_type.is("ip"));
  CHECK(group.target_type.from(Kind::deployment));
  CHECK(world.listener(443).ssl_policy.is("P"));
  CHECK(world.graph().controller(*group.ingress).manage_backend_rules.is("true"));
  const std::string application =
      "---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: lbc, namespace: argocd}\nspec: {source: {chart: "
      "aws-load-balancer-controller, helm: {values: \"defaultTargetType: ip\"}}}\n";
  CHECK(World(ingress("a", "", any) + application).graph().target_groups().front().target_type.is("ip"));
}

const std::string service =
    "---\napiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {type: NodePort, ports: [{name: http, port: 80, "
    "targetPort: 8080, nodePort: 30080}, {name: status-port, port: 15021, targetPort: 15021, nodePort: 30021}]}\n";

TEST_CASE("a health check port is resolved as the controller does") {
  std::deque<World> worlds;  // what is returned points into them
  const auto health = [&](const std::string& annotations) {
    return worlds.emplace_back(ingress("a", annotations, any) + service).graph().target_groups().front().health;
  };
  CHECK(health("").pod_port == 8080);
  CHECK(health(annotation("healthcheck-port", "status-port")).asks_status_port());
  CHECK(health(annotation("healthcheck-port", "30021")).asks_status_port());
  CHECK_FALSE(health(annotation("healthcheck-port", "15021")).pod_port);
  CHECK(health(annotation("healthcheck-port", "15021") + annotation("target-type", "ip")).asks_status_port());
  CHECK(health(annotation("healthcheck-port", "status")).name_missing);
  CHECK(health(annotation("backend-protocol", "HTTPS")).protocol.is("HTTPS"));
  CHECK(health(annotation("backend-protocol-version", "GRPC")).success_codes.is("12"));
}

TEST_CASE("trusted proxies: the pod's annotation over the mesh's configuration; unknown without one") {
  const auto count = [](const std::string& annotations, const std::string& more) {
    const World world(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: g, namespace: istio-system}\nspec:\n  template:\n    metadata:\n" +
        annotations + "      labels: {istio: ingressgateway}\n    spec: {containers: [{name: istio-proxy}]}\n" + more);
    return trusted_proxies(world.graph(), world.graph().workloads().front());
  };
  const std::string mesh =
      "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n    defaultConfig: "
      "{gatewayTopology: {numTrustedProxies: 1}}\n";
  CHECK_FALSE(count("", "").known);
  CHECK(count("", mesh).count == 1);
  CHECK(count("", mesh).known);
  const auto own = count("      annotations: {proxy.istio.io/config: \"gatewayTopology: {numTrustedProxies: 2}\"}\n", mesh);
  CHECK(own.count == 2);
  CHECK(own.set_by != nullptr);
  CHECK(count("      annotations: {proxy.istio.io/config: \"gatewayTopology: {numTrustedProxies: two}\"}\n", "").malformed);
  const std::string filter =
      "---\napiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata: {name: f, namespace: istio-system}\nspec: "
      "{configPatches: "
      "[{patch: {value: {typed_config: {xff_num_trusted_hops: 1}}}}]}\n";
  CHECK_FALSE(count("", mesh + filter).known);
}

TEST_CASE("ways in: each listener with each of its rules and target groups, default backends last") {
  std::string with_default = ingress("a", annotation("listen-ports", "[{\"HTTP\": 80}, {\"HTTP\": 8080}]"), any);
  with_default += "  defaultBackend: {service: {name: last, port: {number: 80}}}\n";
  const World world(with_default);
  const auto paths = entry_paths(world.graph());
  REQUIRE(paths.size() == 4);
  CHECK(paths[0].listener->port == 80);
  CHECK(paths[1].rule->fallback);
  CHECK(paths[1].target->backend.path.service().str() == "last");
  CHECK(paths[2].listener->port == 8080);
}

TEST_CASE("members of a group disagree about what only one may say, key by key for maps") {
  const std::string group = annotation("group.name", "edge");
  const auto conflicts = [&](const std::string& a, const std::string& b) {
    const World world(ingress("a", group + a, any) + ingress("b", group + b, any));
    std::string names;
    for (const GroupConflict& conflict : conflicts_in(world.graph(), world.group())) names += conflict.name + " ";
    return names;
  };
  CHECK(conflicts(annotation("scheme", "internal"), annotation("scheme", "internet-facing")) == "scheme ");
  CHECK(conflicts(annotation("scheme", "internal"), "").empty());
  CHECK(conflicts(annotation("subnets", "a,b"), annotation("subnets", "b, a")).empty());
  CHECK(conflicts(annotation("security-groups", "a,b"), annotation("security-groups", "b,a")) == "security-groups ");
  CHECK(conflicts(annotation("shield-advanced-protection", "true"), annotation("shield-advanced-protection", "T")).empty());
  CHECK(conflicts(annotation("load-balancer-attributes", "a=1,b=2"), annotation("load-balancer-attributes", "b=3")) == "b ");
}

const std::string gateway_behind =
    "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: g, namespace: edge}\nspec: {template: {metadata: {labels: {istio: "
    "edge}}, spec: "
    "{containers: [{name: istio-proxy}]}}}\n---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: g, namespace: "
    "edge}\nspec: "
    "{selector: {istio: edge}, servers: [{port: {number: 443, protocol: HTTPS}, hosts: [a.example.com]}]}\n";

TEST_CASE("a Service's own load balancer ends TLS on the ports it lists, and may open it again") {
  const auto tls = [](const std::string& annotations) {
    return "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: s\n  namespace: edge\n  annotations:\n"
           "    service.beta.kubernetes.io/aws-load-balancer-ssl-cert: arn\n" +
           annotations + "spec: {type: LoadBalancer, selector: {istio: edge}, ports: [{name: https, port: 443}]}\n" + gateway_behind;
  };
  const World all(tls(""));
  REQUIRE(tls_ports(all.graph()).size() == 1);
  CHECK(tls_ports(all.graph()).front().opens_tls == Truth::no);
  CHECK(tls_ports(all.graph()).front().servers.size() == 1);
  CHECK(tls_ports(World(tls("    service.beta.kubernetes.io/aws-load-balancer-ssl-ports: http\n")).graph()).empty());
  const World again(tls("    service.beta.kubernetes.io/aws-load-balancer-backend-protocol: ssl\n"));
  CHECK(tls_ports(again.graph()).front().opens_tls == Truth::yes);
}

TEST_CASE("who may list Secrets: by Role, by group, unknown where the role lives elsewhere") {
  const auto permission = [](const std::string& resource, const std::string& ref, const std::string& subject) {
    const World world(
        gateway_behind +
        "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: edge}\nrules: [{apiGroups: [''], "
        "resources: [" +
        resource +
        "], verbs: [list]}]\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, namespace: "
        "edge}\nroleRef: {kind: Role, name: " +
        ref + "}\nsubjects: [" + subject + "]\n");
    return SecretAccess(world.graph()).of(*world.graph().workloads().front(), {"edge", "default"});
  };
  const std::string own = "{kind: ServiceAccount, name: default}";
  CHECK(permission("secrets", "r", own).may_list == Truth::yes);
  CHECK(permission("configmaps", "r", own).may_list == Truth::no);
  CHECK(permission("configmaps", "r", own).evidence);
  CHECK(permission("secrets", "r", "{kind: ServiceAccount, name: other}").may_list == Truth::no);
  CHECK(permission("'*'", "r", "{kind: Group, name: 'system:serviceaccounts:edge'}").may_list == Truth::yes);
  CHECK(permission("secrets", "elsewhere", own).may_list != Truth::yes);
}

TEST_CASE("what listens on the pods of a gateway, and what its own load balancer asks for health") {
  const auto world = [](const std::string& annotations) {
    return "apiVersion: v1\nkind: Service\nmetadata:\n  name: edge\n  namespace: edge\n  annotations: {" + annotations +
           "}\nspec: {type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, selector: {istio: edge}, ports: [{name: status-port, "
           "port: "
           "15021, nodePort: 31500}, {name: http2, port: 80, targetPort: 8080}]}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: "
           "{name: "
           "edge, namespace: edge}\nspec: {template: {metadata: {labels: {istio: edge}}, spec: {containers: [{name: istio-proxy, ports: "
           "[{containerPort: 9000}]}]}}}\n---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: edge, namespace: "
           "edge}\nspec: "
           "{selector: {istio: edge}, servers: [{port: {number: 80, protocol: HTTP}, hosts: ['*']}]}\n";
  };
  const std::string prefix = "service.beta.kubernetes.io/aws-load-balancer-";
  const auto health = [&](const std::string& annotations) {
    const MemoryWorld one(world(annotations));
    const auto found = gateway_healths(one.graph());
    return found.empty() ? std::optional<std::int64_t>() : found.front().health.pod_port;
  };
  CHECK(health(prefix + "scheme: internal") == std::nullopt);
  CHECK(health(prefix + "healthcheck-port: '15021', " + prefix + "nlb-target-type: ip") == 15021);
  CHECK(health(prefix + "healthcheck-port: '31500', " + prefix + "nlb-target-type: instance") == 15021);
  CHECK(health(prefix + "healthcheck-port: '15021', " + prefix + "nlb-target-type: instance") == std::nullopt);
  CHECK(health(prefix + "healthcheck-port: status-port") == 15021);
  const MemoryWorld one(world(prefix + "scheme: internal"));
  const Workload pods(one.at(Kind::deployment, "edge"));
  for (const std::int64_t port : {15020, 15021, 15090, 8080, 9000}) {
    INFO(port);
    CHECK(listens_at(one.graph(), pods, port) == Truth::yes);
  }
  // The server's number is the Service's port, which leads elsewhere.
  CHECK(listens_at(one.graph(), pods, 80) == Truth::no);
  CHECK(listens_at(one.graph(), pods, 15022) == Truth::no);
}

TEST_CASE("who may get one Secret of another namespace") {
  const auto granted = [](const std::string& rule, const std::string& ns) {
    const MemoryWorld one(
        "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: lbc, namespace: kube-system}\n---\napiVersion: "
        "rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: " +
        ns + "}\nrules: [" + rule + "]\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: r, namespace: " +
        ns + "}\nroleRef: {kind: Role, name: r}\nsubjects: [{kind: ServiceAccount, name: lbc, namespace: kube-system}]\n");
    return may_read(one.graph(), one.at(Kind::service_account, "lbc"), {"kube-system", "lbc"}, "office", "client").may_list;
  };
  CHECK(granted("{apiGroups: [''], resources: [secrets], verbs: [get]}", "office") == Truth::yes);
  CHECK(granted("{apiGroups: [''], resources: [secrets], verbs: [get], resourceNames: [client]}", "office") == Truth::yes);
  CHECK(granted("{apiGroups: [''], resources: [secrets], verbs: [get], resourceNames: [other]}", "office") == Truth::no);
  CHECK(granted("{apiGroups: [''], resources: [secrets], verbs: [list]}", "office") == Truth::no);
  CHECK(granted("{apiGroups: [''], resources: [secrets], verbs: [get]}", "kube-system") == Truth::no);
}

}  // namespace
}  // namespace hop
