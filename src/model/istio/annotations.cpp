#include "model/istio/annotations.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

#include "model/address.h"
#include "model/istio/value_syntax.h"
#include "model/k8s/views.h"
#include "text/words.h"
#include "yaml/template.h"

namespace hop::istio {
namespace {

constexpr KindSet any = KindSet::every_kind();
constexpr KindSet pod{Kind::pod};
constexpr KindSet service{Kind::service};
constexpr KindSet gateway{Kind::k8s_gateway};
constexpr KindSet entry{Kind::workload_entry};
constexpr bool deprecated = true;
constexpr bool current = false;
constexpr bool alpha = true;
constexpr bool stable = false;

// By name. Hidden ones count too: Istio reads them.
constexpr Annotation table[] = {
    {"alpha.istio.io/canonical-serviceaccounts", service, deprecated, alpha},
    {"alpha.istio.io/kubernetes-serviceaccounts", service, deprecated, alpha},
    {"ambient.istio.io/bypass-inbound-capture", pod, current, alpha},
    {"ambient.istio.io/dns-capture", pod, current, alpha},
    {"ambient.istio.io/redirection", pod, current, stable},
    {"ambient.istio.io/waypoint-inbound-binding", {Kind::gateway_class, Kind::k8s_gateway}, current, alpha},
    {"galley.istio.io/analyze-suppress", any, current, alpha},
    {"gateway.istio.io/controller-version", any, current, alpha},
    {"gateway.istio.io/name-override", gateway, current, alpha},
    {"gateway.istio.io/service-account", gateway, current, alpha},
    {"inject.istio.io/templates", pod, current, alpha},
    {"install.operator.istio.io/chart-owner", any, current, alpha},
    {"install.operator.istio.io/owner-generation", any, current, alpha},
    {"install.operator.istio.io/version", any, current, alpha},
    {"istio.io/autoRegistrationGroup", entry, current, alpha},
    {"istio.io/connect-strategy", {Kind::service_entry}, current, alpha},
    {"istio.io/connectedAt", entry, current, alpha},
    {"istio.io/disconnectedAt", entry, current, alpha},
    {"istio.io/dry-run", {Kind::authorization_policy}, current, alpha},
    {"istio.io/reroute-virtual-interfaces", pod, current, alpha, Holds::interfaces},
    {"istio.io/rev", pod, current, alpha},
    {"istio.io/workloadController", entry, current, alpha},
    {"kubernetes.io/ingress.class", {Kind::ingress}, current, stable},
    {"networking.istio.io/address-type", gateway, current, alpha},
    {"networking.istio.io/exportTo", service, current, alpha},
    {"networking.istio.io/service-type", gateway, current, alpha},
    {"networking.istio.io/traffic-distribution", {Kind::service, Kind::service_entry, Kind::namespace_}, current, alpha},
    {"prometheus.istio.io/merge-metrics", pod, current, alpha, Holds::boolean},
    {"proxy.istio.io/config", pod, current, stable, Holds::proxy_config},
    {"proxy.istio.io/overrides", pod, current, alpha},
    {"readiness.status.sidecar.istio.io/applicationPorts", pod, current, alpha, Holds::ports},
    {"readiness.status.sidecar.istio.io/failureThreshold", pod, current, alpha, Holds::count},
    {"readiness.status.sidecar.istio.io/initialDelaySeconds", pod, current, alpha, Holds::count},
    {"readiness.status.sidecar.istio.io/periodSeconds", pod, current, alpha, Holds::count},
    {"sidecar.istio.io/agentLogLevel", pod, current, alpha},
    {"sidecar.istio.io/bootstrapOverride", pod, current, alpha},
    {"sidecar.istio.io/componentLogLevel", pod, current, alpha},
    {"sidecar.istio.io/discoveryAddress", pod, deprecated, alpha},
    {"sidecar.istio.io/enableCoreDump", pod, current, alpha},
    {"sidecar.istio.io/extraStatTags", pod, deprecated, alpha},
    {"sidecar.istio.io/inject", pod, deprecated, stable},
    {"sidecar.istio.io/interceptionMode", pod, current, alpha, Holds::interception_mode},
    {"sidecar.istio.io/logLevel", pod, current, alpha},
    {"sidecar.istio.io/nativeSidecar", pod, current, alpha},
    {"sidecar.istio.io/proxyCPU", pod, current, alpha, Holds::quantity},
    {"sidecar.istio.io/proxyCPULimit", pod, current, alpha, Holds::quantity},
    {"sidecar.istio.io/proxyImage", pod, current, alpha},
    {"sidecar.istio.io/proxyImageType", pod, current, alpha},
    {"sidecar.istio.io/proxyMemory", pod, current, alpha, Holds::quantity},
    {"sidecar.istio.io/proxyMemoryLimit", pod, current, alpha, Holds::quantity},
    {"sidecar.istio.io/rewriteAppHTTPProbers", pod, current, alpha},
    {"sidecar.istio.io/statsCompression", pod, deprecated, alpha},
    {"sidecar.istio.io/statsEvictionInterval", pod, current, alpha},
    {"sidecar.istio.io/statsHistogramBuckets", pod, current, alpha},
    {"sidecar.istio.io/statsInclusionPrefixes", pod, deprecated, alpha},
    {"sidecar.istio.io/statsInclusionRegexps", pod, deprecated, alpha},
    {"sidecar.istio.io/statsInclusionSuffixes", pod, deprecated, alpha},
    {"sidecar.istio.io/status", pod, current, alpha},
    {"sidecar.istio.io/userVolume", pod, current, alpha},
    {"sidecar.istio.io/userVolumeMount", pod, current, alpha},
    {"status.sidecar.istio.io/port", pod, current, alpha, Holds::port},
    {"topology.istio.io/controlPlaneClusters", {Kind::namespace_}, current, alpha},
    {"traffic.istio.io/nodeSelector", service, current, stable},
    {"traffic.sidecar.istio.io/excludeInboundPorts", pod, current, alpha, Holds::ports},
    {"traffic.sidecar.istio.io/excludeInterfaces", pod, current, alpha, Holds::interfaces},
    {"traffic.sidecar.istio.io/excludeOutboundIPRanges", pod, current, alpha, Holds::cidrs},
    {"traffic.sidecar.istio.io/excludeOutboundPorts", pod, current, alpha, Holds::ports},
    {"traffic.sidecar.istio.io/includeInboundPorts", pod, current, alpha, Holds::ports_or_all},
    {"traffic.sidecar.istio.io/includeOutboundIPRanges", pod, current, alpha, Holds::cidrs_or_all},
    {"traffic.sidecar.istio.io/includeOutboundPorts", pod, current, alpha, Holds::ports},
    {"traffic.sidecar.istio.io/kubevirtInterfaces", pod, deprecated, alpha, Holds::interfaces},
};

static_assert(std::is_sorted(std::begin(table), std::end(table), [](const Annotation& a, const Annotation& b) { return a.name < b.name; }));

// Source: istio.io/docs/reference/config/labels; those that are annotations too are left out.
constexpr std::string_view labels[] = {
    "gateway.istio.io/managed",        "istio.io/dataplane-mode",
    "istio.io/gateway-name",           "istio.io/global",
    "istio.io/ingress-use-waypoint",   "istio.io/tag",
    "istio.io/use-waypoint",           "istio.io/use-waypoint-namespace",
    "istio.io/waypoint-for",           "networking.istio.io/enable-autoallocate-ip",
    "networking.istio.io/gatewayPort", "networking.istio.io/tunnel",
    "operator.istio.io/component",     "operator.istio.io/managed",
    "operator.istio.io/version",       "security.istio.io/tlsMode",
    "service.istio.io/canonical-name", "service.istio.io/canonical-revision",
    "service.istio.io/workload-name",  "topology.istio.io/cluster",
    "topology.istio.io/network",       "topology.istio.io/subzone",
};

std::optional<std::uint64_t> digits(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool is_at_most(std::string_view text, std::uint64_t most) {
  const auto number = digits(text);
  return number && *number <= most;
}

bool is_port(std::string_view text) { return is_at_most(trim(text), 65535); }

/// A Kubernetes quantity: `100m`, `1.5Gi`, `1e3`.
bool is_quantity(std::string_view text) {
  static constexpr std::string_view units[] = {"", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) text.remove_prefix(1);
  const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
  const std::string_view number = text.substr(0, end);
  if (number.find_first_of("0123456789") == std::string_view::npos || std::count(number.begin(), number.end(), '.') > 1) return false;
  std::string_view unit = text.substr(end);
  if (std::find(std::begin(units), std::end(units), unit) != std::end(units)) return true;
  if (unit.front() != 'e' && unit.front() != 'E') return false;
  unit.remove_prefix(unit.size() > 1 && (unit[1] == '+' || unit[1] == '-') ? 2 : 1);
  return digits(unit).has_value();
}

/// What Go takes for a boolean.
bool is_boolean(std::string_view text) {
  static constexpr std::string_view words[] = {"1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"};
  return std::find(std::begin(words), std::end(words), text) != std::end(words);
}

/// An interface's name, or the start of one with a `+` behind it.
bool is_interface(std::string_view text) { return text.size() <= 16 && text.find_first_of(" \t/:;'\"") == std::string_view::npos; }

template <class Accepts>
bool all_of_list(std::string_view text, Accepts accepts) {
  const auto pieces = split_list(text, ',');
  return std::all_of(pieces.begin(), pieces.end(), accepts);
}

/// Whether a list is empty, or each piece between two commas is accepted as it stands, blanks included: the injector takes no blank before
/// a range, and no comma too many. Source: istio/istio pkg/kube/inject/validate.go.
template <class Accepts>
bool all_between_commas(std::string_view text, Accepts accepts) {
  if (text.empty()) return true;
  for (std::size_t end = text.find(','); end != std::string_view::npos; end = text.find(',')) {
    if (!accepts(text.substr(0, end))) return false;
    text.remove_prefix(end + 1);
  }
  return accepts(text);
}

/// ProxyConfig in a scalar. Source: istio.io/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig, pkg/config/validation.
bool is_proxy_config(yaml::Node value) {
  struct Row {
    std::string_view field;
    Syntax syntax;
  };
  static constexpr Row rows[] = {{"concurrency", Syntax::count},
                                 {"statusPort", Syntax::port},
                                 {"proxyAdminPort", Syntax::port},
                                 {"drainDuration", Syntax::seconds},
                                 {"parentShutdownDuration", Syntax::seconds}};
  const auto document = value.inner();
  const yaml::Node root = document->root();
  const auto is_wrong = [&](const Row& row) {
    const auto text = text_of(root[row.field]);
    const bool number = row.syntax == Syntax::count || row.syntax == Syntax::port;
    return fault(row.syntax, root[row.field]) || (number && text.is_known() && !integer_of(root[row.field], true).is_known());
  };
  return root.is_mapping() && std::none_of(std::begin(rows), std::end(rows), is_wrong);
}

}  // namespace

std::span<const Annotation> annotations() { return table; }

const Annotation* find_annotation(std::string_view name) {
  const auto at = std::lower_bound(std::begin(table), std::end(table), name,
                                   [](const Annotation& annotation, std::string_view key) { return annotation.name < key; });
  return at != std::end(table) && at->name == name ? at : nullptr;
}

bool is_istio_annotation(std::string_view key) {
  if (key == "kubernetes.io/ingress.class") return true;
  const std::size_t slash = key.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view prefix = key.substr(0, slash);
  return prefix == "istio.io" || prefix.ends_with(".istio.io");
}

bool is_written_by_istio(std::string_view key) {
  return key == "sidecar.istio.io/status" || key == "gateway.istio.io/controller-version" || key == "istio.io/rev";
}

bool is_istio_label(std::string_view key) { return std::find(std::begin(labels), std::end(labels), key) != std::end(labels); }

std::string_view readers(const Annotation& annotation) {
  if (annotation.where.has(Kind::pod)) return "Pods";
  if (annotation.where.has(Kind::ingress)) return "Ingresses";
  if (annotation.where.has(Kind::k8s_gateway)) return "Gateways of the Gateway API";
  if (annotation.where.has(Kind::workload_entry)) return "`WorkloadEntry` objects";
  if (annotation.where.has(Kind::authorization_policy)) return "`AuthorizationPolicy` objects";
  if (annotation.where.has(Kind::service)) return "Services";
  if (annotation.where.has(Kind::service_entry)) return "`ServiceEntry` objects";
  return "Namespaces";
}

bool accepts(Holds holds, yaml::Node value) {
  if (!value.is_scalar() || value.is_null() || yaml::is_placeholder(value.str())) return true;
  const std::string_view text = value.str();
  switch (holds) {
    case Holds::anything:
      return true;
    case Holds::boolean:
      return is_boolean(text);
    case Holds::interception_mode:
      return text == "REDIRECT" || text == "TPROXY" || text == "NONE";
    case Holds::port:
      return is_port(text);
    case Holds::ports:
      return all_between_commas(trim(text), is_port);
    case Holds::ports_or_all:
      return text == "*" || all_between_commas(trim(text), is_port);
    case Holds::count:
      return is_at_most(text, 0xffffffffU);
    case Holds::cidrs:
      return all_between_commas(text, is_cidr);
    case Holds::cidrs_or_all:
      return text == "*" || all_between_commas(text, is_cidr);
    case Holds::quantity:
      return is_quantity(text);
    case Holds::interfaces:
      return all_of_list(text, is_interface);
    case Holds::proxy_config:
      return trim(text).empty() || is_proxy_config(value);
  }
  return true;
}

std::string_view to_string(Holds holds) {
  switch (holds) {
    case Holds::anything:
      return "anything";
    case Holds::boolean:
      return "`true` or `false`";
    case Holds::interception_mode:
      return "`REDIRECT`, `TPROXY` or `NONE`";
    case Holds::port:
      return "a port";
    case Holds::ports:
      return "ports separated by commas";
    case Holds::ports_or_all:
      return "`*` or ports separated by commas";
    case Holds::count:
      return "a whole number";
    case Holds::cidrs:
      return "CIDR ranges separated by bare commas";
    case Holds::cidrs_or_all:
      return "`*` or CIDR ranges separated by bare commas";
    case Holds::quantity:
      return "a quantity such as `100m` or `64Mi`";
    case Holds::interfaces:
      return "interface names separated by commas";
    case Holds::proxy_config:
      return "a ProxyConfig that istiod takes";
  }
  return "";
}

namespace {

bool has_istio_annotation(yaml::Node annotations) {
  for (const auto& [key, value] : annotations.entries()) {
    if (is_istio_annotation(key.str())) return true;
  }
  return false;
}

}  // namespace

std::vector<Annotated> annotated(const Resource& resource) {
  if (!annotated_kinds.has(resource.kind)) return {};
  // Most have none of Istio's, and several rules ask.
  if (!has_istio_annotation(resource.annotations()) && !has_istio_annotation(resource.pod_annotations())) return {};
  const Annotated own{resource.metadata(), resource.kind == Kind::pod ? resource.spec() : yaml::Node(), resource.kind};
  if (resource.kind == Kind::pod || !workload_kinds.has(resource.kind)) return {own};
  return {own, {resource.pods()["metadata"], resource.pod_spec(), Kind::pod}};
}

}  // namespace hop::istio
