// The tables about AWS: annotations, identifiers, attributes, TLS policies, JSON, and how the controller is installed.

#include "model/aws/actions.h"
#include "model/aws/annotations.h"
#include "model/aws/attributes.h"
#include "model/aws/controller.h"
#include "model/aws/identifiers.h"
#include "model/aws/nlb.h"
#include "model/aws/other_classes.h"
#include "model/aws/ssl_policies.h"
#include "model/chart.h"
#include "support/catch.h"
#include "text/words.h"
#include "yaml/parse.h"

namespace hop {
namespace {

/// A resource of its own text.
class Parsed {
 public:
  Parsed(Kind kind, std::string text)
      : text_(std::make_shared<const std::string>(std::move(text))), document_(yaml::parse(*text_, text_), FileId{0}, 0) {
    resource.kind = kind;
    resource.read(document_.root());
  }
  Resource resource;

 private:
  std::shared_ptr<const std::string> text_;
  yaml::Document document_;
};

}  // namespace

TEST_CASE("what was meant by an annotation that the controller does not read") {
  CHECK(alb::meant_by("listenPorts") == "listen-ports");
  CHECK(alb::meant_by("group") == "group.name");
  CHECK(alb::meant_by("successCodes") == "success-codes");
  CHECK(alb::meant_by("target-tpye") == "target-type");
  CHECK(alb::meant_by("action.redirect") == "actions.redirect");
  CHECK_FALSE(alb::meant_by("quantum-entanglement"));
  CHECK(alb::is_alibaba("canary-weight"));
  CHECK_FALSE(alb::is_alibaba("scheme"));
}

TEST_CASE("every choice of a table is among its own words") {
  for (const auto table : {alb::annotations(), nlb::annotations()}) {
    for (const aws::Annotation& row : table) {
      CHECK((row.grammar == aws::Grammar::word) == !row.values.empty());
      CHECK(row.range.lowest <= row.range.highest);
      if (row.grammar == aws::Grammar::word && !row.fallback.empty()) CHECK(aws::is_among(row.values, row.fallback));
    }
  }
  CHECK(aws::meant_among("HTTP|HTTPS", "https") == "HTTPS");
  CHECK(aws::meant_among("HTTP|HTTPS", "HTTPS\n") == "HTTPS");
  CHECK_FALSE(aws::meant_among("HTTP|HTTPS", "HTTPS"));
  CHECK(aws::spell_choice("a|b|c") == "`a`, `b` or `c`");
}

TEST_CASE("ARNs are judged part by part") {
  using aws::Identifier;
  CHECK(aws::problem(Identifier::role, "arn:aws:iam::482910473651:role/shop/cart") == "");
  CHECK(aws::problem(Identifier::role, "arn:aws:iam::48291047365:role/cart") == "has an account of 11 digits, not 12");
  CHECK(aws::problem(Identifier::role, "arn:aws:iam::482910473651:policy/cart") == "does not name a role");
  CHECK(aws::problem(Identifier::certificate, "arn:aws:iam::482910473651:server-certificate/old") == "");
  CHECK(aws::problem(Identifier::certificate, "arn:aws:ec2:eu-west-1:482910473651:instance/i") == "is an ARN of `ec2`, not of `acm`");
  CHECK(aws::problem(Identifier::subnet, "public-a") == "");
  CHECK_FALSE(aws::problem(Identifier::subnet, "subnet-public").empty());
  CHECK(aws::problem(Identifier::vpc, "vpc-0a1b2c3d") == "");
  CHECK_FALSE(aws::problem(Identifier::vpc, "vpc-0a1b2c").empty());
}

TEST_CASE("texts that only stand for an identifier") {
  for (std::string_view text : {"arn:aws:acm:us-west-2:111122223333:certificate/c", "arn:aws:acm:eu-west-1:xxxxxxxx:certificate/x",
                                "AWS_ACM_CERT_ARN", "${ARN}", "arn:aws:iam::<id>:role/x", "your-certificate"}) {
    CHECK(aws::is_example(text));
  }
  CHECK_FALSE(aws::is_example("arn:aws:acm:eu-west-1:482910473651:certificate/6f0f2cdd-6c1f-4d39-9d1c-0d6b7f9d3f10"));
  CHECK_FALSE(aws::is_example("sg-0a1b2c3d"));
}

TEST_CASE("ranges are read as Go reads them") {
  CHECK(aws::parse_cidr("10.0.0.0/8")->exact);
  CHECK_FALSE(aws::parse_cidr("10.0.0.5/24")->exact);
  CHECK(aws::parse_cidr("2001:db8::/32")->v6);
  CHECK(aws::parse_cidr("::/0"));
  for (std::string_view text :
       {"10.0.0.0", "10.0.0/8", "10.0.0.0/33", "010.0.0.0/8", "2001:db8::/129", "1:2:3:4:5:6:7:8:9/64", "a::b::c/64", ""})
    CHECK_FALSE(aws::parse_cidr(text));
  CHECK(aws::is_ipv6("2001:db8::1"));
  CHECK_FALSE(aws::is_ipv6("2001:db8:1"));
}

TEST_CASE("attributes and TLS policies are found, and what resembles them") {
  using enum aws::AttributeOf;
  CHECK(aws::problem(*aws::find_attribute(application_target_group, "slow_start.duration_seconds"), "0") == "");
  CHECK(aws::problem(*aws::find_attribute(application_load_balancer, "idle_timeout.timeout_seconds"), "0") == "a number from 1 to 4000");
  CHECK(aws::nearest_attribute(application_load_balancer, "idle_timeout.seconds") == "idle_timeout.timeout_seconds");
  CHECK_FALSE(aws::nearest_attribute(application_load_balancer, "quantum.enabled"));
  CHECK(aws::oldest_tls("ELBSecurityPolicy-2016-08") == aws::OldestTls::tls_1_0);
  CHECK(aws::oldest_tls("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09") == aws::OldestTls::tls_1_2);
  CHECK(aws::oldest_tls("ELBSecurityPolicy") == aws::OldestTls::invalid);
  CHECK(aws::oldest_tls("ELBSecurityPolicy-New-2031-01") == aws::OldestTls::unheard);
}

TEST_CASE("who makes a Service's load balancer") {
  const auto maker = [](std::string_view spec, std::string_view annotations) {
    const Parsed parsed(Kind::service, "{spec: " + std::string(spec) + ", metadata: {annotations: " + std::string(annotations) + "}}");
    return nlb::maker_of(Service(parsed.resource));
  };
  const std::string key = "service.beta.kubernetes.io/aws-load-balancer-";
  CHECK(maker("{}", "{}") == nlb::Maker::none);
  CHECK(maker("{type: LoadBalancer}", "{}") == nlb::Maker::either);
  CHECK(maker("{type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb}", "{}") == nlb::Maker::controller);
  CHECK(maker("{type: LoadBalancer, loadBalancerClass: example.com/metal}", "{}") == nlb::Maker::other);
  CHECK(maker("{type: LoadBalancer}", "{" + key + "type: nlb}") == nlb::Maker::in_tree);
  CHECK(maker("{type: LoadBalancer}", "{" + key + "type: external}") == nlb::Maker::nobody);
  CHECK(maker("{type: LoadBalancer}", "{" + key + "type: external, " + key + "nlb-target-type: ip}") == nlb::Maker::controller);
  CHECK(maker("{type: LoadBalancer}", "{" + key + "type: '${TYPE}'}") == nlb::Maker::unknown);
}

TEST_CASE("values of a chart come from parameters, objects and text") {
  const Parsed application(Kind::application, R"({spec: {source: {chart: c, helm: {parameters: [{name: a.b, value: "1"}],
    valuesObject: {a: {b: "2"}, x: "3"}, values: "x: '4'\ny: '5'"}}}})");
  const auto uses = charts_of(application.resource);
  REQUIRE(uses.size() == 1);
  CHECK(uses[0].value({"a", "b"}).str() == "1");
  CHECK(uses[0].value({"x"}).str() == "3");
  CHECK(uses[0].value({"y"}).str() == "5");
  CHECK_FALSE(uses[0].value({"z"}));
  CHECK_FALSE(uses[0].open);
  const Parsed release(Kind::helm_release, "{spec: {chart: {spec: {chart: c}}, valuesFrom: [{kind: Secret}]}}");
  CHECK(charts_of(release.resource).at(0).open);
}

