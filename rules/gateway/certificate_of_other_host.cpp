// A certificate that is for other hosts than its server.
#include <algorithm>
#include <set>

#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether clients that ask for the host take a certificate for this name. A wildcard stands for one label.
bool is_for(std::string_view name, std::string_view host) {
  if (lower(name) == lower(host) || is_wildcard(host)) return hosts_overlap(lower(name), lower(host));
  const std::size_t dot = host.find('.');
  return name.starts_with("*.") && dot != std::string_view::npos && lower(name.substr(1)) == lower(host.substr(dot));
}

struct Names {
  std::vector<std::string_view> all;
  yaml::Node place;
  bool open = false;  ///< a placeholder, or nothing that can be judged
};

/// What a Certificate is for; open for what else provides the Secret.
Names names_of(const Lookup& provider) {
  Names names;
  names.open = provider.any([&](const Resource& resource) {
    if (resource.kind != Kind::certificate || resource.opaque || resource.patched) return true;
    const yaml::Node list = resource.spec()["dnsNames"];
    if (!names.place) names.place = list;
    for (yaml::Node name : list.items()) {
      if (!text_of(name).is_known()) return true;
      names.all.push_back(name.str());
    }
    if (const auto common = text_of(resource.spec()["commonName"]); common.is_known()) names.all.push_back(*common);
    return text_of(resource.spec()["commonName"]).is_unknown() || list.size() == 0;
  });
  return names;
}

/// The server whose `credentialName` this is.
std::optional<GatewayServer> server_of(const Gateway& gateway, yaml::Node credential) {
  for (yaml::Node node : gateway.servers()) {
    if (GatewayServer{node}.credential() == credential) return GatewayServer{node};
  }
  return std::nullopt;
}

/// Places of the servers that an ALB sends to: it takes any certificate.
std::set<Span> behind_albs(const Graph& graph) {
  std::set<Span> servers;
  std::set<const ServerRef*> known;  // many target groups lead to the same
  for (const TargetGroup& group : graph.target_groups()) {
    if (!known.insert(group.servers.data()).second) continue;
    for (const ServerRef& ref : group.servers) servers.insert(ref.server.node.span());
  }
  return servers;
}

void check(const Graph& graph, Report& report) {
  const std::set<Span> unverified = behind_albs(graph);
  for (const Edge& edge : graph.edges(Relation::gateway_credential)) {
    if (!edge.to.found() || !edge.from->linted()) continue;
    const auto server = server_of(Gateway(*edge.from), edge.place);
    if (!server || unverified.contains(server->node.span())) continue;
    const Names names = names_of(edge.to);
    if (names.open) continue;
    for (yaml::Node node : server->hosts()) {
      const auto text = text_of(node);
      if (!text.is_known()) continue;
      const std::string_view host = gateway_host(*text).host;
      if (host == "*" || std::ranges::any_of(names.all, [&](std::string_view name) { return is_for(name, host); })) continue;
      report.at(*edge.from, node, format("the certificate of this server is not for host `{}`", host))
          .note(names.place, format("the Certificate is for {}", list_words(names.all)))
          .note(edge.place, "its Secret is named here");
    }
  }
}

}  // namespace

extern constinit const Rule gateway_certificate_of_other_host = {
    .info = {.id = "gateway-certificate-of-other-host",
             .summary = "a Gateway server's certificate is not for its hosts",
             .docs = "The `dnsNames` of the cert-manager Certificate that provides the server's Secret are compared with the server's "
                     "hosts, as clients do: a wildcard stands for one label. For a wildcard host a name below it is enough. Secrets that "
                     "come from elsewhere are not looked into.\n\nSilent behind an ALB, which takes any certificate of its targets; a "
                     "warning since "
                     "one may stand elsewhere.",
             .effect = "clients refuse the connection: the certificate is for another name",
             .source = "https://cert-manager.io/docs/usage/certificate/",
             .severity = Severity::warning},
    .reads = {Facet::references, Facet::entry},
    .check = check,
};

}  // namespace hop::rules
