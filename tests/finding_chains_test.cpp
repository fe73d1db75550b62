// Findings at a place where a request breaks bring the chain that breaks there.

#include <string>

#include "engine/lint.h"
#include "support/case.h"
#include "support/catch.h"

namespace hop {
namespace {

/// The chain of the estate's finding of this rule: the labels of its last two steps, with the verdict of the last.
std::string end_of_chain(const std::string& estate, std::string_view rule) {
  for (Case& fixture : load_estates(std::string(HOPLINT_SOURCE_DIR) + "/fixtures/estates", "estates")) {
    if (!fixture.place.ends_with("/" + estate)) continue;
    Complaints mistakes;
    const Settings settings = settings_of(fixture, nullptr, mistakes);
    const LintRun run = lint_texts(fixture.files, settings);
    for (const Diagnostic& finding : run.findings) {
      if (finding.rule->id != rule) continue;
      if (finding.chain.size() < 2) return "no chain";
      const Step& before = finding.chain[finding.chain.size() - 2];
      const Step& last = finding.chain.back();
      return before.label + " > " + last.label + ": " + last.verdict;
    }
    return "no finding";
  }
  return "no estate";
}

TEST_CASE("the chain ends where it breaks") {
  CHECK(end_of_chain("mistake_plain_to_tls", "alb-backend-protocol-mismatch") ==
        "gateway edge-gateway > Gateway istio-system/edge 443 HTTPS (SIMPLE): broken");
  CHECK(end_of_chain("mistake_no_server_name", "gateway-alb-sends-no-sni") ==
        "gateway edge-gateway > Gateway istio-system/edge 443 HTTPS (SIMPLE): broken");
  CHECK(end_of_chain("mistake_no_server_on_port", "alb-no-server-on-port") == "gateway edge-gateway > nowhere: broken");
  CHECK(end_of_chain("mistake_redirect_loop", "gateway-redirect-loop-behind-alb") ==
        "gateway edge-gateway > Gateway istio-system/edge 80 HTTP (httpsRedirect): broken");
  CHECK(end_of_chain("mistake_strict_backend", "alb-backend-requires-mtls") ==
        "target group (ip, HTTP) of Service shop/cart:80 > Deployment shop/cart (sidecar): broken");
  CHECK(end_of_chain("mistake_no_node_port", "alb-target-type-needs-node-port") ==
        "target group (instance, HTTP) of Service istio-system/edge-gateway:80 > nowhere: broken");
}

TEST_CASE("a finding that is about no chain has none") {
  CHECK(end_of_chain("article", "service-extra-load-balancer") == "no chain");
  CHECK(end_of_chain("mistake_health_check_default", "alb-healthcheck-on-traffic-port") == "no chain");
}

}  // namespace
}  // namespace hop
