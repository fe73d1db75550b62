#pragma once
// The AWS Load Balancer Controller as it is installed: the flags that decide where an Ingress and a Service say nothing.
// Knows nothing of Ingresses. Source: controller docs/deploy/configurations.md and the values of its Helm chart.

#include <span>
#include <string_view>

#include "graph/setting.h"

namespace hop {

/// One per cluster. Each setting is that of the controller's own default where nothing among the manifests says otherwise.
struct Controller {
  const Resource* installed_by = nullptr;   ///< Deployment, Application or HelmRelease; nullptr: not among the manifests
  Setting ingress_class;                    ///< --ingress-class: the value of the class annotation that it takes
  Setting target_type;                      ///< --default-target-type
  Setting scheme;                           ///< --default-load-balancer-scheme
  Setting ssl_policy;                       ///< --default-ssl-policy
  Setting manage_backend_rules;             ///< --enable-manage-backend-security-group-rules
  Setting region;                           ///< --aws-region; "" where it asks the instance
  bool alibaba = false;                     ///< Alibaba Cloud's ALB controller, which reads the same annotations, is here instead
  const Resource* default_class = nullptr;  ///< the IngressClass for Ingresses without a class
};

/// The flags that Controller is made of: "--ingress-class" and so on.
std::span<const std::string_view> controller_flags_that_matter();

/// The default of the annotation with this suffix as the controller is installed.
Setting fallback(const Controller& controller, std::string_view suffix);

}  // namespace hop
