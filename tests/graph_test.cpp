// What the graph concludes from manifests: lookups with their evidence, clusters and overlays, what is implied, effective settings.

#include <algorithm>
#include <ctime>
#include <map>
#include <numeric>
#include <ranges>
#include <string>

#include "engine/lint.h"
#include "graph/copies.h"
#include "graph/graph.h"
#include "graph/hash_index.h"
#include "graph/machines.h"
#include "graph/near_index.h"
#include "graph/sidecar_scope.h"
#include "graph/visibility.h"
#include "model/host.h"
#include "support/catch.h"
#include "text/file_system.h"
#include "text/format.h"

namespace hop {
namespace {

/// A graph over files in memory.
class Manifests {
 public:
  explicit Manifests(std::map<std::string, std::string> files, Settings settings = {})
      : run_(read(std::move(files), std::move(settings))) {}
  const Graph& graph() const { return *run_.graph; }
  const Resource& at(Kind kind, std::string_view name, std::string_view path = {}) const {
    for (const Resource* resource : graph().of(kind)) {
      const bool here = path.empty() || graph().sources()[resource->root.span().file].path().ends_with(path);
      if (resource->name == name && here) return *resource;
    }
    FAIL("no " << info(kind).name << " " << name);
    throw 0;  // FAIL does not return
  }

 private:
  static LintRun read(std::map<std::string, std::string> files, Settings settings) {
    std::map<std::string, std::string> below;
    for (auto& [path, text] : files) below["w/" + path] = text;
    settings.isolated = true;
    settings.jobs = 1;
    settings.today = "2026-01-01";
    const MemoryFiles memory(below);
    return read_graph(memory, {{"w", std::nullopt}}, settings);
  }
  LintRun run_;
};

Settings complete() {
  Settings settings;
  settings.world.complete = true;
  return settings;
}

std::string service(const std::string& ns, const std::string& name) {
  return "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + (ns.empty() ? "" : ", namespace: " + ns) +
         "}\nspec: {ports: [{port: 80}]}\n";
}

std::string asker(const std::string& ns) {
  return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: asker" + (ns.empty() ? "" : ", namespace: " + ns) + "}\n";
}

Lookup ask(const Manifests& world, std::string_view ns, std::string_view name) {
  return world.graph().find(world.at(Kind::config_map, "asker"), Kind::service, ns, name);
}

TEST_CASE("what is there is found, in its own namespace only") {
  const Manifests world({{"a.yaml", asker("shop") + "---\n" + service("shop", "cart")}});
  CHECK(ask(world, "shop", "cart").found());
  const Lookup elsewhere = ask(world, "billing", "cart");
  CHECK(elsewhere.missing());
  REQUIRE(elsewhere.elsewhere != nullptr);
  CHECK(elsewhere.strongest == Severity::error);
}

TEST_CASE("without evidence absence is unknown; with another of the namespace a warning; with a slip an error") {
  const Manifests nothing({{"a.yaml", asker("shop")}});
  CHECK(ask(nothing, "shop", "cart").unknown());
  const Manifests another({{"a.yaml", asker("shop") + "---\n" + service("shop", "billing")}});
  CHECK(ask(another, "shop", "cart").missing());
  CHECK(ask(another, "shop", "cart").strongest == Severity::warning);
  const Lookup slip = ask(another, "shop", "biling");
  CHECK(slip.strongest == Severity::error);
  REQUIRE(slip.near != nullptr);
  CHECK(slip.near->name == "billing");
}

TEST_CASE("what charts, other repositories and templates bring may be there") {
  const std::string seen = asker("shop") + "---\n" + service("shop", "billing");
  const auto application = [](const std::string& source) {
    return "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: x, namespace: argocd}\nspec: {source: {" + source +
           "}, destination: {namespace: shop}}\n";
  };
  const auto answers = [&](const std::string& path, const std::string& text) {
    return Manifests({{"apps/shop/a.yaml", seen}, {path, text}});
  };
  CHECK(ask(answers("b.yaml", application("chart: queue")), "shop", "cart").unknown());
  CHECK(ask(answers("b.yaml", application("path: far/away")), "shop", "cart").unknown());
  CHECK(ask(answers("b.yaml", application("path: ./apps/shop/")), "shop", "cart").missing());
  CHECK(ask(answers("b.yaml", application("path: shop")), "shop", "cart").missing());
  CHECK(ask(answers("b.yaml", application("chart: gateway, repoURL: 'https://istio-release.example'")), "shop", "cart").missing());
  const Manifests other({{"a.yaml", asker("far") + "---\n" + service("far", "billing")}, {"b.yaml", application("chart: queue")}});
  CHECK(ask(other, "far", "cart").missing());
  const Lookup near = ask(answers("b.yaml", application("chart: queue")), "shop", "biling");
  CHECK(near.missing());
  CHECK(near.strongest == Severity::warning);

  const auto with_template = [&](const std::string& name) {
    return Manifests({{"a.yaml", seen},
                      {"c/Chart.yaml", "name: c\n"},
                      {"c/templates/s.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: " + name + "\n  x: {{ y }}\n"}});
  };
  CHECK(ask(with_template("cart"), "shop", "cart").unknown());
  CHECK(ask(with_template("mail"), "shop", "cart").missing());
  CHECK(ask(with_template("{{ z }}-mail"), "shop", "cart").unknown());
}

TEST_CASE("a root that lists what was not given leaves its namespace open") {
  const auto root = [](const std::string& more) { return "kind: Kustomization\nresources: [a.yaml, " + more + "]\n"; };
  const std::string seen = asker("") + "---\n" + service("", "billing");
  CHECK(ask(Manifests({{"k/kustomization.yaml", root("'https://example.com/x.yaml'")}, {"k/a.yaml", seen}}), "", "cart").unknown());
  CHECK(ask(Manifests({{"k/kustomization.yaml", root("../base")}, {"k/a.yaml", seen}}), "", "cart").unknown());
  const std::map<std::string, std::string> whole{
      {"k/kustomization.yaml", root("../base")}, {"k/a.yaml", seen}, {"base/kustomization.yaml", "resources: []\n"}};
  CHECK(ask(Manifests(whole), "", "cart").missing());
}

TEST_CASE("complete makes the missing missing, for one namespace or all") {
  CHECK(ask(Manifests({{"a.yaml", asker("shop")}}, complete()), "shop", "cart").missing());
  Settings some;
  some.world.complete_namespaces = {"shop"};
  const Manifests world({{"a.yaml", asker("shop")}}, some);
  CHECK(ask(world, "shop", "cart").missing());
  CHECK(ask(world, "billing", "cart").unknown());
}

TEST_CASE("an unset namespace equals an unset one and is unknown against a named one; complete makes it default") {
  const Manifests world({{"a.yaml", asker("") + "---\n" + service("", "cart") + "---\n" + service("shop", "billing")}});
  CHECK(ask(world, "", "cart").found());
  CHECK(ask(world, "shop", "cart").unknown());
  CHECK(ask(world, "", "billing").unknown());
  const Manifests whole({{"a.yaml", asker("") + "---\n" + service("", "cart")}}, complete());
  CHECK(ask(whole, "default", "cart").found());
}

TEST_CASE("a namespace left open proves nothing beyond its folder") {
  const Manifests world({{"a/asker.yaml", asker("")}, {"b/service.yaml", service("", "billing")}});
  CHECK(ask(world, "", "cart").unknown());
  const Manifests same({{"a/asker.yaml", asker("")}, {"a/service.yaml", service("", "billing")}});
  CHECK(ask(same, "", "cart").missing());
}

TEST_CASE("Secrets, Namespaces and cluster-scoped kinds are missing only from what is complete") {
  const std::string secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: other, namespace: shop}\n";
  const Manifests world({{"a.yaml", asker("shop") + "---\n" + secret}});
  CHECK(world.graph().find(world.at(Kind::config_map, "asker"), Kind::secret, "shop", "tls").unknown());
  CHECK(world.graph().find(world.at(Kind::config_map, "asker"), Kind::namespace_, "", "shop").unknown());
}

