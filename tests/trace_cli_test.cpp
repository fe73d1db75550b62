// `hoplint trace` as a user runs it: what it says of a request, its formats, and what --require makes of them.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/trace.h"
#include "support/catch.h"
#include "support/json_schema.h"
#include "support/process.h"
#include "support/require_none.h"

namespace hop {
namespace {

using Strings = std::vector<std::string>;

ProcessResult trace_in_source(Strings arguments) {
  arguments.insert(arguments.begin(), "trace");
  ProcessOptions options;
  options.directory = HOPLINT_SOURCE_DIR;
  return run_hoplint(arguments, options);
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

constexpr auto article = "fixtures/estates/article_fixed";
constexpr auto netbox = "https://netbox.cluster.tinfoil.private/login";
constexpr auto plain_backend = "fixtures/estates/alb_to_mesh_service";

nlohmann::json json_of(const Strings& arguments) {
  Strings all = arguments;
  all.insert(all.begin(), {"--format", "json"});
  const ProcessResult result = trace_in_source(all);
  const auto json = nlohmann::json::parse(result.out, nullptr, false);
  REQUIRE_FALSE(json.is_discarded());
  require_none(check_schema(nlohmann::json::parse(trace_schema()), json));
  return json;
}

TEST_CASE("a request is followed over every hop, and each has its place") {
  const ProcessResult result = trace_in_source({netbox, article});
  CHECK(result.exit_code == 0);
  for (const char* part :
       {"ALB istio-ingress :443", "rule *.cluster.tinfoil.private /*", "Gateway istio-system/default-gateway 443 HTTPS (SIMPLE)",
        "VirtualService netbox/netbox", "Service netbox/netbox:80", "mutual TLS: automatic mTLS", "Deployment netbox/netbox (sidecar)",
        "edge/ingress.yaml:16:57", "the request arrives, encrypted on every hop"}) {
    CAPTURE(part);
    CHECK(holds(result.out, part));
  }
}

TEST_CASE("JSON holds to its schema and says what each wire carries") {
  const nlohmann::json json = json_of({netbox, article});
  const nlohmann::json& chain = json["requests"][0]["chains"][0];
  CHECK(chain["verdict"] == "ok");
  CHECK(chain["encrypted"] == "yes");
  CHECK(chain["mtls"] == "yes");
  std::vector<std::string> kinds, encryption;
  for (const nlohmann::json& step : chain["chain"]) {
    kinds.push_back(step["kind"]);
    encryption.push_back(step["encryption"]);
  }
  CHECK(kinds == Strings{"listener", "rule", "target-group", "gateway", "server", "virtual-service", "route", "destination", "workload"});
  CHECK(encryption == Strings{"tls", "tls", "tls", "tls", "tls", "tls", "tls", "tls", "mtls"});
  CHECK(chain["chain"][0]["verified"] == true);
  CHECK(chain["chain"][3]["verified"] == false);
  CHECK(chain["chain"][8]["verified"] == true);
}

TEST_CASE("every estate can be traced, in every format") {
  for (const char* estate :
       {"article", "article_fixed", "alb_ip_targets", "alb_reencrypts", "ingress_group", "shops", "mistake_strict_backend"}) {
    CAPTURE(estate);
    const std::string folder = std::string("fixtures/estates/") + estate;
    CHECK_FALSE(json_of({"--all", folder})["requests"][0]["chains"].empty());
    for (const char* format : {"text", "mermaid", "dot"}) {
      const ProcessResult result = trace_in_source({"--all", "--format", format, folder});
      CHECK(result.exit_code == 0);
      CHECK(holds(result.out, "ALB"));
    }
  }
}

TEST_CASE("a requirement is proved, or the exit code is 1 with the hop that breaks it") {
  CHECK(trace_in_source({netbox, "--require", "encrypted", article}).exit_code == 0);
  CHECK(trace_in_source({netbox, "--require", "mtls", article}).exit_code == 0);
  CHECK(trace_in_source({"--all", "--require", "mtls", article}).exit_code == 0);
  const ProcessResult plain = trace_in_source({"https://cart.example.com/", "--require", "encrypted", plain_backend});
  CHECK(plain.exit_code == 1);
  CHECK(holds(plain.out, "encrypted https://cart.example.com/: plain text from outside the mesh"));
  CHECK(trace_in_source({"https://cart.example.com/", "--require", "reachable", plain_backend}).exit_code == 0);
  const nlohmann::json json = json_of({"https://cart.example.com/", "--require", "encrypted", plain_backend});
  CHECK(json["requirement"]["met"] == false);
  CHECK(json["requirement"]["unmet"][0]["place"]["path"] == std::string(plain_backend) + "/shop.yaml");
}

TEST_CASE("what nothing listens for, and what is lost, is not reachable") {
  CHECK(trace_in_source({"https://netbox.cluster.tinfoil.private:8443/", "--require", "reachable", article}).exit_code == 1);
  const ProcessResult lost = trace_in_source({"https://other.example.org/", "--require", "reachable", article});
  CHECK(lost.exit_code == 1);
  CHECK(holds(lost.out, "it answers 404"));
}

TEST_CASE("redirects are followed as a client would") {
  const nlohmann::json json = json_of({"http://cart.example.com/", plain_backend});
  REQUIRE(json["requests"].size() == 2);
  CHECK(json["requests"][0]["chains"][0]["chain"].back()["kind"] == "redirect");
  CHECK(json["requests"][1]["url"] == "https://cart.example.com:443/");
}

TEST_CASE("a workload of the mesh calls by short names") {
  const ProcessResult result = trace_in_source({"http://cart/", "--from", "mesh/shop/cart", plain_backend});
  CHECK(result.exit_code == 0);
  CHECK(holds(result.out, "Service shop/cart:80"));
  CHECK(holds(result.out, "mutual TLS"));
  const ProcessResult nobody = trace_in_source({"http://cart/", "--from", "mesh/shop/crat", plain_backend});
  CHECK(nobody.exit_code == 2);
  CHECK(holds(nobody.err, "did you mean `cart`?"));
}

TEST_CASE("what cannot be asked is 2, with a word on stderr and nothing on stdout") {
  const std::vector<Strings> wrong = {{},
                                      {"ftp://a.example/", article},
                                      {netbox, "--format", "svg", article},
                                      {netbox, "--require", "luck", article},
                                      {netbox, "--header", "nocolon", article},
                                      {netbox, "--from", "mesh", article},
                                      {netbox, "nowhere"}};
  for (const Strings& arguments : wrong) {
    CAPTURE(arguments);
    const ProcessResult result = trace_in_source(arguments);
    CHECK(result.exit_code == 2);
    CHECK(result.out.empty());
    CHECK_FALSE(result.err.empty());
  }
}

TEST_CASE("policy in the configuration makes check say what is not proved, at both ends") {
  const TemporaryFolder folder;
  folder.write("strict.yaml", "policy:\n- hosts: ['*.example.com']\n  encrypted: every-hop\n");
  const std::string config = folder.path() + "/strict.yaml";
  ProcessOptions options;
  options.directory = HOPLINT_SOURCE_DIR;
  const ProcessResult plain = run_hoplint({"check", "--config", config, "--select", "chain", "--format", "json", plain_backend}, options);
  CHECK(plain.exit_code == 1);
  const auto json = nlohmann::json::parse(plain.out, nullptr, false);
  REQUIRE(json["findings"].size() == 1);
  CHECK(json["findings"][0]["rule"] == "chain-unencrypted");
  CHECK(json["findings"][0]["related"][0]["path"] == config);
  CHECK(json["findings"][0]["chain"].size() == 4);
  CHECK(run_hoplint({"check", "--config", config, "fixtures/estates/alb_reencrypts"}, options).exit_code == 0);
}

TEST_CASE("names from manifests are inert in every format") {
  const TemporaryFolder folder;
  folder.write("a.yaml",
               "apiVersion: v1\nkind: Service\nmetadata: {name: \"e\\e[31m\\\"]-->\\n\", namespace: \"n<b>\"}\nspec: {type: LoadBalancer, "
               "selector: {a: b}, ports: [{port: 443}]}\n");
  for (const char* format : {"text", "json", "mermaid", "dot"}) {
    CAPTURE(format);
    ProcessOptions options;
    options.directory = folder.path();
    const ProcessResult result = run_hoplint({"trace", "--all", "--format", format, "."}, options);
    CHECK(result.exit_code == 0);
    CHECK(result.out.find('\x1b') == std::string::npos);
    if (format == std::string("mermaid")) CHECK_FALSE(holds(result.out, "\"]-->"));
  }
}

}  // namespace
}  // namespace hop
