// Two Gateways of the same pods with one certificate.
#include <map>

#include "graph/visibility.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Use {
  Gateway gateway;
  yaml::Node place;
};

constexpr std::size_t compared = 100;  ///< servers with one certificate; more are not looked at

/// Whether every pod of `b` is one of `a`, as far as the selectors say.
bool selects_pods_of(const Gateway& a, const Gateway& b) {
  return a.selector().size() == 0 || matches(a.selector(), Labels{b.selector()}) == Truth::yes;
}

/// What two servers must have in common to present one certificate; "" where the server presents none.
std::string certificate(const GatewayServer& server, yaml::Node& place) {
  if (!server.tls() || server.tls_mode().equals("PASSTHROUGH") == Truth::yes) return {};
  place = server.credential();
  if (const auto name = text_of(place); !name.is_absent()) return name.is_known() && !(*name).empty() ? format("credential {}", *name) : "";
  place = server.tls()["serverCertificate"];
  const auto certificate = text_of(place);
  const auto key = text_of(server.tls()["privateKey"]);
  if (!certificate.is_known() || !key.is_known() || (*certificate).empty() || (*key).empty()) return {};
  return format("file {} {}", *certificate, *key);
}

void check(const Graph& graph, Report& report) {
  std::map<std::string, std::vector<Use>> uses;
  for (const Gateway& gateway : graph.all<Gateway>()) {
    for (yaml::Node server : gateway.servers()) {
      yaml::Node place;
      if (const std::string key = certificate(GatewayServer{server}, place); !key.empty()) uses[key].push_back({gateway, place});
    }
  }
  for (const auto& [key, group] : uses) {
    for (const Use& own : group) {
      if (!own.gateway->linted()) continue;
      for (const Use& other : std::span(group).first(std::min(group.size(), compared))) {
        if (!comparable(graph, *own.gateway, *other.gateway) || !selects_pods_of(own.gateway, other.gateway)) continue;
        report
            .at(own.gateway, own.place,
                format("the Gateways `{}` and `{}` present one certificate", own.gateway->name, other.gateway->name))
            .alias("IST0138")
            .note(other.place, "the other server");
        break;
      }
    }
  }
}

}  // namespace

extern constinit const Rule gateway_certificate_shared = {
    .info = {.id = "gateway-certificate-shared",
             .summary = "two Gateways of the same pods present one certificate",
             .docs = "A browser that sees one certificate for two hosts at one address sends the requests for both over one HTTP/2 "
                     "connection. That "
                     "connection belongs to the server of the first host. One Gateway for both hosts (or a wildcard host) avoids it.",
             .effect = "browsers get 404 for the second host, now and then",
             .source = "https://istio.io/latest/docs/ops/common-problems/network-issues/"
                       "#404-errors-occur-when-multiple-gateways-configured-with-same-tls-certificate",
             .severity = Severity::warning,
             .aliases = {"IST0138"}},
    .reads = {Kind::gateway},
    .check = check,
};

}  // namespace hop::rules
