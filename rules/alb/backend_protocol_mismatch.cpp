// The load balancer's protocol towards its targets against what the gateway serves on that port.
#include <set>

#include "graph/gateway_port.h"
#include "graph/once.h"
#include "model/aws/annotations.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Servers of one port agree, or nothing is said: then part of the traffic arrives.
Truth expect_tls(std::span<const ServerRef> servers) {
  Truth all = Truth::no;
  bool first = true;
  for (const ServerRef& ref : servers) {
    const Truth one = expects_tls(ref.server);
    if (!first && one != all) return Truth::unknown;
    all = one;
    first = false;
  }
  return first ? Truth::unknown : all;
}

using Expectations = OncePerSpan<Truth>;

/// The annotation holds for every backend of the Ingress: changing it is safe only where all of them lead to this gateway.
bool other_backends_agree(const Graph& graph, const TargetGroup& group, Truth tls, Expectations& expected) {
  for (const TargetGroup& other : graph.target_groups_of(*group.ingress)) {
    if (expected.of(other.servers, expect_tls) != tls) return false;
  }
  return true;
}

/// Adds `key: value` to the annotations; of two additions to one mapping the texts become one edit.
void add_annotation(std::vector<Edit>& edits, const Resource& resource, std::string_view suffix, std::string_view value) {
  const auto edit = add_pair(resource.annotations(), std::string(alb::prefix) + std::string(suffix), value);
  if (!edit) return;
  for (Edit& before : edits) {
    if (before.where == edit->where) {
      before.text += edit->text;
      return;
    }
  }
  edits.push_back(*edit);
}

void add_fix(Finding& finding, const Graph& graph, const TargetGroup& group, std::string_view right, Truth tls, Expectations& expected) {
  if (!other_backends_agree(graph, group, tls, expected)) return;
  const Resource& owner = group.protocol.set_by != nullptr ? *group.protocol.set_by : *group.ingress;
  std::vector<Edit> edits;
  if (group.protocol.set_by == nullptr) {
    add_annotation(edits, owner, "backend-protocol", right);
  } else if (const auto edit = replace_text(group.protocol.node, right)) {
    edits.push_back(*edit);
  }
  if (edits.empty()) return;
  // The health check would follow, and the gateway's status port is plain.
  const bool follows = group.health.protocol.node == group.protocol.node;
  if (right == "HTTPS" && group.health.asks_status_port() && follows) add_annotation(edits, owner, "healthcheck-protocol", "HTTP");
  finding.fix(format("set backend-protocol to {}", right), std::move(edits));
}

void check(const Graph& graph, Report& report) {
  std::set<std::tuple<std::uint32_t, std::string_view, std::uint32_t>> told;  // Ingress, port, gateway: one cause, one finding
  Expectations expected;
  for (const TargetGroup& group : graph.target_groups()) {
    const Truth tls = expected.of(group.servers, expect_tls);
    // A word that is neither stops the controller; that is another mistake.
    if (!group.protocol.is("HTTP") && !group.protocol.is("HTTPS")) continue;
    if (tls == Truth::unknown || group.protocol.is("HTTPS") == (tls == Truth::yes)) continue;
    const ServerRef& ref = group.servers.front();
    if (!told.emplace(group.ingress->id, group.backend.path.port().str(), ref.gateway->id).second) continue;
    const bool set = group.protocol.set_by != nullptr;
    const std::string_view sends = tls == Truth::yes ? "plain HTTP" : "TLS";
    const std::string_view expects = tls == Truth::yes ? "TLS" : "plain text";
    Finding finding = report.at(set ? *group.protocol.set_by : *group.ingress, set ? group.protocol.node : group.backend.path.port(),
                                format("the ALB sends {} to a port where the gateway expects {}", sends, expects));
    if (group.assumed) finding.severity(Severity::warning);
    finding.label(set ? format("{} from the load balancer", sends) : "backend-protocol is HTTP by default");
    finding.note(ref.server.port_node()["protocol"], tls == Truth::yes ? "this server terminates TLS" : "this server speaks plain text");
    add_fix(finding, graph, group, tls == Truth::yes ? "HTTPS" : "HTTP", tls, expected);
  }
}

}  // namespace

extern constinit const Rule alb_backend_protocol_mismatch = {
    .info =
        {.id = "alb-backend-protocol-mismatch",
         .summary = "the ALB speaks another protocol than the gateway server on that port",
         .docs =
             "`backend-protocol` says how the load balancer talks to its targets; without it that is plain HTTP. The Istio Gateway server "
             "on the same port must expect the same: HTTP for HTTP, HTTPS or TLS for HTTPS. A Service's annotation wins over the "
             "Ingress's.\n\nStays silent where the gateway's servers on that port disagree among themselves, or a value is a placeholder.",
         .effect = "every request fails with 502; targets stay unhealthy",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#backend-protocol",
         .severity = Severity::error,
         .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
