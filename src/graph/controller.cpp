#include "graph/controller.h"

#include <algorithm>
#include <array>
#include <optional>

#include "graph/graph.h"
#include "graph/index.h"
#include "model/aws/annotations.h"

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

constexpr std::string_view chart_name = "aws-load-balancer-controller";

/// The container of a Deployment that runs the controller; absent if there is none.
yaml::Node controller_container(const Resource& deployment) {
  for (yaml::Node container : Workload(deployment).containers()) {
    if (container["image"].str().find(chart_name) != std::string_view::npos) return container;
  }
  return {};
}

/// Takes `--flag=value` and `--flag value`; a flag alone is a boolean that is on.
void read_arguments(Controller& controller, const Resource& deployment, yaml::Node container) {
  for (const char* list : {"command", "args"}) {
    yaml::Node before;
    for (yaml::Node argument : container[list].items()) {
      const std::string_view text = argument.str();
      for (const Flag& flag : flags) {
        Setting& setting = controller.*flag.setting;
        const auto value = text_of(argument);
        if (text.starts_with(flag.flag) && text.substr(flag.flag.size()).starts_with('=')) {
          setting = {text.substr(flag.flag.size() + 1), argument, &deployment, value.is_known()};
        } else if (text == flag.flag && flag.fallback == "false") {
          setting = {"true", argument, &deployment, true};
        } else if (before.str() == flag.flag && !text.starts_with("--")) {
          setting = {text, argument, &deployment, value.is_known()};
        }
      }
      before = argument;
    }
  }
}

void read_values(Controller& controller, const Resource& release, yaml::Node values) {
  for (const Flag& flag : flags) {
    const auto value = text_of(values[flag.chart_value]);
    if (!value.is_absent()) controller.*flag.setting = {value.value_or(""), value.node(), &release, value.is_known()};
  }
}

/// The Helm values with which a HelmRelease or an Argo CD Application installs the controller's chart; nothing if it installs another.
struct ChartValues {
  yaml::Node values;
  std::shared_ptr<const yaml::Document> document;  ///< of values held in a string
};

std::optional<ChartValues> chart_values(const Resource& release) {
  if (release.kind == Kind::helm_release) {
    if (release.spec()["chart"]["spec"]["chart"].str() != chart_name) return std::nullopt;
    return ChartValues{release.spec()["values"], nullptr};
  }
  const yaml::Node source = release.spec()["source"];
  if (source["chart"].str() != chart_name) return std::nullopt;
  const yaml::Node helm = source["helm"];
  if (helm["valuesObject"].is_mapping()) return ChartValues{helm["valuesObject"], nullptr};
  auto inner = helm["values"].inner();
  const yaml::Node root = inner->root();
  return ChartValues{root, std::move(inner)};
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
    if (graph_.of(Kind::ingress).empty()) return;
    for (Kind kind : {Kind::helm_release, Kind::application, Kind::deployment}) {
      for (const Resource* resource : graph_.of(kind)) read_install(*resource);
    }
    for (const Resource* resource : graph_.of(Kind::ingress_class)) read_class(IngressClass(*resource));
    for (const Resource* resource : graph_.of(Kind::other)) {
      if (resource->kind_name == "AlbConfig") in(*resource).alibaba = true;
    }
  }

 private:
  Controller& in(const Resource& resource) {
    return index_.controllers[resource.cluster < index_.controllers.size() ? resource.cluster : 0];
  }

  void read_install(const Resource& resource) {
    Controller& controller = in(resource);
    if (resource.kind == Kind::deployment) {
      const yaml::Node container = controller_container(resource);
      if (!container) return;
      controller.installed_by = &resource;
      read_arguments(controller, resource, container);
    } else if (const auto chart = chart_values(resource)) {
      if (chart->document) index_.documents.push_back(chart->document);
      controller.installed_by = &resource;
      read_values(controller, resource, chart->values);
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

void read_controllers(const Graph& graph, Index& index) { ControllerReader(graph, index).run(); }

const Controller& Graph::controller(const Resource& from) const {
  note(Facet::entry);
  return index_->controllers[from.cluster < index_->controllers.size() ? from.cluster : 0];
}

}  // namespace hop
