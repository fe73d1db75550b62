#pragma once
// How the AWS Load Balancer Controller itself is installed: its Deployment's flags, its chart's values, the Secret of its webhook.
// Source: kubernetes-sigs.github.io/aws-load-balancer-controller, deploy/installation and deploy/configurations; its Helm chart.

#include <optional>
#include <string_view>
#include <vector>

#include "model/chart.h"
#include "model/k8s/views.h"

namespace hop::aws {

inline constexpr std::string_view controller_chart = "aws-load-balancer-controller";

/// Whether a Secret is that of the controller's admission webhook, as the chart and the raw manifests name it. Its certificate is for a
/// name inside the cluster and made anew with every render of the chart.
constexpr bool is_webhook_secret(std::string_view name) {
  return name == "aws-load-balancer-tls" || name == "aws-load-balancer-webhook-tls";
}

/// A flag of the controller's command line: `--name=value`, `--name value`, or `--name` alone with no value.
struct Flag {
  std::string_view value;
  yaml::Node node;  ///< the item of `args` that holds the value
};

/// The container of a Deployment that is the controller; absent in others.
yaml::Node controller_container(const Resource& deployment);
/// `name` with its dashes: "--cluster-name".
std::optional<Flag> flag(yaml::Node container, std::string_view name);
/// Where a flag would stand: the list of arguments, else the container.
yaml::Node flags_of(yaml::Node container);

}  // namespace hop::aws
