#pragma once
// Who makes the load balancer of a Service, and its annotations with their table rows. Told from the Service alone.
// Source: aws-load-balancer-controller docs/guide/service/nlb.md, pkg/service; kubernetes/cloud-provider-aws docs/service_controller.md.

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/aws/annotations.h"
#include "model/k8s/views.h"

namespace hop::nlb {

enum class Maker : std::uint8_t {
  none,        ///< not of type LoadBalancer
  unknown,     ///< a placeholder decides
  controller,  ///< the AWS Load Balancer Controller
  auto_mode,   ///< EKS Auto Mode
  in_tree,     ///< `type: nlb`: the cloud provider, unless the controller's webhook gave the Service its class when it was created
  either,      ///< nothing says: the same, but a Classic load balancer
  nobody,      ///< `type: external` without a target type: neither, unless that webhook did
  other        ///< a class of somebody else
};
Maker maker_of(const Service& service);

struct ServiceAnnotation {
  std::string_view suffix;  ///< behind `service.beta.kubernetes.io/`
  const aws::Annotation* row = nullptr;
  yaml::Node value;
};
/// Those of AWS in source order; unknown ones too, without a row. Of a Gateway of the Gateway API those that it gives the Service made for
/// it: of `infrastructure` if that has any, else its own.
std::vector<ServiceAnnotation> annotations_of(const Resource& carrier);
/// The mapping that they stand in.
yaml::Node annotations_for_service(const Resource& carrier);

/// The value of `aws-load-balancer-<name>`.
Value<std::string_view> annotation(const Resource& service, std::string_view name);

}  // namespace hop::nlb
