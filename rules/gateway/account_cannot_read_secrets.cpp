// The gateway's ServiceAccount may not list Secrets, so it gets no certificate.
#include <algorithm>

#include "graph/once.h"
#include "graph/secret_access.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The first credential that Istio's control plane sends only to those who may read it themselves.
yaml::Node credential_of(const Gateway& gateway) {
  for (yaml::Node server : gateway.servers()) {
    const auto name = text_of(GatewayServer{server}.credential());
    const bool plain = name.is_known() && ((*name).find("://") == std::string_view::npos || (*name).starts_with("kubernetes://"));
    if (plain && !(*name).empty()) return name.node();
  }
  return {};
}

/// A pod whose account may not list Secrets for certain.
const Workload* find_barred(const Graph::Selection& pods, SecretAccess& access) {
  const auto is_barred = [&](const Workload& pod) {
    const auto name = text_of(pod.pod_spec()["serviceAccountName"]);
    if (!pod->linted() || pod->ns.empty() || !pod->ns_known || name.is_unknown()) return false;
    const SecretPermission& permission = access.of(*pod, {pod->ns, name.value_or("default")});
    return permission.may_list == Truth::no && permission.evidence;
  };
  const auto first = std::ranges::find_if(pods.workloads, is_barred);
  return first == pods.workloads.end() ? nullptr : &*first;
}

void check(const Graph& graph, Report& report) {
  SecretAccess access(graph);
  OncePerThing<const Workload*> barred;
  for (const Gateway& gateway : graph.linted<Gateway>()) {
    const yaml::Node credential = credential_of(gateway);
    if (!credential || gateway.selector().size() == 0) continue;
    const auto find = [&](const Graph::Selection& pods) { return find_barred(pods, access); };
    const Workload* pod = barred.of(graph.select(*gateway, gateway.selector(), true), find);
    if (pod == nullptr) continue;
    const auto name = text_of(pod->pod_spec()["serviceAccountName"]);
    Finding finding = report.at(gateway, credential,
                                format("the ServiceAccount `{}` of the gateway's pods may not list Secrets", name.value_or("default")));
    finding.note(name.is_known() ? name.node() : (*pod)->name_node(), "the gateway's pods run as this account");
    if (!graph.complete((*pod)->ns)) finding.severity(Severity::warning);
  }
}

}  // namespace

extern constinit const Rule gateway_account_cannot_read_secrets = {
    .info =
        {.id = "gateway-account-cannot-read-secrets",
         .summary = "a gateway asks for a certificate from a Secret that its ServiceAccount may not read",
         .docs =
             "Istio's control plane sends the certificate of a `credentialName` only to a gateway whose ServiceAccount is allowed to "
             "`list` "
             "Secrets in its own namespace. The gateway chart brings a Role and a RoleBinding for that; a gateway injected by hand "
             "needs its own.\n\nOnly judged where RoleBindings of the gateway's namespace are among the manifests; then a warning, or an "
             "error where they are declared complete.",
         .effect = "the gateway gets no certificate and resets every TLS connection to this server",
         .source = "https://istio.io/latest/docs/setup/additional-setup/gateway/; istio.io/latest/docs/ops/common-problems/security-issues",
         .severity = Severity::error},
    .reads = {Kind::gateway, Kind::role, Kind::role_binding, Kind::cluster_role, Kind::cluster_role_binding, Facet::workloads},
    .check = check,
};

}  // namespace hop::rules
