// A credential Secret without a certificate and key that Istio can read.
#include <set>

#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Present and not empty. A placeholder counts: it is filled in later.
bool holds(const Secret& secret, std::string_view key) {
  const yaml::Node value = secret.entry(key);
  return value && !value.is_null() && !(value.is_scalar() && value.str().empty());
}

bool readable(const Secret& secret) {
  if (secret->opaque) return true;
  return (holds(secret, "tls.crt") && holds(secret, "tls.key")) || (holds(secret, "cert") && holds(secret, "key"));
}

std::string what_is_there(const Secret& secret) {
  std::vector<std::string_view> keys;
  for (const char* map : {"data", "stringData"}) {
    for (const auto& [key, value] : (*secret)[map].entries()) keys.push_back(key.str());
  }
  const std::string_view type = secret.type().value_or("Opaque");
  return keys.empty() ? format("type `{}` without any key", type) : format("type `{}` with {}", type, list_words(keys));
}

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::gateway_credential)) {
    if (!edge.to.found() || edge.to.target->kind != Kind::secret) continue;
    const bool fine = edge.to.any([](const Resource& copy) { return copy.kind != Kind::secret || readable(Secret(copy)); });
    if (fine) continue;
    const Secret secret(*edge.to.target);
    report.at(*edge.from, edge.place, format("the Secret `{}` holds no certificate and key for a TLS server", secret->name))
        .alias("IST0161")
        .note(secret->name_node(), what_is_there(secret))
        .target(title(*secret));
  }
}

}  // namespace

extern constinit const Rule gateway_credential_invalid = {
    .info = {.id = "gateway-credential-invalid",
             .summary = "a Gateway server's Secret lacks the certificate or the key",
             .docs = "Istio reads `tls.crt` and `tls.key` of a Secret of type kubernetes.io/tls, or `cert` and `key` of a generic one. Keys in "
                     "`stringData` count. Values are never shown.",
             .effect = "the gateway gets no certificate and resets every TLS connection to this server",
             .source = "https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/#key-formats",
             .severity = Severity::error,
             .aliases = {"IST0161"}},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