TEST_CASE("what is declared as known exists, says nothing of its fields, is no evidence, and gives way to the real one") {
  Settings settings;
  settings.world.known = {{"Service", "shop", "cart"}};
  const Manifests world({{"a.yaml", asker("shop")}}, settings);
  REQUIRE(ask(world, "shop", "cart").found());
  CHECK(ask(world, "shop", "cart").target->opaque);
  CHECK(ask(world, "shop", "billing").unknown());
  const Manifests real({{"a.yaml", asker("shop") + "---\n" + service("shop", "cart")}}, settings);
  REQUIRE(ask(real, "shop", "cart").found());
  CHECK_FALSE(ask(real, "shop", "cart").target->opaque);
  CHECK(real.graph().of(Kind::service).size() == 1);
}

TEST_CASE("names and namespaces that templates fill in leave lookups open") {
  const Manifests world({{"a.yaml", asker("shop") + "---\n" + service("shop", "'${NAME}'")}}, complete());
  CHECK(ask(world, "shop", "cart").unknown());
  CHECK(ask(world, "${NS}", "cart").unknown());
}

TEST_CASE("lists are unrolled, typed ones and lists of lists too") {
  const Manifests world(
      {{"a.yaml", std::string() +
                      "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, metadata: {name: one}}\n"
                      "- {apiVersion: v1, kind: ServiceList, items: [{apiVersion: v1, kind: Service, metadata: {name: two}}]}\n"}});
  CHECK(world.graph().of(Kind::service).size() == 2);
}

TEST_CASE("two clusters of the configuration never see each other") {
  Settings settings;
  settings.world.clusters = {{"eu", {"w/eu/"}}, {"us", {"w/us/"}}};
  const Manifests world({{"eu/a.yaml", asker("shop")}, {"us/b.yaml", service("shop", "cart")}}, settings);
  CHECK(ask(world, "shop", "cart").unknown());
  CHECK(world.graph().cluster_name(world.at(Kind::service, "cart")) == "us");
}

const std::string root = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";

TEST_CASE("a listed patch is no resource") {
  const Manifests world({{"kustomization.yaml", root + "resources: [service.yaml]\npatches: [{path: patch.yaml}]\n"},
                         {"service.yaml", service("shop", "cart")},
                         {"patch.yaml", service("shop", "cart")}});
  CHECK(world.graph().of(Kind::service).size() == 1);
}

TEST_CASE("transformers set the namespace, and make names and namespaces unknown where they differ by overlay") {
  const Manifests world({{"base/kustomization.yaml", root + "resources: [service.yaml]\n"},
                         {"base/service.yaml", service("", "cart")},
                         {"dev/kustomization.yaml", root + "namespace: dev\nresources: [../base, own.yaml]\n"},
                         {"dev/own.yaml", service("", "own")},
                         {"prod/kustomization.yaml", root + "namespace: prod\nnamePrefix: p-\nresources: [../base]\n"}});
  CHECK(world.at(Kind::service, "own").ns == "dev");
  CHECK_FALSE(world.at(Kind::service, "cart").ns_known);
  CHECK_FALSE(world.at(Kind::service, "cart").name_known);
}

TEST_CASE("rival overlays see everything but each other") {
  const Manifests world({{"dev/kustomization.yaml", root + "resources: [a.yaml]\n"},
                         {"dev/a.yaml", service("shop", "cart") + "---\n" + service("shop", "only-dev")},
                         {"prod/kustomization.yaml", root + "resources: [a.yaml]\n"},
                         {"prod/a.yaml", service("shop", "cart")},
                         {"common.yaml", service("shop", "common")}});
  const Resource& dev = world.at(Kind::service, "cart", "dev/a.yaml");
  const Resource& prod = world.at(Kind::service, "cart", "prod/a.yaml");
  CHECK_FALSE(world.graph().sees(dev, prod));
  CHECK(world.graph().sees(dev, world.at(Kind::service, "common")));
  CHECK(world.graph().find(dev, Kind::service, "shop", "only-dev").found());
  CHECK_FALSE(world.graph().find(prod, Kind::service, "shop", "only-dev").found());
}

TEST_CASE("of several copies the nearest by path is the target, and any of them will do") {
  const Manifests world({{"x/asker.yaml", asker("shop")}, {"x/s.yaml", service("shop", "cart")}, {"y/s.yaml", service("shop", "cart")}});
  const Lookup found = ask(world, "shop", "cart");
  REQUIRE(found.copies.size() == 2);
  CHECK(world.graph().sources()[found.target->root.span().file].path() == "w/x/s.yaml");
  CHECK(found.any([&](const Resource& copy) { return &copy != found.target; }));
}

