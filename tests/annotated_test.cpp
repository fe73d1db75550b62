// Which annotations of the load balancer controller the graph hands to rules, and where a finding on part of a scalar points.

#include <map>
#include <string>

#include "engine/lint.h"
#include "model/aws/annotations.h"
#include "rule/rule.h"
#include "support/catch.h"
#include "text/file_system.h"

namespace hop {
namespace {

LintRun run(const std::string& text) {
  Settings settings;
  settings.isolated = true;
  settings.jobs = 1;
  settings.today = "2026-01-01";
  const MemoryFiles memory(std::map<std::string, std::string>{{"w/a.yaml", text}});
  return read_graph(memory, {{"w", std::nullopt}}, settings);
}

std::string object(const std::string& kind, const std::string& name, const std::string& annotations, const std::string& spec) {
  return "---\napiVersion: " + std::string(kind == "Service" ? "v1" : "networking.k8s.io/v1") + "\nkind: " + kind +
         "\nmetadata: {name: " + name + ", annotations: {" + annotations + "}}\nspec: " + spec + "\n";
}

constexpr std::string_view scheme = "alb.ingress.kubernetes.io/scheme: internal";

}  // namespace

TEST_CASE("annotated are Ingresses of the controller and Services, Ingresses first") {
  const LintRun linted =
      run(object("Service", "s", "alb.ingress.kubernetes.io/target-type: ip", "{}") +
          object("Ingress", "a", std::string(scheme) + ", alb.ingress.kubernetes.io/schema: x", "{ingressClassName: alb}") +
          object("Ingress", "n", std::string(scheme), "{ingressClassName: nginx}") +
          object("Ingress", "bare", "team: shop", "{ingressClassName: alb}"));
  const auto annotated = linted.graph->alb_annotated();
  REQUIRE(annotated.size() == 2);
  CHECK(annotated[0].resource->name == "a");
  CHECK(annotated[0].text("scheme").equals("internal") == Truth::yes);
  CHECK(annotated[0].text("subnets").is_absent());
  REQUIRE(annotated[0].has("schema"));
  CHECK(annotated[0].find("schema")->row == nullptr);
  CHECK(annotated[1].resource->name == "s");
  CHECK(linted.graph->alb_annotated_of(*annotated[1].resource) == &annotated[1]);
}

TEST_CASE("nothing is annotated where Alibaba Cloud's load balancer is at home") {
  const std::string ingress = object("Ingress", "a", std::string(scheme), "{ingressClassName: alb}");
  CHECK(run(ingress + object("IngressClass", "alb", "", "{controller: ingress.k8s.alibabacloud/alb}")).graph->alb_annotated().empty());
  CHECK(run(ingress + "---\napiVersion: alibabacloud.com/v1\nkind: AlbConfig\nmetadata: {name: edge}\n").graph->alb_annotated().empty());
  const std::string words = "alb.ingress.kubernetes.io/healthcheck-enabled: 'true', alb.ingress.kubernetes.io/healthcheck-path: /";
  CHECK(run(object("Ingress", "a", words, "{ingressClassName: alb}")).graph->alb_annotated().empty());
}

TEST_CASE("a finding on part of a scalar keeps the scalar's field") {
  const LintRun linted = run(object("Ingress", "a", "alb.ingress.kubernetes.io/subnets: 'a,b'", "{ingressClassName: alb}"));
  const auto annotated = linted.graph->alb_annotated();
  REQUIRE(annotated.size() == 1);
  const yaml::Node value = annotated[0].find("subnets")->value;
  RuleInfo info;
  info.id = "toy-rule";
  Report report(info);
  report.at(*annotated[0].resource, value, value.part_span(2, 3), "the second");
  const auto found = report.take();
  REQUIRE(found.size() == 1);
  CHECK(found[0].where.size() == 1);
  CHECK(found[0].where.begin == value.text_span().begin + 2);
  CHECK(found[0].field == value.path());
}

}  // namespace hop
