// What Istio takes as values: syntaxes, fields by path, exclusive fields.

#include <string>

#include "model/address.h"
#include "model/field_path.h"
#include "model/gatewayapi/listeners.h"
#include "model/istio/field_sets.h"
#include "model/istio/inbound_ports.h"
#include "model/istio/value_syntax.h"
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

 private:
  std::shared_ptr<const std::string> text_;
  yaml::Document document_;
};

bool takes(istio::Syntax syntax, const std::string& value) {
  const Parsed parsed("value: " + value + "\n");
  return !istio::fault(syntax, parsed.root()["value"]);
}

TEST_CASE("addresses and ranges are read as Go reads them") {
  CHECK(is_ip_address("10.0.0.7"));
  CHECK(is_ip_address("2001:db8::7"));
  CHECK(is_ip_address("fe80::1%eth0"));
  CHECK(is_ip_address("::"));
  CHECK(is_ip_address("::ffff:192.0.2.7"));
  CHECK(is_ip_address("1:2:3:4:5:6:7:8"));
  CHECK_FALSE(is_ip_address("1:2:3:4:5:6:7"));
  CHECK_FALSE(is_ip_address("1::2::3"));
  CHECK_FALSE(is_ip_address("1:2:3:4:5:6:7::8"));
  CHECK_FALSE(is_ip_address("12345::"));
  CHECK_FALSE(is_ip_address("10.0.0.07"));
  CHECK_FALSE(is_ip_address("10.0.0"));
  CHECK_FALSE(is_ip_address(""));
  CHECK(is_cidr("10.0.0.0/8"));
  CHECK(is_cidr("::/0"));
  CHECK_FALSE(is_cidr("10.0.0.0/33"));
  CHECK_FALSE(is_cidr("10.0.0.0/08"));
  CHECK_FALSE(is_cidr("10.0.0.0"));
}

