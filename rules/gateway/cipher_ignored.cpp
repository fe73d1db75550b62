// Cipher suites that Envoy drops.
#include <algorithm>
#include <set>

#include "model/istio/value_syntax.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

// Source: istio.io Gateway reference (`cipherSuites`): what BoringSSL knows under OpenSSL's names.
constexpr std::string_view known[] = {
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
    "ECDHE-RSA-CHACHA20-POLY1305",
    "ECDHE-ECDSA-AES128-SHA",
    "ECDHE-RSA-AES128-SHA",
    "ECDHE-ECDSA-AES256-SHA",
    "ECDHE-RSA-AES256-SHA",
    "AES128-GCM-SHA256",
    "AES256-GCM-SHA384",
    "AES128-SHA",
    "AES256-SHA",
    "DES-CBC3-SHA",
    "ALL",
};

/// Operators (`-`, `+`, `[a|b]`) are not looked into.
bool is_plain(std::string_view suite) { return !suite.empty() && suite.find_first_of("-+![@") != 0; }

void check_suites(const Resource& resource, yaml::Node tls, Report& report) {
  std::set<std::string_view> seen;
  for (yaml::Node node : tls["cipherSuites"].items()) {
    const auto suite = text_of(node);
    if (!suite.is_known() || !is_plain(*suite)) continue;
    if (std::find(std::begin(known), std::end(known), *suite) == std::end(known)) {
      Finding finding = report.at(resource, node, format("cipher suite {} is none that Envoy knows", istio::shown(*suite)));
      finding.alias("IST0133");
      if (const auto meant = nearest(*suite, known)) finding.fix(format("change it to `{}`", *meant), node, *meant, Safety::unsafe);
    } else if (!seen.insert(*suite).second) {
      report.at(resource, node, format("cipher suite `{}` stands twice", *suite)).alias("IST0133").severity(Severity::info);
    }
  }
  const auto least = text_of(tls["minProtocolVersion"]);
  const bool old = least.is_known() && (*least == "TLSV1_0" || *least == "TLSV1_1");
  if (old && tls["cipherSuites"].size() == 0) {
    report.at(resource, least.node(), format("`{}` has no cipher suite left: the default ones need TLS 1.2", *least)).alias("IST0133");
  }
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node server : Gateway(resource).servers()) check_suites(resource, GatewayServer{server}.tls(), report);
}

}  // namespace

extern constinit const Rule gateway_cipher_ignored = {
    .info = {.id = "gateway-cipher-ignored",
             .summary = "a cipher suite is dropped, or none is left for a TLS version",
             .docs = "Suites have the names of OpenSSL. Those that Envoy does not know are dropped, and so are repetitions. TLS "
                     "1.0 and 1.1 have no suite among the default ones, so they need `cipherSuites`. Suites of TLS 1.3 cannot "
                     "be chosen.",
             .effect = "clients that need this suite or version cannot connect",
             .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings",
             .severity = Severity::warning,
             .aliases = {"IST0133"},
             .fixes = FixPolicy::sometimes,
             .ineffective = true},
    .reads = {Kind::gateway},
    .check_one = check_one,
};

}  // namespace hop::rules
