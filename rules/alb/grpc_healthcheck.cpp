// The health check of a gRPC target group is a gRPC call.
#include <set>

#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::int64_t highest_status = 99;

/// Whether some code of `0,12` or `0-99` is none of gRPC's.
bool holds_http_codes(std::string_view codes) {
  for (const aws::Piece& piece : aws::string_list(codes)) {
    const std::size_t dash = piece.text.find('-');
    const auto last = aws::parse_int(dash == std::string_view::npos ? piece.text : piece.text.substr(dash + 1));
    if (last && *last > highest_status) return true;
  }
  return false;
}

void check(const Graph& graph, Report& report) {
  std::set<Span> told;
  for (const TargetGroup& group : graph.target_groups()) {
    const HealthCheck& health = group.health;
    if (!group.protocol_version.is("GRPC")) continue;
    if (health.success_codes.known && holds_http_codes(health.success_codes.value) &&
        told.insert(health.success_codes.node.span()).second) {
      report.at(*health.success_codes.set_by, health.success_codes.node, format("`{}` is no gRPC status", health.success_codes.value))
          .note(group.protocol_version.node, "the target group is of gRPC: codes are 0 to 99")
          .effect("AWS refuses the target group, and no Ingress of the group is updated any more");
    }
    if (group.to_gateway() && health.asks_status_port() && health.port.set_by != nullptr && told.insert(health.port.node.span()).second) {
      report.at(*health.port.set_by, health.port.node, "the gateway's status port does not speak gRPC")
          .note(group.protocol_version.node, "so the health check is a gRPC call");
    }
  }
}

}  // namespace

extern constinit const Rule alb_grpc_healthcheck = {
    .info = {.id = "alb-grpc-healthcheck",
             .summary = "the health check of a gRPC target group is one of plain HTTP",
             .docs =
                 "With `backend-protocol-version: GRPC` the health check is a gRPC call: `success-codes` are gRPC's, 0 to 99, and the path "
                 "is a method. Envoy's status port 15021 answers HTTP only.\n\nBehind a gateway use `HTTP2`, or leave "
                 "`healthcheck-port` away and let the application answer.",
             .effect = "every health check fails and every target is unhealthy",
             .source = "https://github.com/istio/istio/issues/49724; "
                       "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
             .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
