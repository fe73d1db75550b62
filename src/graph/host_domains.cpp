#include "graph/host_domains.h"

#include <algorithm>

#include "model/gatewayapi/views.h"
#include "model/host.h"
#include "text/typing_slip.h"
#include "yaml/template.h"

namespace hop {

std::string_view domain_of(std::string_view host) {
  const std::size_t dot = host.find('.');
  if (dot == std::string_view::npos || yaml::is_placeholder(host)) return {};
  const std::string_view domain = host.substr(dot + 1);
  return domain.find('.') == std::string_view::npos ? std::string_view{} : domain;
}

void HostDomains::add(yaml::Node host) {
  const auto text = text_of(host);
  if (!text.is_known()) return;
  const std::string_view name = gateway_host(*text).host;
  const std::string_view domain = domain_of(name);
  if (domain.empty()) return;
  const auto [use, fresh] = uses_.try_emplace(domain, Use{host, name});
  if (!fresh && use->second.first != name) use->second.several = true;
}

HostDomains::HostDomains(const Graph& graph) {
  for (const Ingress& ingress : graph.all<Ingress>()) {
    for (yaml::Node rule : ingress.rules()) add(rule["host"]);
  }
  for (const VirtualService& vs : graph.all<VirtualService>()) std::ranges::for_each(vs.hosts(), [&](yaml::Node host) { add(host); });
  for (const Gateway& gateway : graph.all<Gateway>()) {
    for (yaml::Node server : gateway.servers()) std::ranges::for_each(GatewayServer{server}.hosts(), [&](yaml::Node host) { add(host); });
  }
  for (const Kind kind : HttpRoute::kinds()) {
    for (const Resource* route : graph.of(kind)) {
      std::ranges::for_each(route->spec()["hostnames"].items(), [&](yaml::Node host) { add(host); });
    }
  }
  for (const auto& [domain, use] : uses_) {
    if (!use.several) continue;
    near_.add(domain, static_cast<std::uint32_t>(names_.size()));
    names_.push_back(domain);
  }
}

std::optional<HostDomains::Meant> HostDomains::meant_by(std::string_view domain) const {
  const auto own = uses_.find(domain);
  if (domain.empty() || (own != uses_.end() && own->second.several)) return std::nullopt;
  const auto found = near_.find(domain);
  if (!found || !is_typing_slip(domain, names_[*found])) return std::nullopt;
  return Meant{names_[*found], uses_.at(names_[*found]).example};
}

}  // namespace hop