TEST_CASE("an IstioOperator implies its gateway's Service and pods, where the lines that say so stand") {
  const Manifests world(
      {{"a.yaml", std::string() +
                      "apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: i, namespace: istio-system}\n"
                      "spec:\n  components:\n    ingressGateways:\n    - name: edge\n      namespace: ingress\n      enabled: true\n"
                      "      label: {istio: edge}\n      k8s: {service: {type: NodePort}}\n"}});
  const Resource& edge = world.at(Kind::service, "edge");
  CHECK(edge.origin == Origin::implied);
  CHECK(edge.ns == "ingress");
  const yaml::Node type = Service(edge).type_node();
  CHECK(type.str() == "NodePort");
  CHECK(world.graph().sources()[type.span().file].text().substr(type.span().begin, type.span().size()) == "NodePort");
  CHECK(world.at(Kind::service, "istio-ingressgateway").ns == "istio-system");  // the profile's own, still there
  CHECK(world.graph().workloads().size() == 2);
}

TEST_CASE("a profile without gateways implies none") {
  const Manifests world(
      {{"a.yaml",
        std::string() + "apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: i}\nspec: {profile: minimal}\n"}});
  CHECK(world.graph().of(Kind::service).empty());
}

std::string policy(const std::string& ns, const std::string& name, const std::string& spec) {
  return "---\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: " + name + ", namespace: " + ns + "}\nspec: {" +
         spec + "}\n";
}

const std::string pod =
    "---\napiVersion: v1\nkind: Pod\nmetadata: {name: pod, namespace: shop, labels: {app: cart}}\nspec: {containers: [{name: c}]}\n";

TEST_CASE("the narrowest PeerAuthentication decides: port, workload, namespace, mesh") {
  const std::string mesh = policy("istio-system", "mesh", "mtls: {mode: STRICT}");
  const std::string ns = policy("shop", "ns", "mtls: {mode: PERMISSIVE}");
  const std::string workload =
      policy("shop", "w", "selector: {matchLabels: {app: cart}}, mtls: {mode: STRICT}, portLevelMtls: {8080: {mode: DISABLE}}");
  const auto mode = [](const std::string& text, std::optional<std::int64_t> port = std::nullopt) {
    const Manifests world({{"a.yaml", text}});
    return world.graph().mtls(Workload(world.at(Kind::pod, "pod")), port).mode;
  };
  CHECK(mode(pod) == MtlsMode::permissive);
  CHECK(mode(pod + mesh) == MtlsMode::strict);
  CHECK(mode(pod + mesh + ns) == MtlsMode::permissive);
  CHECK(mode(pod + mesh + ns + workload) == MtlsMode::strict);
  CHECK(mode(pod + mesh + ns + workload, 8080) == MtlsMode::disable);
  CHECK(mode(pod + mesh + ns + workload, 9090) == MtlsMode::strict);
  // For pods of the root namespace, too.
  std::string root_pod = pod;
  root_pod.replace(root_pod.find("namespace: shop"), 15, "namespace: istio-system");
  const std::string ignored = policy("istio-system", "w", "selector: {matchLabels: {app: cart}}, mtls: {mode: DISABLE}");
  CHECK(mode(root_pod + mesh + ignored) == MtlsMode::strict);
  CHECK(mode(root_pod + ignored) == MtlsMode::permissive);
}

TEST_CASE("injection: pod label over namespace label, revision labels, proxies written by hand") {
  const std::string ns = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {LABELS}}\n";
  const auto plane = [&](std::string labels, const std::string& pod_text) {
    std::string text = ns;
    text.replace(text.find("LABELS"), 6, labels);
    const Manifests world({{"a.yaml", text + pod_text}});
    return world.graph().injection(Workload(world.at(Kind::pod, "pod"))).plane;
  };
  CHECK(plane("istio-injection: enabled", pod) == Dataplane::sidecar);
  CHECK(plane("istio-injection: disabled", pod) == Dataplane::none);
  CHECK(plane("istio.io/rev: canary", pod) == Dataplane::sidecar);
  CHECK(plane("istio.io/dataplane-mode: ambient", pod) == Dataplane::ambient);
  CHECK(plane("'${X}': y", pod) == Dataplane::unknown);
  std::string out = pod;
  out.replace(out.find("app: cart"), 9, "app: cart, sidecar.istio.io/inject: 'false'");
  CHECK(plane("istio-injection: enabled", out) == Dataplane::none);
  std::string by_hand = pod;
  by_hand.replace(by_hand.find("name: c}"), 8, "name: istio-proxy}");
  CHECK(plane("", by_hand) == Dataplane::sidecar);
}

TEST_CASE("a target group's settings come from the Service, then the Ingress, then the controller") {
  const std::string ingress =
      "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: i\n  namespace: shop\n  annotations:\n"
      "    alb.ingress.kubernetes.io/target-type: ip\n    alb.ingress.kubernetes.io/backend-protocol: HTTPS\n"
      "spec: {ingressClassName: alb, defaultBackend: {service: {name: cart, port: {number: 80}}}}\n---\n";
  const std::string with =
      "apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop, annotations: {alb.ingress.kubernetes.io/backend-protocol: "
      "HTTP}}\n"
      "spec: {ports: [{port: 80}]}\n";
  const Manifests world({{"a.yaml", ingress + with}});
  REQUIRE(world.graph().target_groups().size() == 1);
  const TargetGroup& group = world.graph().target_groups().front();
  CHECK(group.protocol.is("HTTP"));
  CHECK(group.protocol.set_by == &world.at(Kind::service, "cart"));
  CHECK(group.target_type.is("ip"));
  CHECK(group.target_type.set_by == &world.at(Kind::ingress, "i"));
  CHECK(group.protocol_version.is("HTTP1"));
  CHECK(group.protocol_version.set_by == nullptr);
  REQUIRE(group.port);
  CHECK(*group.port->number() == 80);
}

