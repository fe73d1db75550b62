// What an installation implies: an IstioOperator brings gateway Services and their pods. Each node points at the lines that imply it.
// Source: istio/istio manifests/profiles and manifests/charts/gateways/istio-ingress.

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "graph/index.h"
#include "model/istio/views.h"
#include "yaml/builder.h"

namespace hop {
namespace {

struct ChartPort {
  std::string_view name, port, target;
};

// The default profile's; demo adds the last two.
constexpr std::array<ChartPort, 5> chart_ports = {{
    {"status-port", "15021", "15021"},
    {"http2", "80", "8080"},
    {"https", "443", "8443"},
    {"tcp", "31400", "31400"},
    {"tls", "15443", "15443"},
}};

/// One ingress gateway of an installation, with the nodes that say something about it; absent ones fall to the chart's defaults.
struct ImpliedGateway {
  std::string_view name, ns;
  std::string_view profile;
  yaml::Node origin;     ///< what implies it as a whole
  yaml::Node component;  ///< item of components.ingressGateways; may be absent
  yaml::Node values;     ///< values.gateways.istio-ingressgateway
};

/// Profiles without an ingress gateway; every other has one, "default" among them.
bool profile_has_gateway(std::string_view profile) {
  static constexpr std::string_view without[] = {"minimal", "empty", "remote", "ambient", "external", "openshift-ambient"};
  return std::find(std::begin(without), std::end(without), profile) == std::end(without);
}

class ServiceWriter {
 public:
  explicit ServiceWriter(const ImpliedGateway& gateway) : gateway_(gateway) {}

  std::shared_ptr<const yaml::Document> service() {
    open("v1", "Service");
    builder_.key("spec", place());
    builder_.begin_mapping(place());
    write_type();
    builder_.key("selector", place());
    write_labels();
    builder_.key("ports", place());
    write_ports();
    builder_.end();
    return close();
  }

  std::shared_ptr<const yaml::Document> deployment() {
    open("apps/v1", "Deployment");
    builder_.key("spec", place());
    builder_.begin_mapping(place());
    builder_.key("template", place());
    builder_.begin_mapping(place());
    builder_.key("metadata", place());
    builder_.begin_mapping(place());
    const yaml::Node annotations = first({gateway_.component["k8s"]["podAnnotations"], gateway_.values["podAnnotations"]});
    if (annotations.is_mapping()) {
      builder_.key("annotations", annotations.key_span());
      builder_.copy(annotations);
    }
    builder_.key("labels", place());
    write_labels();
    builder_.end();
    builder_.key("spec", place());
    builder_.begin_mapping(place());
    builder_.key("containers", place());
    builder_.begin_sequence(place());
    builder_.begin_mapping(place());
    pair("name", "istio-proxy");
    builder_.end();
    builder_.end();
    builder_.end();
    builder_.end();
    builder_.end();
    return close();
  }

 private:
  Span place() const { return gateway_.origin.span(); }
  void pair(std::string_view key, std::string_view value) {
    builder_.key(key, place());
    builder_.scalar(value, place());
  }
  void open(std::string_view api_version, std::string_view kind) {
    builder_.begin_mapping(place());
    pair("apiVersion", api_version);
    pair("kind", kind);
    builder_.key("metadata", place());
    builder_.begin_mapping(place());
    pair("name", gateway_.name);
    pair("namespace", gateway_.ns);
    const yaml::Node annotations = first({gateway_.component["k8s"]["serviceAnnotations"], gateway_.values["serviceAnnotations"]});
    if (annotations.is_mapping() && kind == "Service") {
      builder_.key("annotations", annotations.key_span());
      builder_.copy(annotations);
    }
    builder_.end();
  }
  std::shared_ptr<const yaml::Document> close() {
    builder_.end();
    return builder_.finish();
  }
  static yaml::Node first(std::initializer_list<yaml::Node> nodes) {
    for (yaml::Node node : nodes) {
      if (node && !node.is_null()) return node;
    }
    return {};
  }
  void write_type() {
    const yaml::Node type = first({gateway_.component["k8s"]["service"]["type"], gateway_.values["type"]});
    builder_.key("type", type ? type.key_span() : place());
    if (type) {
      builder_.copy(type);
    } else {
      builder_.scalar("LoadBalancer", place());  // the chart's default
    }
  }
  /// The chart's labels under those of the component, which win.
  void write_labels() {
    const yaml::Node own = first({gateway_.component["label"], gateway_.values["labels"]});
    builder_.begin_mapping(place());
    for (const auto& [key, value] :
         {std::pair<std::string_view, std::string_view>{"app", "istio-ingressgateway"}, {"istio", "ingressgateway"}}) {
      if (!own.has(key)) pair(key, value);
    }
    for (const auto& [key, value] : own.entries()) {
      builder_.key(key.str(), key.span());
      builder_.copy(value);
    }
    builder_.end();
  }
  void write_ports() {
    const yaml::Node own = first({gateway_.component["k8s"]["service"]["ports"], gateway_.values["ports"]});
    if (own.is_sequence()) {
      builder_.copy(own);
      return;
    }
    builder_.begin_sequence(place());
    const std::size_t count = gateway_.profile == "demo" ? chart_ports.size() : 3;
    for (std::size_t i = 0; i < count; ++i) {
      builder_.begin_mapping(place());
      pair("name", chart_ports[i].name);
      pair("port", chart_ports[i].port);
      pair("targetPort", chart_ports[i].target);
      builder_.end();
    }
    builder_.end();
  }

