// What the model says about hosts, labels, ports, values and kinds.

#include <string>

#include "model/api_version.h"
#include "model/aws/annotations.h"
#include "model/aws/values.h"
#include "model/host.h"
#include "model/host_patterns.h"
#include "model/ip_block.h"
#include "model/k8s/names.h"
#include "model/k8s/views.h"
#include "model/kind.h"
#include "model/port.h"
#include "model/selector.h"
#include "model/template_objects.h"
#include "model/value.h"
#include "support/catch.h"
#include "yaml/document.h"
#include "yaml/parse.h"

namespace hop {
namespace {

/// A document that keeps its text.
class Parsed {
 public:
  explicit Parsed(std::string text)
      : text_(std::make_shared<const std::string>(std::move(text))), document_(yaml::parse(*text_, text_), FileId{0}, 0) {}
  yaml::Node root() const { return document_.root(); }
  yaml::Node operator[](std::string_view key) const { return root()[key]; }

 private:
  std::shared_ptr<const std::string> text_;
  yaml::Document document_;
};

TEST_CASE("a template says what it makes, as far as it says it without being filled in") {
  const auto objects = objects_of_template(
      "{{- if .Values.on }}\n"
      "apiVersion: v1\n"
      "kind: Service # one\n"
      "metadata:\n"
      "  labels:\n"
      "    {{- include \"labels\" . | nindent 4 }}\n"
      "  name: \"queue\"\n"
      "  ownerReferences: [{name: x}]\n"
      "spec:\n"
      "  ports: [{name: http}]\n"
      "{{- end }}\n"
      "apiVersion: {{ .Capabilities.apps }}\r\n"
      "kind: Deployment\r\n"
      "metadata:\r\n"
      "  name: {{ .Release.Name }}-queue\r\n"
      "apiVersion: example.com/v1\n"
      "kind: Unheard\n"
      "metadata:\n"
      "  name: x\n"
      "kind: {{ .Values.kind }}\n");
  CHECK(objects == std::vector<TemplateObject>{{Kind::service, "queue"}, {Kind::deployment, ""}});
  CHECK(objects_of_template("").empty());
}

TEST_CASE("every kind is found by each of its groups, and by its name alone where that is enough") {
  for (const KindInfo& kind : all_kinds()) {
    if (kind.kind == Kind::other) continue;
    for (std::size_t i = 0; i < kind.group_count; ++i) {
      const std::string group(kind.groups[i]);
      CHECK(find_kind(group.empty() ? "v1" : group + "/v1beta1", kind.name) == kind.kind);
      if (!group.empty()) CHECK(find_kind_by_name(std::string(kind.name) + "." + group) == kind.kind);
    }
  }
  CHECK(find_kind_by_name("Gateway") == Kind::gateway);
  CHECK(find_kind("gateway.networking.k8s.io/v1", "Gateway") == Kind::k8s_gateway);
  CHECK(find_kind("example.com/v1", "Gateway") == Kind::other);
  CHECK(find_kind("v1", "Ingress") == Kind::other);
}

TEST_CASE("hosts overlap as Istio compares them") {
  CHECK(hosts_overlap("a.example.com", "A.example.com."));
  CHECK(hosts_overlap("*", "anything"));
  CHECK(hosts_overlap("*.example.com", "a.b.example.com"));
  CHECK(hosts_overlap("a.example.com", "*.example.com"));
  CHECK(hosts_overlap("*.example.com", "*.a.example.com"));
  CHECK_FALSE(hosts_overlap("*.example.com", "example.com"));
  CHECK_FALSE(hosts_overlap("*.example.com", "a.example.org"));
  CHECK_FALSE(hosts_overlap("*.example.com", "notexample.com"));
  CHECK(host_covers("*.example.com", "*.a.example.com"));
  CHECK_FALSE(host_covers("*.a.example.com", "*.example.com"));
  CHECK_FALSE(host_covers("a.example.com", "*.example.com"));
}

TEST_CASE("many host patterns answer as they do one by one") {
  const std::string_view hosts[] = {"*",         "*.",          "",           "x",          "*.x",     "*x",       "*.com",    "*.Ex.com",
                                    "ex.com",    "a.ex.com.",   "*.a.ex.com", "b.a.EX.com", "*ex.com", "*-ex.com", "u-ex.com", "*a.ex.com",
                                    "ba.ex.com", "*.b.ex.com.", "ex.com.au",  "*.com.au",   "a.b.x",   "*.b.x",    "*..x",     "a..x"};
  constexpr std::size_t count = std::size(hosts);
  const auto some = [&](std::size_t which, std::string_view asked, auto fits) {
    bool any = false;
    for (std::size_t i = 0; i < count; ++i) any = any || (((which >> i) & 1U) != 0 && fits(hosts[i], asked));
    return any;
  };
  // Every pair of them, and a spread of larger sets.
  std::vector<std::size_t> sets{0, (std::size_t{1} << count) - 1};
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) sets.push_back((std::size_t{1} << i) | (std::size_t{1} << j));
  }
  for (std::size_t i = 1; i < 500; ++i) sets.push_back(i * 2654435761U % (std::size_t{1} << count));
  for (const std::size_t which : sets) {
    HostPatterns patterns;
    for (std::size_t i = 0; i < count; ++i) {
      if (((which >> i) & 1U) != 0) patterns.add(hosts[i]);
    }
    patterns.seal();
    for (const std::string_view asked : hosts) {
      if (patterns.overlap(asked) != some(which, asked, hosts_overlap) || patterns.cover(asked) != some(which, asked, host_covers)) {
        FAIL("set " << which << ", asked for " << asked);
      }
    }
  }
}