TEST_CASE("the class says whose an Ingress is: annotation over field, field over default class") {
  const auto taken = [](const std::string& annotation, const std::string& spec, const std::string& more = "") {
    const Manifests world({{"a.yaml", "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i, namespace: n, annotations: {" +
                                          annotation + "}}\nspec: {" + spec + "}\n" + more}});
    return world.graph().is_alb(Ingress(world.at(Kind::ingress, "i")));
  };
  const std::string other =
      "---\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: alb}\nspec: {controller: example.com/x}\n";
  CHECK(taken("kubernetes.io/ingress.class: alb", "") == Truth::yes);
  CHECK(taken("kubernetes.io/ingress.class: nginx", "ingressClassName: alb") == Truth::no);
  CHECK(taken("", "ingressClassName: alb") == Truth::yes);
  CHECK(taken("", "ingressClassName: alb", other) == Truth::no);
  CHECK(taken("", "ingressClassName: nginx") == Truth::no);
  CHECK(taken("alb.ingress.kubernetes.io/scheme: internal", "") == Truth::yes);
  CHECK(taken("", "") == Truth::unknown);
}

TEST_CASE("host sets answer as hosts compare one by one") {
  const std::string_view hosts[] = {"*", "*.com", "*.example.com", "example.com", "a.example.com", "*.a.example.com", "b.a.example.com",
                                    "x", "*.x"};
  for (std::string_view member : hosts) {
    HostSet set;
    set.add(member);
    for (std::string_view asked : hosts) {
      INFO(member << " " << asked);
      CHECK(set.overlaps(asked) == hosts_overlap(member, asked));
    }
  }
  CHECK_FALSE(HostSet().overlaps("*"));
}

TEST_CASE("what a rule looks at is noted") {
  const Manifests world({{"a.yaml", service("shop", "cart")}});
  KindSet seen;
  const Graph noting = world.graph().noting(seen);
  static_cast<void>(noting.of(Kind::service));
  static_cast<void>(noting.target_groups());
  CHECK(seen.has(Kind::service));
  CHECK(seen.has(Facet::entry));
  CHECK_FALSE(seen.has(Kind::pod));
}

std::string sidecar(const std::string& ns, const std::string& hosts) {
  return "apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: scope-" + ns + ", namespace: " + ns +
         "}\nspec: {egress: [{hosts: [" + hosts + "]}]}\n---\n";
}

TEST_CASE("the Sidecar of a namespace, else of the root namespace, says what is imported") {
  const Manifests world({{"a.yaml", sidecar("shop", "\"./*\", \"mail/*.mail.svc.cluster.local\"") +
                                        sidecar("istio-system", "\"istio-system/*\"") + asker("shop") + "---\n" + service("mail", "api")}});
  const SidecarScopes scopes(world.graph());
  const Resource& own = world.at(Kind::sidecar, "scope-shop");
  const Resource& here = world.at(Kind::config_map, "asker");
  const Resource& mail = world.at(Kind::service, "api");
  CHECK(scopes.of_namespace(here) == &own);
  CHECK(scopes.of_namespace(mail) == &world.at(Kind::sidecar, "scope-istio-system"));
  CHECK(imports(world.graph(), own, "shop", here, "anything.example.com") == Truth::yes);
  CHECK(imports(world.graph(), own, "shop", mail, "api.mail.svc.cluster.local") == Truth::yes);
  CHECK(imports(world.graph(), own, "shop", mail, "api.example.com") == Truth::no);
}

TEST_CASE("proxies see two things where some namespace sees both and its Sidecar imports both") {
  const auto meeting = [](const std::string& sidecars, bool complete) {
    Settings settings;
    settings.world.complete = complete;
    const Manifests world({{"a.yaml", sidecars + asker("shop") + "---\n" + service("mail", "api")}}, settings);
    const Visibility everywhere{true, false, {}};
    const Offer a{&world.at(Kind::config_map, "asker"), "partner.example.com", &everywhere};
    const Offer b{&world.at(Kind::service, "api"), "api.mail.svc.cluster.local", &everywhere};
    return SidecarScopes(world.graph()).meet(a, b);
  };
  CHECK(meeting("", false));
  const std::string own = sidecar("istio-system", "\"./*\"");
  CHECK_FALSE(meeting(own, false));
  CHECK_FALSE(meeting(own, true));
  // One namespace narrows its own view only: another that nobody has named may see both, unless everything is here.
  CHECK(meeting(sidecar("shop", "\"./*\""), false));
  CHECK(meeting(own + sidecar("shop", "\"*/*\""), true));
}

TEST_CASE("delegates, targets of policies and certificates of listeners are references") {
  const Manifests world({{"a.yaml",
                          "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: root, namespace: shop}\n"
                          "spec: {hosts: [a.example.com], http: [{delegate: {name: leaf}}]}\n---\n"
                          "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: leaf, namespace: shop}\n"
                          "spec: {http: [{redirect: {uri: /}}]}\n---\n"
                          "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: policy, namespace: shop}\n"
                          "spec: {targetRefs: [{kind: Service, group: \"\", name: cart}]}\n---\n" +
                              service("shop", "cart")}});
  const auto delegates = world.graph().edges(Relation::virtualservice_delegate);
  REQUIRE(delegates.size() == 1);
  CHECK(delegates[0].to.target == &world.at(Kind::virtual_service, "leaf"));
  const auto targets = world.graph().edges(Relation::policy_target);
  REQUIRE(targets.size() == 1);
  CHECK(targets[0].to.found());
  CHECK(world.graph().edges(Relation::listener_certificate).empty());
}

TEST_CASE("what overlays rename can only become a name that holds its own") {
  const std::map<std::string, std::string> files = {
      {"base/kustomization.yaml", root + "resources: [service.yaml]\nnameSuffix: -blue\n"},
      {"base/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {ports: [{port: 80}]}\n"},
      {"own.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: stock, namespace: shop}\nspec: {ports: [{port: 80}]}\n"}};
  const Manifests world(files);
  const Resource& own = world.at(Kind::service, "stock");
  CHECK(world.graph().find(own, Kind::service, "shop", "cart-blue").unknown());
  CHECK(world.graph().find(own, Kind::service, "shop", "stcok").missing());
  CHECK(world.graph().find(own, Kind::service, "shop", "stock").found());
}

