// A load balancer of a gateway's own Service that ends TLS, and what it sends on.
#include "graph/gateway_port.h"
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view prefix = "service.beta.kubernetes.io/aws-load-balancer-";

yaml::Node annotation(const Service& service, std::string_view suffix) {
  return service->annotation(std::string(prefix) + std::string(suffix));
}

/// Whether the load balancer ends TLS on this port: all of them unless `ssl-ports` lists some.
Truth ends_tls(const Service& service, const ServicePort& port) {
  const auto list = text_of(annotation(service, "ssl-ports"));
  if (list.is_absent()) return Truth::yes;
  if (list.is_unknown()) return Truth::unknown;
  for (const aws::Piece& piece : aws::string_list(*list)) {
    const bool number = port.number().is_known() && aws::parse_int(piece.text) == *port.number();
    if (piece.text == "*" || number || port.name().equals(piece.text) == Truth::yes) return Truth::yes;
  }
  return Truth::no;
}

/// Whether it opens TLS towards the pods. `https` means that only to the older controller.
Truth sends_tls(const Service& service) {
  const auto protocol = text_of(annotation(service, "backend-protocol"));
  if (protocol.is_unknown() || protocol.equals("https") == Truth::yes) return Truth::unknown;
  return protocol.equals("ssl");
}

void check(const Graph& graph, Report& report) {
  for (const Service& service : graph.linted<Service>()) {
    const auto certificate = text_of(annotation(service, "ssl-cert"));
    const Truth tls = sends_tls(service);
    if (certificate.is_absent() || tls == Truth::unknown || service.type().equals("LoadBalancer") != Truth::yes) continue;
    for (yaml::Node node : service.ports()) {
      const ServicePort port{node};
      if (ends_tls(service, port) != Truth::yes) continue;
      const auto servers = servers_behind(graph, service, port);
      bool all = !servers.empty();
      for (const ServerRef& ref : servers) all = all && expects_tls(ref.server) == !tls;
      if (!all) continue;
      const bool to_tls = tls == Truth::yes;
      report
          .at(service, to_tls ? annotation(service, "backend-protocol") : certificate.node(),
              format("the load balancer ends TLS and sends {} to port {}, where the gateway expects {}", to_tls ? "TLS" : "plain text",
                     node["port"].str(), to_tls ? "plain text" : "TLS"))
          .note(servers.front().server.port_node()["protocol"], to_tls ? "this server speaks plain text" : "this server expects TLS");
    }
  }
}

}  // namespace

extern constinit const Rule nlb_backend_protocol_mismatch = {
    .info =
        {.id = "nlb-backend-protocol-mismatch",
         .summary = "a gateway's own load balancer ends TLS and speaks another protocol than the gateway on that port",
         .docs =
             "With `aws-load-balancer-ssl-cert` the load balancer ends the client's TLS and sends plain text on, unless "
             "`aws-load-balancer-backend-protocol: ssl` makes it open TLS again. The Gateway server on that Service port must expect the "
             "same: `HTTP` behind plain text, `HTTPS` behind `ssl`.\n\nTo let the gateway end TLS, take `ssl-cert` away, or list only "
             "the other ports in `ssl-ports`. Stays silent for `backend-protocol: https`, which two controllers take differently.",
         .effect = "every connection to the port fails",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#backend-protocol",
         .severity = Severity::error},
    .reads = {Kind::service, Kind::gateway, Facet::workloads},
    .check = check,
};

}  // namespace hop::rules
