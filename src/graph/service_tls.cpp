#include "graph/service_tls.h"

#include <string>

#include "graph/gateway_port.h"
#include "model/aws/values.h"

namespace hop {
namespace {

constexpr std::string_view prefix = "service.beta.kubernetes.io/aws-load-balancer-";

yaml::Node annotation(const Service& service, std::string_view suffix) {
  return service->annotation(std::string(prefix) + std::string(suffix));
}

/// Whether the load balancer ends TLS on this port: all of them unless `ssl-ports` lists some.
bool ends_tls(const Service& service, const ServicePort& port) {
  const auto list = text_of(annotation(service, "ssl-ports"));
  if (!list.is_known()) return list.is_absent();
  for (const aws::Piece& piece : aws::string_list(*list)) {
    const bool number = port.number().is_known() && aws::parse_int(piece.text) == *port.number();
    if (piece.text == "*" || number || port.name().equals(piece.text) == Truth::yes) return true;
  }
  return false;
}

}  // namespace

TlsAtPort tls_at(const Service& service, const ServicePort& port) {
  TlsAtPort tls;
  const auto certificate = text_of(annotation(service, "ssl-cert"));
  if (certificate.is_absent()) return tls;
  const auto protocol = text_of(annotation(service, "backend-protocol"));
  const bool open = protocol.is_unknown() || protocol.equals("https") == Truth::yes;
  tls.ends_tls = truth(ends_tls(service, port)) && (certificate.is_unknown() ? Truth::unknown : Truth::yes);
  tls.opens_tls = open ? Truth::unknown : protocol.equals("ssl");
  tls.certificate = certificate.node();
  tls.protocol = protocol.node();
  return tls;
}

std::vector<TlsPort> tls_ports(const Graph& graph) {
  std::vector<TlsPort> all;
  for (const Service& service : graph.linted<Service>()) {
    if (service.type().equals("LoadBalancer") != Truth::yes) continue;
    for (yaml::Node node : service.ports()) {
      const ServicePort port{node};
      TlsAtPort tls = tls_at(service, port);
      if (tls.ends_tls == Truth::no) continue;
      const auto servers = servers_behind(graph, service, port);
      if (!servers.empty()) all.push_back({tls, service, port, servers});
    }
  }
  return all;
}

}  // namespace hop
