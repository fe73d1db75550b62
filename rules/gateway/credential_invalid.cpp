// A credential Secret without a certificate and key that Istio can read.
#include <set>

#include "model/certificate.h"
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

/// The certificate in plain text; nothing where it is filled in later.
std::optional<std::string> certificate_text(const Secret& secret) {
  for (const char* key : {"tls.crt", "cert"}) {
    if (const auto plain = text_of((*secret)["stringData"][key]); !plain.is_absent()) {
      return plain.is_known() ? std::optional(std::string(*plain)) : std::nullopt;
    }
    if (const auto packed = text_of((*secret)["data"][key]); !packed.is_absent()) {
      return packed.is_known() ? decode_base64(*packed).value_or("") : std::optional<std::string>{};
    }
  }
  return std::nullopt;
}

/// What is wrong with the certificate itself. Unless the manifests are complete, text that is no PEM at all may stand there to be replaced.
std::optional<std::string> flaw_of(const Graph& graph, const Secret& secret) {
  const auto text = secret->opaque ? std::nullopt : certificate_text(secret);
  if (!text) return std::nullopt;
  if (!is_pem(*text) && !graph.complete(secret->ns)) return std::nullopt;
  const auto certificate = parse_certificate(*text);
  if (!certificate) return "holds a certificate that cannot be read";
  const std::string& today = graph.world().today;
  if (today.empty()) return std::nullopt;
  if (certificate->until < today) return format("holds a certificate that expired on {}", certificate->until);
  if (certificate->from > today) return format("holds a certificate that begins on {}", certificate->from);
  return std::nullopt;
}

void check_certificate(const Graph& graph, const Edge& edge, Report& report) {
  const auto flaw_in = [&](const Resource& copy) { return copy.kind == Kind::secret ? flaw_of(graph, Secret(copy)) : std::nullopt; };
  const auto flaw = flaw_in(*edge.to.target);
  if (!flaw || edge.to.any([&](const Resource& copy) { return !flaw_in(copy); })) return;
  report.at(*edge.from, edge.place, format("the Secret `{}` {}", edge.to.target->name, *flaw))
      .alias("IST0161")
      .note(edge.to.target->name_node(), "the Secret")
      .target(title(*edge.to.target));
}

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::gateway_credential)) {
    if (!edge.to.found() || edge.to.target->kind != Kind::secret) continue;
    const bool fine = edge.to.any([](const Resource& copy) { return copy.kind != Kind::secret || readable(Secret(copy)); });
    if (fine) {
      check_certificate(graph, edge, report);
      continue;
    }
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
             .summary = "a Gateway server's Secret lacks the certificate or the key, or holds one that is no good",
             .docs =
                 "Istio reads `tls.crt` and `tls.key` of a Secret of type kubernetes.io/tls, or `cert` and `key` of a generic one. Keys in "
                 "`stringData` count. The certificate has to be X.509 in PEM and valid today. Text that is no PEM at all counts "
                 "with `complete` only: it may be a stand-in. Values are never shown.",
             .effect = "the gateway gets no certificate and resets every TLS connection to this server",
             .source = "https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/#key-formats",
             .severity = Severity::error,
             .aliases = {"IST0161"}},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
