#include "graph/client_tls.h"

#include "text/words.h"

namespace hop {

Value<bool> auto_mtls(const Graph& graph, const Resource& seeker) { return boolean_of(graph.mesh_setting(seeker, "enableAutoMtls")); }

bool auto_mtls_is_off(const Graph& graph, const Resource& seeker) {
  const auto written = auto_mtls(graph, seeker);
  return written.is_known() && !*written;
}

ClientTls client_tls(const Graph& graph, const DestinationRule& rule) {
  ClientTls tls;
  const bool wide = rule.host().str().starts_with('*');
  const std::string host = wide ? lower(rule.host().str()) : std::string();
  const std::string domain = wide ? ".svc." + std::string(graph.cluster_domain()) : std::string();
  if (!wide) {
    tls.reach = Reach::host;
  } else if (host == "*" || host == "*.local" || host == "*" + domain) {
    tls.reach = Reach::mesh;
  } else if (host.starts_with("*.") && host.ends_with(domain)) {
    tls.ns = host.substr(2, host.size() - 2 - domain.size());
    if (tls.ns.find('.') == std::string::npos) tls.reach = Reach::one_namespace;
  }
  const yaml::Node written = rule.traffic_policy()["tls"];
  const auto mode = text_of(written["mode"]);
  tls.node = mode.is_absent() ? written : mode.node();
  if (mode.is_known()) tls.mode = *mode;
  if (written.is_mapping() && mode.is_absent()) tls.mode = "DISABLE";
  return tls;
}

}  // namespace hop
