// Settings of the mesh that istiod refuses.
#include <algorithm>
#include <set>
#include <span>

#include "model/field_path.h"
#include "model/istio/value_syntax.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view curves[] = {"P-256", "P-384", "P-521", "P-224", "X25519", "X25519MLKEM768"};

/// What stands where in MeshConfig, and what it has to look like.
struct Row {
  std::string_view path;
  istio::Syntax syntax;
};

constexpr Row rows[] = {
    {"proxyListenPort", istio::Syntax::port},
    {"proxyInboundListenPort", istio::Syntax::port},
    {"defaultConfig.proxyAdminPort", istio::Syntax::port},
    {"defaultConfig.statusPort", istio::Syntax::port},
    {"connectTimeout", istio::Syntax::duration},
    {"defaultConfig.drainDuration", istio::Syntax::seconds},
    {"serviceSettings[].hosts[]", istio::Syntax::host},
};
constexpr Row network_rows[] = {
    {"networks.*.endpoints[].fromCidr", istio::Syntax::range},
    {"networks.*.endpoints[].fromRegistry", istio::Syntax::name},
    {"networks.*.gateways[].port", istio::Syntax::port},
};

void check_rows(const Resource& resource, yaml::Node root, std::span<const Row> table, Report& report) {
  for (const Row& row : table) {
    for (yaml::Node node : nodes_at(root, row.path)) {
      if (auto why = istio::fault(row.syntax, node))
        report.at(resource, node, format("{} {}", istio::shown(node.str()), *why)).alias("IST0106");
    }
  }
}

/// Fields that hold one of a few words. Source: istio.io MeshConfig and ProxyConfig reference.
struct Words {
  std::string_view path, words;
};

constexpr Words word_rows[] = {
    {"outboundTrafficPolicy.mode", "REGISTRY_ONLY|ALLOW_ANY"},
    {"inboundTrafficPolicy.mode", "PASSTHROUGH|LOCALHOST"},
    {"h2UpgradePolicy", "DO_NOT_UPGRADE|UPGRADE"},
    {"accessLogEncoding", "TEXT|JSON"},
    {"ingressControllerMode", "UNSPECIFIED|OFF|DEFAULT|STRICT"},
    {"pathNormalization.normalization", "DEFAULT|NONE|BASE|MERGE_SLASHES|DECODE_AND_MERGE_SLASHES"},
    {"defaultConfig.interceptionMode", "REDIRECT|TPROXY|NONE"},
    {"defaultConfig.gatewayTopology.forwardClientCertDetails",
     "UNDEFINED|SANITIZE|FORWARD_ONLY|APPEND_FORWARD|SANITIZE_SET|ALWAYS_FORWARD_ONLY"},
};

void check_words(const Resource& resource, yaml::Node mesh, Report& report) {
  for (const Words& row : word_rows) {
    for (yaml::Node node : nodes_at(mesh, row.path)) {
      const auto word = text_of(node);
      const auto choices = split_list(row.words, '|');
      // By its number a word may be given too.
      if (!word.is_known() || integer_of(node).is_known() || std::ranges::find(choices, *word) != choices.end()) continue;
      Finding finding = report.at(resource, node, format("{} is none of {}", istio::shown(*word), list_words(choices, 8)));
      finding.alias("IST0106");
      if (const auto meant = nearest(*word, choices)) finding.fix(format("change it to `{}`", *meant), node, *meant, Safety::unsafe);
    }
  }
}

void check_curves(const Resource& resource, yaml::Node mesh, Report& report) {
  if (mesh["meshMTLS"]["ecdhCurves"].size() > 0) {
    report.at_key(resource, mesh["meshMTLS"]["ecdhCurves"], "the curves of mTLS in the mesh cannot be chosen").alias("IST0106");
  }
  std::set<std::string_view> seen;
  for (yaml::Node node : mesh["tlsDefaults"]["ecdhCurves"].items()) {
    const auto curve = text_of(node);
    if (!curve.is_known()) continue;
    const bool known = std::find(std::begin(curves), std::end(curves), *curve) != std::end(curves);
    if (known && seen.insert(*curve).second) continue;
    report.at(resource, node, format("{} {}", istio::shown(*curve), known ? "stands twice" : "is no curve that Envoy knows"))
        .alias("IST0133")
        .severity(Severity::warning)
        .effect("the curve is left out");
  }
}

void check(const Graph& graph, Report& report) {
  for (const MeshConfig& config : graph.mesh_configs()) {
    if (!config.resource->linted()) continue;
    check_rows(*config.resource, config.node, rows, report);
    check_words(*config.resource, config.node, report);
    check_curves(*config.resource, config.node, report);
  }
  for (const ConfigMap& map : graph.linted<ConfigMap>()) {
    const yaml::Node text = map.data()["meshNetworks"];
    if (!text.is_scalar()) continue;
    const auto document = text.inner();
    check_rows(*map, document->root(), network_rows, report);
  }
}

}  // namespace

extern constinit const Rule mesh_config_invalid = {
    .info = {.id = "mesh-config-invalid",
             .summary = "the mesh's configuration holds a value that istiod refuses",
             .docs = "Ports, timeouts, hosts and networks of MeshConfig and MeshNetworks are held to what istiod takes: ports "
                     "from 1 to 65535, durations of at least 1ms, addresses and ranges, DNS names, and modes to their words. Curves that "
                     "Envoy does not know are a warning.",
             .effect = "istiod does not start, or keeps the configuration it had",
             .source = "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig",
             .severity = Severity::error,
             .aliases = {"IST0106", "IST0133"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::config_map, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