TEST_CASE("durations are read as Go reads them, and held to milliseconds") {
  CHECK(istio::parse_duration("1h30m") == 5'400'000'000'000);
  CHECK(istio::parse_duration("1.5s") == 1'500'000'000);
  CHECK(istio::parse_duration("-2ms") == -2'000'000);
  CHECK(istio::parse_duration("0") == 0);
  CHECK_FALSE(istio::parse_duration("5"));
  CHECK_FALSE(istio::parse_duration("5 s"));
  CHECK_FALSE(istio::parse_duration(""));
  CHECK(takes(istio::Syntax::duration, "1ms"));
  CHECK_FALSE(takes(istio::Syntax::duration, "0s"));
  CHECK(takes(istio::Syntax::duration_or_off, "0s"));
  CHECK_FALSE(takes(istio::Syntax::duration, "1500us"));
  CHECK_FALSE(takes(istio::Syntax::seconds, "1500ms"));
  CHECK(takes(istio::Syntax::duration, "\"${TIMEOUT}\""));
}

TEST_CASE("hosts have the forms that their fields take") {
  CHECK(takes(istio::Syntax::host, "a.example.com."));
  CHECK(takes(istio::Syntax::host, "\"*.example.com\""));
  CHECK(takes(istio::Syntax::host, "\"*-eu.example.com\""));
  CHECK(takes(istio::Syntax::host, "reviews"));
  CHECK_FALSE(takes(istio::Syntax::host, "a_b.example.com"));
  CHECK_FALSE(takes(istio::Syntax::host, "a.*.com"));
  CHECK_FALSE(takes(istio::Syntax::host, "10.0.0.7"));
  CHECK(takes(istio::Syntax::host_or_address, "10.0.0.7"));
  CHECK_FALSE(takes(istio::Syntax::narrow_host, "\"*\""));
  CHECK(takes(istio::Syntax::gateway_host, "shop/a.example.com"));
  CHECK(takes(istio::Syntax::gateway_host, "\"*/*\""));
  CHECK_FALSE(takes(istio::Syntax::gateway_host, "reviews"));
  CHECK_FALSE(takes(istio::Syntax::gateway_host, "my_ns/a.example.com"));
  CHECK(takes(istio::Syntax::sidecar_host, "\"~/*\""));
  CHECK_FALSE(takes(istio::Syntax::sidecar_host, "a.example.com"));
}

TEST_CASE("other values are held to their syntax") {
  CHECK(takes(istio::Syntax::port, "65535"));
  CHECK_FALSE(takes(istio::Syntax::port, "0"));
  CHECK(takes(istio::Syntax::port_or_socket, "0"));
  CHECK(takes(istio::Syntax::port, "\"8080\""));  // the wrong type is another rule's business
  CHECK_FALSE(takes(istio::Syntax::policy_port, "\"80-90\""));
  CHECK(takes(istio::Syntax::share, "0.0001"));
  CHECK_FALSE(takes(istio::Syntax::share, "0.00001"));
  CHECK_FALSE(takes(istio::Syntax::regex, "\"(?!a)\""));
  CHECK_FALSE(takes(istio::Syntax::regex, "\"" + std::string(1025, 'a') + "\""));
  CHECK(takes(istio::Syntax::header_value, "\"100%% of %REQ(x)%\""));
  CHECK_FALSE(takes(istio::Syntax::header_value, "\"%REQ(x)%%\""));
  CHECK(takes(istio::Syntax::match_header, "\"@request.auth.claims[realm][roles]\""));
  CHECK_FALSE(takes(istio::Syntax::match_header, "\"@request.auth.claims\""));
}

TEST_CASE("a path leads to every field that it means") {
  const Parsed parsed("spec: {http: [{match: [{headers: {a: {regex: x}, b: {exact: y}}}]}, {match: [{headers: {c: {regex: z}}}]}]}\n");
  const auto regexes = nodes_at(parsed.root(), "spec.http[].match[].headers.*.regex");
  REQUIRE(regexes.size() == 2);
  CHECK(regexes[1].str() == "z");
  const auto names = fields_at(parsed.root(), "spec.http[].match[].headers.@");
  REQUIRE(names.size() == 3);
  CHECK(names[1].scalar().str() == "b");
  CHECK(nodes_at(parsed.root(), "spec.tcp[].match[].port").empty());
  CHECK(nodes_at(parsed.root(), "").size() == 1);
}

TEST_CASE("many paths followed at once lead where each leads alone") {
  const Parsed parsed(
      "spec: {http: [{match: [{headers: {a: {regex: x}, b: {exact: y}}}], timeout: 1s}, {match: [{headers: {c: {regex: z}}}]}], hosts: [p, "
      "q]}\n");
  constexpr std::string_view paths[] = {"spec.http[].match[].headers.*.regex",
                                        "spec.http[].match[].headers.@",
                                        "spec.http[].timeout",
                                        "spec.hosts[]",
                                        "spec",
                                        "spec.tcp[].port",
                                        ""};
  FieldPaths all;
  for (std::size_t i = 0; i < std::size(paths); ++i) {
    const std::size_t dot = std::min(paths[i].find('.'), paths[i].size());
    // In one part or in two.
    dot < paths[i].size() ? all.add({paths[i].substr(0, dot), paths[i].substr(dot + 1)}, i) : all.add({paths[i]}, i);
  }
  std::vector<yaml::Node> found[std::size(paths)];
  all.visit(parsed.root(), [&](std::size_t row, const Field& field) { found[row].push_back(field.scalar()); });
  for (std::size_t i = 0; i < std::size(paths); ++i) {
    std::vector<yaml::Node> alone;
    for (const Field& field : fields_at(parsed.root(), paths[i])) alone.push_back(field.scalar());
    CHECK(found[i] == alone);
  }
  CHECK(found[1].size() == 3);
  CHECK(found[5].empty());
}

TEST_CASE("fields that exclude each other are told where both say something") {
  const Parsed parsed("spec: {http: [{redirect: {uri: /}, route: [], rewrite: {uri: /}}]}\n");
  Resource resource;
  resource.kind = Kind::virtual_service;
  resource.read(parsed.root());
  const auto found = istio::find_set_mistakes(resource).clashes;
  REQUIRE(found.size() == 1);
  CHECK(found[0].first_name == "redirect");
  CHECK(found[0].second_name == "rewrite");
}

TEST_CASE("ports bypass the sidecar where they are excluded, or not included") {
  const auto bypasses = [](const std::string& annotations, std::int64_t port) {
    const Parsed parsed("metadata: {annotations: {" + annotations + "}}\nspec: {}\n");
    Resource pod;
    pod.kind = Kind::pod;
    pod.read(parsed.root());
    return istio::bypasses_sidecar(Workload(pod), port);
  };
  const std::string prefix = "traffic.sidecar.istio.io/";
  CHECK(bypasses("", 8080) == Truth::no);
  CHECK(bypasses(prefix + "excludeInboundPorts: \"9090, 8080\"", 8080) == Truth::yes);
  CHECK(bypasses(prefix + "excludeInboundPorts: \"9090\"", 8080) == Truth::no);
  CHECK(bypasses(prefix + "includeInboundPorts: \"9090\"", 8080) == Truth::yes);
  CHECK(bypasses(prefix + "includeInboundPorts: \"*\"", 8080) == Truth::no);
  CHECK(bypasses(prefix + "excludeInboundPorts: \"${PORTS}\"", 8080) == Truth::unknown);
}

TEST_CASE("listeners are meant by name and port, and take kinds and hosts") {
  const Parsed parsed(
      "spec:\n  listeners:\n"
      "  - {name: web, port: 80, protocol: HTTP, hostname: '*.example.com'}\n"
      "  - {name: db, port: 5432, protocol: TCP}\n"
      "  - {name: only, port: 81, protocol: HTTP, allowedRoutes: {kinds: [{kind: GRPCRoute}]}}\n"
      "  - {name: own, port: 82, protocol: example.com/x}\n");
  Resource gateway;
  gateway.kind = Kind::k8s_gateway;
  gateway.read(parsed.root());
  const Parsed refs("- {name: g, sectionName: web}\n- {name: g, port: 5432}\n- {name: g, sectionName: web, port: 81}\n- {name: g}\n");
  const auto meant = [&](std::size_t at) { return meant_listeners(gateway, {refs.root()[at], Kind::k8s_gateway, ""}).listeners.size(); };
  CHECK(meant(0) == 1);
  CHECK(meant(1) == 1);
  CHECK(meant(2) == 0);
  CHECK(meant(3) == 4);
  const auto listener = [&](std::size_t at) { return gateway.spec()["listeners"][at]; };
  CHECK(takes_kind(listener(0), "HTTPRoute") == Truth::yes);
  CHECK(takes_kind(listener(1), "HTTPRoute") == Truth::no);
  CHECK(takes_kind(listener(2), "HTTPRoute") == Truth::no);
  CHECK(takes_kind(listener(3), "HTTPRoute") == Truth::unknown);
  const Parsed hosts("a: [shop.example.com]\nb: [example.com]\nc: []\nd: ['${HOST}']\n");
  CHECK(shares_host(listener(0), hosts.root()["a"]) == Truth::yes);
  CHECK(shares_host(listener(0), hosts.root()["b"]) == Truth::no);
  CHECK(shares_host(listener(0), hosts.root()["c"]) == Truth::yes);
  CHECK(shares_host(listener(0), hosts.root()["d"]) == Truth::unknown);
  CHECK(shares_host(listener(1), hosts.root()["b"]) == Truth::yes);
}

}  // namespace
}  // namespace hop