TEST_CASE("a Service for one pod of a StatefulSet selects the set by the pod's name") {
  const auto pods = [](const std::string& wanted) {
    const Manifests one(
        {{"a.yaml",
          "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db, namespace: shop}\nspec: {template: {metadata: {labels: {app: db}}, "
          "spec: {containers: [{name: db}]}}}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: one, namespace: shop}\nspec: "
          "{selector: "
          "{statefulset.kubernetes.io/pod-name: " +
              wanted + "}, ports: [{port: 80}]}\n"}});
    const Graph::Selection selection = one.graph().pods_of(Service(one.at(Kind::service, "one")));
    return std::pair(selection.workloads.size(), selection.unknown);
  };
  CHECK(pods("db-0") == std::pair<std::size_t, bool>(1, false));
  CHECK(pods("bd-0") == std::pair<std::size_t, bool>(0, false));
  CHECK(pods("db") == std::pair<std::size_t, bool>(0, false));
  CHECK(pods("db-0, app: other") == std::pair<std::size_t, bool>(0, false));
}

TEST_CASE("of many copies of the same objects those near by select each other") {
  std::map<std::string, std::string> files;
  constexpr std::size_t folders = 100;  // more than are looked at one by one
  for (std::size_t i = 0; i < folders; ++i) {
    files[format("c{:03}/all.yaml", i)] =
        "apiVersion: v1\nkind: Service\nmetadata: {name: edge, namespace: edge}\nspec: {selector: {istio: edge}, ports: [{port: "
        "80}]}\n---\n"
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: edge, namespace: edge}\nspec: {template: {metadata: {labels: {istio: "
        "edge}}, "
        "spec: {containers: [{name: istio-proxy}]}}}\n---\n"
        "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: edge, namespace: edge}\nspec: {selector: {istio: edge}, "
        "servers: "
        "[{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]}\n";
  }
  const Manifests copies(files);
  const Graph& graph = copies.graph();
  const auto file_of = [](const Resource& resource) { return resource.root.document()->file(); };
  std::size_t pairs = 0;
  for (const Service& service : graph.all<Service>()) {
    const auto& pods = graph.pods_of(service).workloads;
    CHECK(pods.size() == most_copies);
    CHECK(std::ranges::any_of(pods, [&](const Workload& one) { return file_of(*one) == file_of(*service); }));
    CHECK(graph.select(*service, service.selector(), true).workloads.size() == most_copies);
    for (const Workload& one : pods) {
      const auto gateways = graph.gateways_of(one).gateways();
      CHECK(gateways.size() == most_copies);
      CHECK(std::ranges::any_of(gateways, [&](const Resource* gateway) { return file_of(*gateway) == file_of(*one); }));
      pairs += graph.services_of(one).size();
    }
  }
  CHECK(pairs <= folders * most_copies * 2 * most_copies);
}

/// A NearIndex over copies of objects, each of a variant; how often it looked at one is counted.
class Copies {
 public:
  Copies(std::size_t count, std::size_t objects, std::size_t variants) {
    for (std::size_t i = 0; i < count; ++i) {
      all_.push_back({i % objects, static_cast<std::uint32_t>(3 * i), static_cast<std::uint16_t>(variants == 0 ? 0 : i % variants)});
      index_.add(1, static_cast<std::uint32_t>(i));
      index_.add(2, static_cast<std::uint32_t>(i));
    }
    index_.seal(false);
    index_.set_apart([&](std::uint32_t at) { return all_[at]; });
  }

  /// Positions of those taken around `id`, in the order they were given. Odd objects do not count.
  std::vector<std::uint32_t> near(std::uint32_t id, std::uint16_t variant) {
    Resource from;
    from.id = id;
    from.variant = variant;
    std::vector<std::uint32_t> found;
    looked_ = 0;
    const auto of = [&](std::uint32_t at) {
      ++looked_;
      return all_[at];
    };
    index_.each_near(2, from, of, [&](std::uint32_t at) {
      if (all_[at].object % 2 == 1 || !sees(variant, at)) return Take::no;
      found.push_back(at);
      return Take::yes;
    });
    return found;
  }

  /// The same by looking at all of them.
  std::vector<std::uint32_t> near_by_hand(std::uint32_t id, std::uint16_t variant) const {
    std::vector<std::uint32_t> order(all_.size()), found;
    std::iota(order.begin(), order.end(), 0);
    const auto middle = std::ranges::lower_bound(order, id, {}, [&](std::uint32_t at) { return all_[at].id; });
    const auto walk = [&](auto side) {
      std::map<std::uint64_t, std::size_t> taken;  // by object
      for (const std::uint32_t at : side) {
        if (all_[at].object % 2 == 1 || !sees(variant, at) || taken[all_[at].object] == most_copies) continue;
        ++taken[all_[at].object];
        found.push_back(at);
      }
    };
    walk(std::ranges::subrange(middle, order.end()));
    walk(std::ranges::subrange(order.begin(), middle) | std::views::reverse);
    return found;
  }
  std::size_t looked() const { return looked_; }

 private:
  bool sees(std::uint16_t variant, std::uint32_t at) const { return variant == 0 || all_[at].variant == 0 || all_[at].variant == variant; }

  std::vector<CopyOf> all_;
  NearIndex<std::uint32_t> index_;
  std::size_t looked_ = 0;
};

TEST_CASE("an index finds the copies near by as if all were looked at") {
  for (const auto& [objects, variants] : {std::pair(1, 0), std::pair(3, 0), std::pair(5, 7), std::pair(1, 300), std::pair(150, 40)}) {
    Copies copies(900, static_cast<std::size_t>(objects), static_cast<std::size_t>(variants));
    for (const std::uint32_t id : {0U, 1U, 30U, 1300U, 2699U, 2800U}) {
      for (const std::uint16_t variant : std::initializer_list<std::uint16_t>{0, 1, 6, 1000}) {
        CAPTURE(objects, variants, id, variant);
        CHECK(copies.near(id, variant) == copies.near_by_hand(id, variant));
      }
    }
  }
}

TEST_CASE("where no object has many copies an index gives all, those behind first") {
  NearIndex<std::uint32_t> index;
  for (std::uint32_t i = 0; i < 200; ++i) index.add(1, i);
  index.seal(true);
  Resource from;
  from.id = 150;
  std::vector<std::uint32_t> found;
  const auto take = [&](std::uint32_t at) {
    found.push_back(at);
    return found.size() == 60 ? Take::stop : Take::yes;
  };
  const Passed passed = index.each_near(1, from, [](std::uint32_t at) { return CopyOf{at, at, 0}; }, take);
  CHECK_FALSE(passed.some);
  CHECK_FALSE(passed.refused);
  REQUIRE(found.size() == 60);
  CHECK(found.front() == 150);
  CHECK(found[49] == 199);
  CHECK(found[50] == 149);
  CHECK(found.back() == 140);
}

TEST_CASE("of ten times as many copies or overlays an index looks at hardly more") {
  const auto looked = [](std::size_t count, std::size_t variants, std::uint16_t variant) {
    Copies copies(count, 4, variants);
    copies.near(static_cast<std::uint32_t>(count), variant);
    return copies.looked();
  };
  CHECK(looked(40'000, 0, 0) < 2 * looked(4'000, 0, 0));
  CHECK(looked(40'000, 10'000, 0) < 2 * looked(4'000, 1'000, 0));
  CHECK(looked(40'000, 10'000, 5) < 2 * looked(4'000, 1'000, 5) + 10);
}

TEST_CASE("a run of one hash among thousands is found without a walk over it") {
  HashIndex<std::uint32_t> index;
  constexpr std::uint32_t run = 3'000'000;
  for (std::uint32_t i = 0; i < run; ++i) index.add(7, i);
  for (std::uint32_t i = 0; i < 1000; ++i) index.add(1000 + i, i);
  index.seal();
  CHECK(index.find(8).empty());
  const auto time_of = [&](std::uint64_t hash) {
    double least = 1e9;
    for (int times = 0; times < 3; ++times) {
      std::size_t found = 0;
      const std::clock_t begin = std::clock();
      for (std::uint64_t i = 0; i < 1000; ++i) found += index.find(hash).size();
      least = std::min(least, 1e3 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
      REQUIRE(found == 1000 * (hash == 7 ? run : 1));
    }
    return least;
  };
  CHECK(time_of(7) < 50 * time_of(1500) + 50);  // milliseconds; a walk takes seconds
}

TEST_CASE("of very many copies that are not selected enough are looked at, and whether one further away is meant is left open") {
  std::map<std::string, std::string> files;
  const auto deployment = [](const std::string& name, const std::string& labels) {
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name +
           ", namespace: shop}\nspec: {template: {metadata: {labels: " + labels + "}, spec: {containers: [{name: c}]}}}\n";
  };
  const auto service_of = [](const std::string& name, const std::string& labels) {
    return "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + ", namespace: shop}\nspec: {selector: " + labels +
           ", ports: [{port: 80}]}\n";
  };
  for (std::size_t i = 0; i < 300; ++i) {
    files[format("c{:03}/all.yaml", i)] = deployment("cart", i == 0 ? "{app: cart, tier: x}" : "{app: cart, tier: y}") + "---\n" +
                                          deployment("pay", "{app: pay, tier: x}") + "---\n" + deployment("late", "{app: pay, tier: x}") +
                                          "---\n" + deployment("new", "{app: cart, tier: z}") + "---\n" +
                                          deployment("log", "{app: log, tier: z}");
  }
  files["c299/service.yaml"] = service_of("far", "{app: cart, tier: x}") + "---\n" + service_of("near", "{tier: z, app: cart}") + "---\n" +
                               service_of("none", "{app: z}");
  const Manifests world(files);
  const auto pods_of = [&](std::string_view name) {
    const auto& pods = world.graph().pods_of(Service(world.at(Kind::service, name)));
    return format("{}{}", pods.workloads.size(), pods.unknown ? "?" : "");
  };
  CHECK(pods_of("far") == "0?");
  CHECK(pods_of("near") == "8");
  CHECK(pods_of("none") == "0");
}

TEST_CASE("each of many rival overlays selects its own pods only, and what all share is seen by all") {
  std::map<std::string, std::string> files;
  constexpr std::size_t overlays = 100;
  for (std::size_t i = 0; i < overlays; ++i) {
    files[format("o{:03}/kustomization.yaml", i)] = "resources: [a.yaml]\n";
    files[format("o{:03}/a.yaml", i)] =
        "apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {selector: {app: cart}, ports: [{port: 80}]}\n---\n"
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: cart, namespace: shop}\nspec: {template: {metadata: {labels: {app: "
        "cart}}, spec: {serviceAccountName: cart, containers: [{name: c}]}}}\n";
  }
  files["shared/a.yaml"] = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: cart, namespace: shop}\n";
  const Manifests world(files);
  const Graph& graph = world.graph();
  const auto file_of = [](const Resource& resource) { return resource.root.document()->file(); };
  for (const Service& service : graph.all<Service>()) {
    const auto& pods = graph.pods_of(service).workloads;
    REQUIRE(pods.size() == 1);
    CHECK(file_of(*pods.front()) == file_of(*service));
    const Lookup found = graph.find(*pods.front(), Kind::service, "shop", "cart");
    CHECK(found.target == service.resource);
    CHECK(found.copies.empty());
    CHECK(graph.find(*service, Kind::service_account, "shop", "cart").found());
  }
  CHECK(graph.find(world.at(Kind::service_account, "cart"), Kind::service, "shop", "cart").copies.size() == most_copies);
}

TEST_CASE("what the mesh says is what the first configuration says that one sees, and that says anything") {
  const auto install = [](const std::string& name, const std::string& mesh) {
    return "apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: " + name +
           ", namespace: istio-system}\nspec: {meshConfig: " + mesh + "}\n";
  };
  const Manifests world({{"a.yaml", install("a", "{accessLogFile: x, enableAutoMtls: null, defaultServiceExportTo: []}")},
                         {"b.yaml", install("b", "{enableAutoMtls: false, defaultConfig: {image: {imageType: debug}}}")},
                         {"c.yaml", install("c", "{enableAutoMtls: true, defaultConfig: {image: {imageType: default}}}")},
                         {"s.yaml", service("shop", "cart")}});
  const Resource& cart = world.at(Kind::service, "cart");
  CHECK(world.graph().mesh_setting(cart, "enableAutoMtls").str() == "false");
  CHECK_FALSE(world.graph().mesh_setting(cart, "defaultServiceExportTo"));
  CHECK_FALSE(world.graph().mesh_setting(cart, "trustDomain"));
  const auto images = world.graph().mesh_settings(cart, "defaultConfig.image");
  REQUIRE(images.size() == 2);
  CHECK(images[1]["imageType"].str() == "default");
}

TEST_CASE("of ServiceEntries for one host that is found which the asker is told of") {
  const auto entry = [](const std::string& ns, const std::string& to) {
    return "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: api, namespace: " + ns +
           "}\nspec: {hosts: [api.example.com], exportTo: [" + to + "], ports: [{number: 443, name: tls, protocol: TLS}]}\n";
  };
  const Manifests world({{"a.yaml", entry("a", "'.'")},
                         {"b.yaml", entry("b", "'.'")},
                         {"c.yaml", entry("c", "'*'")},
                         {"d.yaml", entry("d", "e, '.'")},
                         {"s/a.yaml", service("a", "in-a")},
                         {"s/b.yaml", service("b", "in-b")},
                         {"s/d.yaml", service("d", "in-d")},
                         {"s/z.yaml", service("z", "in-z")}});
  const auto found_from = [&](std::string_view name) {
    const Lookup found = world.graph().find_host(world.at(Kind::service, name), "API.example.com");
    REQUIRE(found.found());
    return std::string(found.target->ns);
  };
  CHECK(found_from("in-a") == "a");
  CHECK(found_from("in-b") == "b");
  CHECK(found_from("in-d") == "c");  // the first of two
  CHECK(found_from("in-z") == "c");
  const Manifests hidden({{"a.yaml", entry("a", "'.'")}, {"b.yaml", entry("b", "'.'")}, {"s.yaml", service("z", "in-z")}});
  CHECK(hidden.graph().find_host(hidden.at(Kind::service, "in-z"), "api.example.com").target->ns == "a");
}

TEST_CASE("a label that is a placeholder leaves open whether it matches, and those beside it are as written") {
  const auto deployment = [](const std::string& ns, const std::string& name, const std::string& labels) {
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name + ", namespace: " + ns +
           "}\nspec: {template: {metadata: {labels: " + labels + "}, spec: {containers: [{name: c}]}}}\n";
  };
  const Manifests world({{"a.yaml", deployment("shop", "a", "{app: cart, version: '${VERSION}'}")},
                         {"b.yaml", deployment("shop", "b", "{app: '${APP}', tier: back}")},
                         {"c.yaml", deployment("'${NAMESPACE}'", "c", "{app: pay, tier: far}")},
                         {"d.yaml", deployment("shop", "d", "{'${KEY}': x, tier: open}")},
                         {"s.yaml", service("shop", "s")}});
  const Resource& from = world.at(Kind::service, "s");
  const auto select = [&](const std::string& labels) {
    const Manifests asked({{"q.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: q}\nspec: {selector: " + labels + "}\n"}});
    const auto pods = world.graph().select(from, Service(asked.at(Kind::service, "q")).selector(), false);
    return format("{}{}", pods.workloads.size(), pods.unknown ? "?" : "");
  };
  CHECK(select("{version: v1, app: cart}") == "0?");
  CHECK(select("{app: cart, tier: back}") == "0?");
  CHECK(select("{app: cart, tier: front}") == "0");
  CHECK(select("{app: cart, version: v1, tier: back}") == "0");
  CHECK(select("{tier: back}") == "1");
  CHECK(select("{tier: far}") == "0?");
  CHECK(select("{tier: open}") == "1");
}

TEST_CASE("of very many pods a selector finds those that match one by one, and what selects the same is one answer") {
  std::string text = service("shop", "s") + "---\n" + service("back", "s");
  for (std::size_t i = 0; i < 300; ++i) {
    const std::string ns = i % 5 == 0 ? ", namespace: back" : i % 7 == 0 ? "" : ", namespace: shop";
    const std::string version = i % 50 == 1 ? "'${VERSION}'" : format("v{}", i % 3);
    text += format(
        "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: d{}{}}}\nspec: {{template: {{metadata: {{labels: {{app: cart, tier: "
        "t{}, version: {}, team: {}}}}}, spec: {{containers: [{{name: c}}]}}}}}}\n",
        i, ns, i % 4, version, i % 2 == 0 ? "a" : "b");
  }
  for (const char* labels : {"{app: cart}", "{app: cart, team: a}", "{tier: t1}"}) {
    text += format(
        "---\napiVersion: networking.istio.io/v1\nkind: WorkloadEntry\nmetadata: {{name: m{}, namespace: shop}}\nspec: {{address: "
        "10.0.0.1, labels: {}}}\n",
        std::string_view(labels).size(), labels);
  }
  const Manifests world({{"a.yaml", text}});
  const Graph& graph = world.graph();
  const char* selectors[] = {"{app: cart}",           "{team: a}",  "{app: cart, team: a}", "{tier: t1, version: v1}", "{version: v1}",
                             "{app: cart, tier: t9}", "{app: pay}", "{tier: t1}",           "{version: v0, team: b}"};
  std::string asked_text;
  for (const char* labels : selectors) {
    asked_text += format("---\napiVersion: v1\nkind: Service\nmetadata: {{name: q}}\nspec: {{selector: {}}}\n", labels);
  }
  const Manifests asked({{"q.yaml", asked_text}});
  for (const Service& selecting : asked.graph().all<Service>()) {
    for (const Service& from : graph.all<Service>()) {
      for (const bool any : {false, true}) {
        INFO(text_of(selecting.selector()["app"]).value_or("?") << " from " << from->ns << " " << any);
        const Graph::Selection& pods = graph.select(*from, selecting.selector(), any);
        std::vector<std::uint32_t> found, expected;
        bool unknown = false;
        for (const Workload& workload : pods.workloads) found.push_back(workload->id);
        for (const Workload& workload : graph.workloads()) {
          const Truth near = any ? truth(graph.sees(*from, *workload)) : graph.same_namespace(*from, *workload);
          const Truth match = near && matches(selecting.selector(), workload.labels());
          if (match == Truth::yes) expected.push_back(workload->id);
          unknown = unknown || match == Truth::unknown;
        }
        CHECK(found == expected);
        CHECK(pods.unknown == unknown);
      }
    }
  }
  const Service from(world.at(Kind::service, "s"));
  const auto selector = [&](std::size_t at) { return Service(*asked.graph().of(Kind::service)[at]).selector(); };
  const Graph::Selection& all = graph.select(*from, selector(0), true);
  const Graph::Selection& some = graph.select(*from, selector(1), true);
  CHECK(&some == &graph.select(*from, selector(2), true));
  CHECK(&some != &all);
  SelectedMachines machines(graph);
  CHECK(machines.of(*from, selector(0), false).size() == 2);
  CHECK(machines.of(*from, selector(1), false).size() == 1);
  CHECK(&machines.of(*from, selector(1), false) == &machines.of(*from, selector(1), false));
  CHECK(&machines.of(*from, selector(1), false) != &machines.of(*from, selector(2), false));
}

TEST_CASE("of many copies a reference finds those of the folders near by") {
  std::map<std::string, std::string> files{{"m/m/asker.yaml", asker("shop")}};
  for (const char* folder : {"a", "m/a", "m/m", "m/z", "z"}) {
    for (std::size_t i = 0; i < most_copies; ++i) files[format("{}/s{}.yaml", folder, i)] = service("shop", "cart");
  }
  const Manifests world(files);
  const Lookup found = ask(world, "shop", "cart");
  REQUIRE(found.copies.size() == most_copies);
  CHECK(*found.copies.begin() == found.target);
  for (const Resource* copy : found.copies) CHECK(path_of(world.graph().sources(), *copy).starts_with("w/m/m/"));
}

TEST_CASE("few copies are all alternatives") {
  std::map<std::string, std::string> files;
  for (std::size_t i = 0; i < most_copies; ++i) {
    files[format("c{}.yaml", i)] =
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a, namespace: b}\nspec: {template: {metadata: {labels: {app: a}}, spec: "
        "{containers: [{name: c}]}}}\n";
  }
  files["s.yaml"] = "apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: b}\nspec: {selector: {app: a}, ports: [{port: 80}]}\n";
  const Manifests copies(files);
  CHECK(copies.graph().pods_of(Service(copies.at(Kind::service, "a"))).workloads.size() == most_copies);
}

TEST_CASE("a selector finds machines by the labels of their entry or group, in its own namespace unless it looks everywhere") {
  const auto machine = [](const std::string& kind, const std::string& ns, const std::string& name, const std::string& spec) {
    return "apiVersion: networking.istio.io/v1\nkind: " + kind + "\nmetadata: {name: " + name + ", namespace: " + ns + "}\nspec: " + spec +
           "\n";
  };
  const auto ask = [](const std::string& labels) {
    return "apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: asker, namespace: shop}\n"
           "spec: {workloadSelector: {labels: " +
           labels + "}}\n";
  };
  const auto selects = [&](const std::string& labels, bool any_namespace) {
    const Manifests manifests(
        {{"entry.yaml", machine("WorkloadEntry", "shop", "till-1", "{address: 192.0.2.1, labels: {app: till}}")},
         {"group.yaml", machine("WorkloadGroup", "shop", "mills", "{metadata: {labels: {app: mill}}}")},
         {"far.yaml", machine("WorkloadEntry", "mail", "post-1", "{address: 192.0.2.2, labels: {app: post}}")},
         {"open.yaml", machine("WorkloadEntry", "shop", "any-1", "{address: 192.0.2.3, labels: {side: \"${SIDE}\"}}")},
         {"asker.yaml", ask(labels)}});
    const Resource& asker = manifests.at(Kind::sidecar, "asker");
    const yaml::Node wanted = asker.spec()["workloadSelector"]["labels"];
    const Truth any = selects_machine(manifests.graph(), asker, wanted, any_namespace);
    // Only what is selected for certain is listed.
    CHECK(machines_of(manifests.graph(), asker, wanted, any_namespace).size() == (any == Truth::yes ? 1 : 0));
    return any;
  };
  CHECK(selects("{app: till}", false) == Truth::yes);
  CHECK(selects("{app: mill}", false) == Truth::yes);
  CHECK(selects("{app: none}", false) == Truth::no);
  CHECK(selects("{app: post}", false) == Truth::no);
  CHECK(selects("{app: post}", true) == Truth::yes);
  CHECK(selects("{side: left}", false) == Truth::unknown);
}

TEST_CASE("a host is hidden from a reference if no namespace that sees the one sees the other") {
  const auto hidden = [](const std::string& from, const std::string& host) {
    const auto exported = [](const std::string& to) { return to.empty() ? std::string() : "exportTo: [" + to + "], "; };
    const Manifests manifests(
        {{"rule.yaml", "apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: rule, namespace: shop}\nspec: {" +
                           exported(from) + "host: far.example.com}\n"},
         {"entry.yaml", "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: far, namespace: mail}\nspec: {" +
                            exported(host) + "hosts: [far.example.com]}\n"}});
    const auto edges = manifests.graph().edges(Relation::destinationrule_host);
    REQUIRE(edges.size() == 1);
    return std::string(hidden_from(manifests.graph(), edges[0]).value_or(""));
  };
  CHECK(hidden("", "").empty());
  CHECK(hidden("", "shop").empty());
  CHECK(hidden("", "\".\"") == "shop");
  CHECK(hidden("\".\", mail", "\".\"").empty());
  CHECK(hidden("desk", "shop") == "desk");
  CHECK(hidden("\"~\"", "mail") == "shop");
  CHECK(hidden("\"${WHERE}\"", "mail").empty());
  CHECK(hidden("desk", "\"${WHERE}\"").empty());
}

TEST_CASE("a short host of a ServiceEntry is completed with its namespace, as those that refer to it are") {
  const Manifests manifests({{"entry.yaml",
                              "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: tape, namespace: mail}\n"
                              "spec: {hosts: [tape, tape.example.com]}\n"},
                             {"mail.yaml", asker("mail")},
                             {"shop.yaml", asker("shop")}},
                            complete());
  const Resource& near = manifests.at(Kind::config_map, "asker", "mail.yaml");
  const Resource& far = manifests.at(Kind::config_map, "asker", "shop.yaml");
  CHECK(manifests.graph().find_host(near, "tape").found());
  CHECK(manifests.graph().find_host(far, "tape").missing());
  CHECK(manifests.graph().find_host(far, "tape.mail.svc.cluster.local").found());
  CHECK(manifests.graph().find_host(near, "tape.shop.svc.cluster.local").missing());
  CHECK(manifests.graph().find_host(far, "tape.example.com").found());
}

}  // namespace
}  // namespace hop