TEST_CASE("overlap is symmetric, and what covers overlaps") {
  const std::string_view hosts[] = {"*", "*.com", "*.example.com", "example.com", "a.example.com", "*.a.example.com", "b.a.example.com",
                                    "x"};
  for (std::string_view a : hosts) {
    for (std::string_view b : hosts) {
      CHECK(hosts_overlap(a, b) == hosts_overlap(b, a));
      if (host_covers(a, b)) CHECK(hosts_overlap(a, b));
    }
  }
}

TEST_CASE("a host of the mesh is a short name or a whole one, never half of it") {
  const auto whole = service_host("reviews.prod.svc.cluster.local");
  REQUIRE(whole);
  CHECK(whole->name == "reviews");
  CHECK(whole->ns == "prod");
  REQUIRE(service_host("reviews"));
  CHECK(service_host("reviews")->ns.empty());
  CHECK_FALSE(service_host("reviews.prod"));
  CHECK_FALSE(service_host("pod-0.reviews.prod.svc.cluster.local"));
  CHECK_FALSE(service_host("*.prod.svc.cluster.local"));
  CHECK_FALSE(service_host("example.com"));
  CHECK(service_host("reviews.prod.svc.mesh.internal", "mesh.internal"));
  REQUIRE(half_qualified_host("reviews.prod.svc"));
  CHECK(half_qualified_host("reviews.prod")->ns == "prod");
  CHECK_FALSE(half_qualified_host("a.example.com"));
}

TEST_CASE("a Gateway host is split at its namespace") {
  CHECK(gateway_host("shop/*.example.com").ns == "shop");
  CHECK(gateway_host("./a.example.com").host == "a.example.com");
  CHECK(gateway_host("*").ns.empty());
}

TEST_CASE("a placeholder equals nothing and everything") {
  const Parsed yaml("{a: x, b: '${B}', c: , d: 80, e: '80', f: yes, g: [1]}");
  CHECK(text_of(yaml["a"]).equals("x") == Truth::yes);
  CHECK(text_of(yaml["a"]).equals("y") == Truth::no);
  CHECK(text_of(yaml["b"]).equals("x") == Truth::unknown);
  CHECK(text_of(yaml["c"]).is_absent());
  CHECK(text_of(yaml["none"]).is_absent());
  CHECK(text_of(yaml["g"]).is_unknown());
  CHECK(*integer_of(yaml["d"]) == 80);
  CHECK(integer_of(yaml["e"]).is_unknown());
  CHECK(*integer_of(yaml["e"], true) == 80);
  CHECK(*boolean_of(yaml["f"]));
}

TEST_CASE("three-valued logic knows when one side is enough") {
  CHECK((Truth::no && Truth::unknown) == Truth::no);
  CHECK((Truth::yes && Truth::unknown) == Truth::unknown);
  CHECK((Truth::yes || Truth::unknown) == Truth::yes);
  CHECK((Truth::no || Truth::unknown) == Truth::unknown);
  CHECK((!Truth::unknown) == Truth::unknown);
}

TEST_CASE("selectors compare every pair, and labels of the runtime prove nothing") {
  const Parsed labels("{app: cart, version: '${V}'}");
  const auto says = [&](const std::string& selector) { return matches(Parsed(selector).root(), Labels{labels.root()}); };
  CHECK(says("{app: cart}") == Truth::yes);
  CHECK(says("{app: cart, tier: web}") == Truth::no);
  CHECK(says("{app: other}") == Truth::no);
  CHECK(says("{version: v1}") == Truth::unknown);
  CHECK(says("{app: cart, pod-template-hash: abc}") == Truth::unknown);
  CHECK(says("{app: other, pod-template-hash: abc}") == Truth::no);
  CHECK(says("{}") == Truth::yes);
}