TEST_CASE("flags of the controller are read in both spellings") {
  const Parsed deployment(Kind::deployment,
                          R"({spec: {template: {spec: {containers: [{image: "r.example.com/aws-load-balancer-controller:v2",
    args: [--cluster-name=a, --ingress-class, b, --enable-waf, --enable-shield]}]}}}})");
  const yaml::Node container = aws::controller_container(deployment.resource);
  REQUIRE(container);
  CHECK(aws::flag(container, "--cluster-name")->value == "a");
  CHECK(aws::flag(container, "--ingress-class")->value == "b");
  CHECK_FALSE(aws::flag(container, "--cluster"));
  CHECK(aws::flag(container, "--enable-waf")->value.empty());
  CHECK(aws::flag(container, "--enable-shield")->value.empty());
}

TEST_CASE("classes of other controllers are known by name") {
  CHECK(alb::is_class_of_others("nginx-internal"));
  CHECK_FALSE(alb::is_class_of_others("istio-alb"));
  CHECK_FALSE(alb::is_class_of_others("public"));
}

TEST_CASE("a value is shortened between characters and stays on one line") {
  CHECK(shorten("short") == "short");
  CHECK(shorten("äöü", 3) == "ä…");
  CHECK(shorten("a\nb") == "a\\nb");
}

}  // namespace hop
