// An appProtocol that is none of Istio's protocols.
#include "graph/port_protocol.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view words[] = {"grpc", "grpc-web", "http", "http2", "https", "mongo", "mysql", "redis", "tcp", "tls", "udp"};

void check(const Graph& graph, Report& report) {
  for (const GuessedPort& guessed : graph.guessed_ports()) {
    if (guessed.by_name || guessed.service.type().equals("ExternalName") == Truth::yes) continue;
    const yaml::Node word = guessed.port.app_protocol().node();
    if (guessed.by_prefix) {
      report
          .at(guessed.service, word,
              format("`{}` is read as `{}` by Istio only; others compare the whole word", word.str(),
                     word.str().substr(0, word.str().find('-'))))
          .alias("KIA0602");
      continue;
    }
    Finding finding = report.at(guessed.service, word, format("protocol `{}` is unknown to Istio", word.str()));
    finding.alias("IST0118").alias("KIA0602");
    if (const auto meant = nearest(word.str(), words)) finding.fix(format("change it to `{}`", *meant), word, *meant, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule service_app_protocol_unknown = {
    .info =
        {.id = "service-app-protocol-unknown",
         .summary = "a Service port has an `appProtocol` that Istio does not know",
         .docs =
             "`appProtocol` replaces what the port's name says, even where Istio does not know it. Istio knows `http`, `http2`, `https`, "
             "`grpc`, `grpc-web`, `tcp`, `tls`, `udp`, `mongo`, `redis`, `mysql` and Kubernetes' own `kubernetes.io/h2c`, `ws` and "
             "`wss`; words of other implementations are legal and mean nothing to it.",
         .effect = "the protocol is guessed, whatever the port's name says",
         .source = "https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/",
         .severity = Severity::info,
         .aliases = {"IST0118", "KIA0602"},
         .fixes = FixPolicy::sometimes},
    .reads = {Kind::namespace_, Kind::service, Facet::workloads, Facet::injection},
    .check = check,
};

}  // namespace hop::rules