TEST_CASE("match expressions") {
  const Parsed labels("{app: cart}");
  const auto says = [&](const std::string& selector) { return matches_selector(Parsed(selector).root(), Labels{labels.root()}); };
  CHECK(says("matchExpressions: [{key: app, operator: In, values: [a, cart]}]") == Truth::yes);
  CHECK(says("matchExpressions: [{key: app, operator: NotIn, values: [cart]}]") == Truth::no);
  CHECK(says("matchExpressions: [{key: tier, operator: Exists}]") == Truth::no);
  CHECK(says("matchExpressions: [{key: tier, operator: DoesNotExist}]") == Truth::yes);
  CHECK(says("matchExpressions: [{key: app, operator: '${OP}'}]") == Truth::unknown);
}

TEST_CASE("a port name's protocol is what stands before its first dash") {
  CHECK(protocol_of_port_name("http-web") == Protocol::http);
  CHECK(protocol_of_port_name("HTTPS") == Protocol::https);
  CHECK(protocol_of_port_name("grpc-web-api") == Protocol::grpc);
  CHECK(protocol_of_port_name("kubernetes.io/h2c") == Protocol::http2);
  CHECK(protocol_of_port_name("web-http") == Protocol::unknown);
  CHECK(speaks_tls(Protocol::tls));
  CHECK_FALSE(speaks_tls(Protocol::http2));
}

TEST_CASE("a Service's port is found by number and by name, and an open one says so") {
  const Parsed yaml("{spec: {ports: [{name: http, port: 80}, {name: '${NAME}', port: 81}]}}");
  Resource resource;
  resource.kind = Kind::service;
  resource.read(yaml.root());
  const Service service(resource);
  const Parsed wanted("{number: 80, name: http, other: grpc, missing: 90}");
  CHECK(service.find_port(wanted["number"]).port);
  CHECK(service.find_port(wanted["name"]).port);
  CHECK_FALSE(service.find_port(wanted["other"]).port);
  CHECK(service.find_port(wanted["other"]).unknown);
  CHECK_FALSE(service.find_port(wanted["missing"]).unknown);
}

TEST_CASE("annotations of the controller are found by suffix, families by their prefix") {
  REQUIRE(alb::find("target-type") != nullptr);
  CHECK(alb::find("target-type")->fallback == "instance");
  CHECK(alb::find("actions.redirect") != nullptr);
  CHECK(alb::find("actions.") == nullptr);
  CHECK(alb::find("targetType") == nullptr);
}

TEST_CASE("annotation values are read as Go reads them") {
  CHECK(aws::parse_bool("T") == true);
  CHECK(aws::parse_bool("0") == false);
  CHECK_FALSE(aws::parse_bool("yes"));
  CHECK_FALSE(aws::parse_bool("true "));
  CHECK(aws::parse_int("+15") == 15);
  CHECK(aws::parse_int("-3") == -3);
  CHECK_FALSE(aws::parse_int("80/tcp"));
  CHECK_FALSE(aws::parse_int("1_000"));
  CHECK_FALSE(aws::parse_int("+-1"));
  CHECK_FALSE(aws::parse_int("2147483648", 32));
  CHECK(aws::parse_int("2147483647", 32) == 2147483647);
}

TEST_CASE("lists and maps in annotations know where their pieces stand") {
  const auto list = aws::string_list(" a, ,bc ,");
  REQUIRE(list.size() == 2);
  CHECK(list[1].text == "bc");
  CHECK(list[1].begin == 5);
  CHECK(list[1].end == 7);
  CHECK(aws::string_list("").empty());
  const auto map = aws::string_map("a=1, b = x=y ,c=1\\,2,a=3,empty=");
  CHECK_FALSE(map.malformed);
  REQUIRE(map.pairs.size() == 5);
  CHECK(map.find("a")->value == "3");
  CHECK(map.find("b")->value == "x=y");
  CHECK(map.find("c")->value == "1,2");
  CHECK(map.find("empty")->value.empty());
  CHECK(map.find("d") == nullptr);
  CHECK(aws::string_map("a=1,b").malformed->text == "b");
  CHECK(aws::string_map("=1").malformed);
}

