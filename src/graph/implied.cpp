// Writes what installations imply; each node points at the lines that imply it.

#include "graph/implied.h"

#include <algorithm>

#include "model/chart.h"
#include "yaml/builder.h"

namespace hop {

Said said(yaml::Node node, std::string_view otherwise, Span place) {
  if (!node || node.is_null()) return {std::string(otherwise), place};
  return {std::string(node.is_scalar() ? node.str() : not_known), node.span()};
}

namespace {

class Writer {
 public:
  explicit Writer(const ImpliedGateway& gateway) : gateway_(gateway) {}

  std::shared_ptr<const yaml::Document> service() {
    open("v1", "Service", gateway_.service_annotations);
    key("spec");
    builder_.begin_mapping(gateway_.place);
    pair("type", gateway_.type);
    if (!gateway_.load_balancer_class.text.empty()) pair("loadBalancerClass", gateway_.load_balancer_class);
    labels("selector", {&gateway_.selector});
    key("ports");
    ports();
    builder_.end();
    builder_.end();
    return builder_.finish();
  }

  std::shared_ptr<const yaml::Document> pods() {
    open("apps/v1", gateway_.maker, {});
    for (const char* level : {"spec", "template"}) {
      key(level);
      builder_.begin_mapping(gateway_.place);
    }
    key("metadata");
    builder_.begin_mapping(gateway_.place);
    annotations(gateway_.pod_annotations);
    labels("labels", {&gateway_.selector, &gateway_.pod_labels});
    builder_.end();
    key("spec");
    builder_.begin_mapping(gateway_.place);
    if (!gateway_.account.text.empty()) pair("serviceAccountName", gateway_.account);
    key("containers");
    builder_.begin_sequence(gateway_.place);
    builder_.begin_mapping(gateway_.place);
    pair("name", {"istio-proxy", gateway_.place});
    for (int level = 0; level < 6; ++level) builder_.end();
    return builder_.finish();
  }

 private:
  void key(std::string_view text) { builder_.key(text, gateway_.place); }
  void pair(std::string_view name, const Said& value) {
    builder_.key(name, value.place);
    builder_.scalar(value.text, value.place);
  }
  void open(std::string_view api_version, std::string_view kind, const std::vector<yaml::Node>& annotated) {
    builder_.begin_mapping(gateway_.place);
    pair("apiVersion", {std::string(api_version), gateway_.place});
    pair("kind", {std::string(kind), gateway_.place});
    key("metadata");
    builder_.begin_mapping(gateway_.place);
    pair("name", gateway_.name);
    if (!gateway_.ns.empty()) pair("namespace", {gateway_.ns, gateway_.place});
    annotations(annotated);
    builder_.end();
  }
  void annotations(const std::vector<yaml::Node>& lists) {
    std::vector<std::string_view> written;
    for (yaml::Node list : lists) {
      for (const auto& [name, value] : list.entries()) {
        if (std::find(written.begin(), written.end(), name.str()) != written.end()) continue;
        if (written.empty()) {
          builder_.key("annotations", list.span());
          builder_.begin_mapping(list.span());
        }
        written.push_back(name.str());
        builder_.key(name.str(), name.span());
        builder_.copy(value);
      }
    }
    if (!written.empty()) builder_.end();
  }
  void labels(std::string_view name, std::initializer_list<const SaidLabels*> lists) {
    key(name);
    builder_.begin_mapping(gateway_.place);
    for (const SaidLabels* list : lists) {
      for (const auto& [label, value] : *list) pair(label, value);
    }
    builder_.end();
  }
  void ports() {
    if (gateway_.port_list.is_sequence()) return builder_.copy(gateway_.port_list);
    builder_.begin_sequence(gateway_.place);
    for (const SaidPort& port : gateway_.ports) {
      builder_.begin_mapping(port.number.place);
      pair("name", port.name);
      pair("port", port.number);
      pair("targetPort", port.target);
      if (!port.app_protocol.text.empty()) pair("appProtocol", port.app_protocol);
      builder_.end();
    }
    builder_.end();
  }

  const ImpliedGateway& gateway_;
  yaml::Builder builder_;
};

}  // namespace

const std::unordered_set<std::uint64_t>& Implied::taken() {
  if (taken_read_) return taken_;
  taken_read_ = true;
  for (const Resource& resource : index.resources) {
    const bool made = resource.kind == Kind::service || resource.kind == Kind::deployment || resource.kind == Kind::daemon_set;
    if (made) taken_.insert(identity_key(resource.cluster, resource.kind, resource.ns, resource.name));
  }
  return taken_;
}

void Implied::add(std::shared_ptr<const yaml::Document> document, const ImpliedGateway& gateway) {
  const yaml::Node root = document->root();
  const std::uint16_t cluster = gateway.origin != nullptr ? gateway.origin->cluster : 0;
  const Kind kind = find_kind(root["apiVersion"].str(), root["kind"].str());
  if (taken().contains(identity_key(cluster, kind, gateway.ns, gateway.name.text))) return;
  index.documents.push_back(std::move(document));
  Resource* resource = add_resource(index, root, Origin::implied, cluster);
  if (resource == nullptr) return;
  resource->name_known = resource->name_known && gateway.name_known;
  resource->ns_known = resource->ns_known && gateway.ns_known;
  if (gateway.origin == nullptr) return;
  resource->variant = gateway.origin->variant;
  resource->ns_known = resource->ns_known && gateway.origin->ns_known;
}

void Implied::add(const ImpliedGateway& gateway) {
  if (gateway.has_service) add(Writer(gateway).service(), gateway);
  add(Writer(gateway).pods(), gateway);
}

void imply_resources(const Input& input, Index& index) {
  Implied implied(input, index);
  std::vector<const Resource*> installs;
  bool gateways = false;
  for (const Resource& resource : index.resources) {
    if (resource.opaque) continue;
    if (resource.kind == Kind::istio_operator || chart_kinds.has(resource.kind)) installs.push_back(&resource);
    gateways = gateways || resource.kind == Kind::k8s_gateway;
  }
  for (const Resource* install : installs) {
    if (install->kind == Kind::istio_operator) imply_from_operator(implied, *install);
    if (chart_kinds.has(install->kind)) imply_from_charts(implied, *install);
  }
  imply_from_values(implied);
  if (gateways) imply_from_gateways(implied);
}

}  // namespace hop
