#pragma once
// IngressClassParams of the AWS Load Balancer Controller (and of EKS Auto Mode): which annotation each field overrides.
// Knows nothing of which Ingress they hold for. Source: controller apis/elbv2/v1beta1, docs/guide/ingress/ingress_class.md.

#include <span>
#include <string_view>

#include "model/resource.h"

namespace hop {

struct IngressClassParams : View {
  static constexpr Kind kind = Kind::ingress_class_params;
  using View::View;
  /// The field that overrides the annotation of this suffix (model/aws/annotations.h); absent where it is not set or there is none.
  yaml::Node overriding(std::string_view suffix) const;
};

namespace alb {

/// An annotation and the field that overrides it. Merged ones (tags, attributes) are not here.
struct Override {
  std::string_view suffix;
  std::string_view field;  ///< a dot goes one level down
};
std::span<const Override> overrides();

}  // namespace alb
}  // namespace hop