TEST_CASE("JSON in annotations is what Go takes for JSON, keys in any case") {
  CHECK_FALSE(aws::json_error("[{\"HTTP\": 80}, {\"HTTPS\": 443}]"));
  CHECK(aws::json_error("[{\"HTTP\": 80},]"));
  CHECK(aws::json_error("{'a': 1}") == std::size_t{1});
  CHECK(aws::json_error("{\"a\": 1} x"));
  CHECK(aws::json_error("{a: 1}"));
  CHECK(aws::json_error(""));
  CHECK(aws::json_error("01"));
  const Parsed yaml("{ports: '[{\"Port\": 443, \"port\": \"80\"}]', broken: '[1'}");
  const auto json = aws::json_in(yaml["ports"]);
  REQUIRE(json != nullptr);
  CHECK(aws::json_integer(aws::json_member(json->root()[0], "PORT")) == std::nullopt);
  CHECK(aws::json_integer(json->root()[0]["Port"]) == 443);
  CHECK(aws::is_json_string(json->root()[0]["port"]));
  CHECK(aws::json_in(yaml["broken"]) == nullptr);
}

TEST_CASE("addresses of the internet are told from others") {
  for (const char* block : {"203.0.113.0/24", "8.8.8.8", "172.32.0.1", "100.128.0.0/10"}) CHECK(is_public_ipv4(block));
  for (const char* block : {"10.0.0.0/8", "172.16.0.0/12", "192.168.1.1", "100.64.0.0/10", "127.0.0.1", "0.0.0.0/0", "::1", "2001:db8::/32",
                            "1.2.3", "", "a.b.c.d"}) {
    CHECK_FALSE(is_public_ipv4(block));
  }
}

}  // namespace
TEST_CASE("what no server ever knew is told from what is served, was, or may be somebody's own") {
  using What = Unserved::What;
  struct Trial {
    const char* api_version;
    const char* kind;
    What what;
    const char* meant;
  };
  const Trial wrong[] = {{"networking.istio.io/v1beta2", "VirtualService", What::version, "networking.istio.io/v1"},
                         {"security.istio.io/v1beta1", "Sidecar", What::other_group, "networking.istio.io/v1beta1"},
                         {"networking.istio.io/v1", "sidecar", What::kind, "Sidecar"},
                         {"networking.istio/v1beta1", "Sidecar", What::group, "networking.istio.io/v1beta1"},
                         {"networking.istio.io/1", "Sidecar", What::version, "networking.istio.io/v1"},
                         {"v1", "Gateway", What::other_group, ""},
                         {"Apps/v1", "Deployment", What::group, "apps/v1"}};
  for (const Trial& trial : wrong) {
    CAPTURE(trial.api_version, trial.kind);
    const auto found = find_unserved(trial.api_version, trial.kind);
    REQUIRE(found);
    CHECK(found->what == trial.what);
    CHECK(found->meant == trial.meant);
    CHECK_FALSE(found->newer);
  }
  CHECK(find_unserved("networking.istio.io/v1", "EnvoyFilter")->newer);
  for (const auto& [api_version, kind] : {std::pair{"v1", "Service"},
                                          {"apps/v2", "Deployment"},
                                          {"apps/v1beta1", "Deployment"},
                                          {"extensions/v1beta1", "Ingress"},
                                          {"networking.k8s.io/v1", "IPAddress"},
                                          {"gateway.networking.k8s.io/v1alpha2", "UDPRoute"},
                                          {"serving.knative.dev/v1", "Service"},
                                          {"", "Service"},
                                          {"cert-manager.io/v2", "Certificate"}}) {
    CAPTURE(api_version, kind);
    CHECK_FALSE(find_unserved(api_version, kind));
  }
}

TEST_CASE("names have the forms that the API server takes") {
  const std::string long_label(63, 'a');
  for (const std::string& text : {std::string("a"), std::string("1a"), std::string("a-b"), long_label}) CHECK(k8s::is_label(text));
  for (const std::string& text :
       {std::string(), std::string("-a"), std::string("a-"), std::string("A"), std::string("a_b"), std::string("a.b"), long_label + "a"}) {
    CHECK_FALSE(k8s::is_label(text));
  }
  for (const char* text : {"a", "a.b-c.1"}) CHECK(k8s::is_subdomain(text));
  for (const char* text : {"", ".", "a.", ".a", "a..b", "a.-b", "*.a", "a b"}) CHECK_FALSE(k8s::is_subdomain(text));
  for (const char* text : {"http", "h2-web", "123456789012ab"}) CHECK(k8s::is_port_name(text));
  for (const char* text : {"", "8080", "http--web", "a-name-of-16-byte", "HTTP"}) CHECK_FALSE(k8s::is_port_name(text));
}

}  // namespace hop