  const ImpliedGateway& gateway_;
  yaml::Builder builder_;
};

std::string_view or_else(yaml::Node node, std::string_view otherwise) {
  const auto text = text_of(node);
  return text.is_known() ? *text : otherwise;
}

std::vector<ImpliedGateway> gateways_of(const Resource& resource) {
  const IstioOperator install(resource);
  const yaml::Node profile = install.spec()["profile"];
  const std::string_view profile_name = or_else(profile, "default");
  const std::string_view home = or_else(install.spec()["namespace"], resource.ns.empty() ? "istio-system" : resource.ns);
  const yaml::Node values = install.values()["gateways"]["istio-ingressgateway"];
  std::vector<ImpliedGateway> gateways;
  bool profile_default = profile_has_gateway(profile_name) && !text_of(profile).is_unknown();
  if (values["enabled"].boolean() == false) profile_default = false;
  for (yaml::Node component : install.ingress_gateways()) {
    const std::string_view name = or_else(component["name"], "istio-ingressgateway");
    const bool usual = name == "istio-ingressgateway";
    const auto enabled = boolean_of(component["enabled"]);
    if (enabled.value_or(usual && profile_default)) {
      gateways.push_back({name, or_else(component["namespace"], home), profile_name, component["name"] ? component["name"] : component,
                          component, values});
    }
    if (usual) profile_default = false;
  }
  if (profile_default)
    gateways.push_back({"istio-ingressgateway", home, profile_name, profile ? profile : resource.name_node(), {}, values});
  return gateways;
}

void add_implied(Index& index, std::shared_ptr<const yaml::Document> document, const Resource& origin,
                 const std::unordered_set<std::uint64_t>& taken) {
  const yaml::Node root = document->root();
  const Kind kind = find_kind(root["apiVersion"].str(), root["kind"].str());
  if (taken.contains(identity_key(origin.cluster, kind, root["metadata"]["namespace"].str(), root["metadata"]["name"].str()))) return;
  index.documents.push_back(std::move(document));
  if (Resource* resource = add_resource(index, root, Origin::implied, origin.cluster)) {
    resource->variant = origin.variant;
    resource->ns_known = resource->ns_known && origin.ns_known;
  }
}

}  // namespace

void imply_resources(Index& index) {
  std::unordered_set<std::uint64_t> taken;
  std::vector<const Resource*> installs;
  for (const Resource& resource : index.resources) {
    if (resource.kind == Kind::istio_operator && !resource.opaque) installs.push_back(&resource);
    if (resource.kind == Kind::service || resource.kind == Kind::deployment) {
      taken.insert(identity_key(resource.cluster, resource.kind, resource.ns, resource.name));
    }
  }
  for (const Resource* install : installs) {
    for (const ImpliedGateway& gateway : gateways_of(*install)) {
      add_implied(index, ServiceWriter(gateway).service(), *install, taken);
      add_implied(index, ServiceWriter(gateway).deployment(), *install, taken);
    }
  }
}

}  // namespace hop
