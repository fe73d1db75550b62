#include "graph/controller.h"

#include <array>

#include "graph/graph.h"
#include "graph/index.h"
#include "model/aws/annotations.h"
#include "model/aws/controller.h"

namespace hop {
namespace {

/// A setting of the controller: its flag, the value of its Helm chart, and what holds without either.
struct Flag {
  std::string_view flag, chart_value, fallback;
  Setting Controller::* setting;
};

constexpr std::array<Flag, 6> flags = {{
    {"--ingress-class", "ingressClass", "alb", &Controller::ingress_class},
    {"--default-target-type", "defaultTargetType", "instance", &Controller::target_type},
    {"--default-load-balancer-scheme", "defaultLoadBalancerScheme", "internal", &Controller::scheme},
    {"--default-ssl-policy", "defaultSSLPolicy", "ELBSecurityPolicy-2016-08", &Controller::ssl_policy},
    {"--enable-manage-backend-security-group-rules", "enableManageBackendSecurityGroupRules", "false", &Controller::manage_backend_rules},
    {"--aws-region", "region", "", &Controller::region},
}};

/// A boolean flag without a value is on.
void read_arguments(Controller& controller, const Resource& deployment, yaml::Node container) {
  for (const Flag& flag : flags) {
    const auto found = aws::flag(container, flag.flag);
    if (!found) continue;
    const std::string_view value = found->value.empty() && flag.fallback == "false" ? "true" : found->value;
    controller.*flag.setting = {value, found->node, &deployment, text_of(found->node).is_known()};
  }
}

void read_values(Controller& controller, const Resource& release, const ChartUse& use) {
  for (const Flag& flag : flags) {
    const auto value = text_of(use.value({flag.chart_value}));
    if (!value.is_absent()) controller.*flag.setting = {value.value_or(""), value.node(), &release, value.is_known()};
  }
}

void read_environment(Controller& controller, const Environment& environment) {
  for (const Environment::Flag& said : environment.controller_flags) {
    for (const Flag& flag : flags) {
      if (flag.flag == said.name) controller.*flag.setting = {said.value, {}, nullptr, true};
    }
  }
}

Controller usual() {
  Controller controller;
  for (const Flag& flag : flags) controller.*flag.setting = {flag.fallback, {}, nullptr, true};
  return controller;
}

class ControllerReader {
 public:
  ControllerReader(const Graph& graph, Index& index) : graph_(graph), index_(index) {}

  void run() {
    index_.controllers.assign(index_.cluster_names.size(), usual());
    if (!graph_.of(Kind::ingress).empty()) read_manifests();
    for (Controller& controller : index_.controllers) read_environment(controller, graph_.world().environment);
  }

 private:
  void read_manifests() {
    for (Kind kind : {Kind::helm_release, Kind::application, Kind::deployment}) {
      for (const Resource* resource : graph_.of(kind)) read_install(*resource);
    }
    for (const Resource* resource : graph_.of(Kind::ingress_class)) read_class(IngressClass(*resource));
    for (const Resource* resource : graph_.of(Kind::other)) {
      if (resource->kind_name == "AlbConfig") in(*resource).alibaba = true;
    }
  }

  Controller& in(const Resource& resource) {
    return index_.controllers[resource.cluster < index_.controllers.size() ? resource.cluster : 0];
  }

  void read_install(const Resource& resource) {
    Controller& controller = in(resource);
    if (resource.kind == Kind::deployment) {
      const yaml::Node container = aws::controller_container(resource);
      if (!container) return;
      controller.installed_by = &resource;
      read_arguments(controller, resource, container);
      return;
    }
    for (const ChartUse& use : charts_of(resource)) {
      if (use.chart.str() != aws::controller_chart) continue;
      index_.documents.insert(index_.documents.end(), use.documents.begin(), use.documents.end());
      controller.installed_by = &resource;
      read_values(controller, resource, use);
    }
  }

  void read_class(const IngressClass& ingress_class) {
    Controller& controller = in(*ingress_class);
    if (ingress_class.controller().equals(alb::alibaba_controller) == Truth::yes) controller.alibaba = true;
    if (ingress_class.is_default() && controller.default_class == nullptr) controller.default_class = ingress_class.resource;
  }

  const Graph& graph_;
  Index& index_;
};

}  // namespace

Setting fallback(const Controller& controller, std::string_view suffix) {
  if (suffix == "target-type") return controller.target_type;
  if (suffix == "scheme") return controller.scheme;
  if (suffix == "ssl-policy") return controller.ssl_policy;
  if (suffix == "manage-backend-security-group-rules") return controller.manage_backend_rules;
  const alb::Annotation* annotation = alb::find(suffix);
  return {annotation != nullptr ? annotation->fallback : std::string_view{}, {}, nullptr, true};
}

std::span<const std::string_view> controller_flags_that_matter() {
  static constexpr auto names = [] {
    std::array<std::string_view, flags.size()> list;
    for (std::size_t i = 0; i < flags.size(); ++i) list[i] = flags[i].flag;
    return list;
  }();
  return names;
}

void read_controllers(const Graph& graph, Index& index) { ControllerReader(graph, index).run(); }

const Controller& Graph::controller(const Resource& from) const {
  note(Facet::entry);
  return index_->controllers[from.cluster < index_->controllers.size() ? from.cluster : 0];
}

}  // namespace hop
