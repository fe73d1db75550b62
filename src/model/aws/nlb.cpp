#include "model/aws/nlb.h"

#include <string>

namespace hop::nlb {

Value<std::string_view> annotation(const Resource& service, std::string_view name) {
  return text_of(service.annotation(std::string(prefix) + "aws-load-balancer-" + std::string(name)));
}

Maker maker_of(const Service& service) {
  // Most Services are of another type: that is found out first.
  const auto type = service.type();
  if (type.is_unknown()) return Maker::unknown;
  if (type.value_or("ClusterIP") != "LoadBalancer") return Maker::none;
  const auto of_class = text_of(service.spec()["loadBalancerClass"]);
  const auto kind = annotation(*service, "type");
  const auto target = annotation(*service, "nlb-target-type");
  if (of_class.is_unknown() || kind.is_unknown()) return Maker::unknown;
  if (of_class.is_known()) {
    if (*of_class == "service.k8s.aws/nlb") return Maker::controller;
    return *of_class == "eks.amazonaws.com/nlb" ? Maker::auto_mode : Maker::other;
  }
  const std::string_view word = kind.value_or("");
  if (word == "nlb-ip") return Maker::controller;
  if (word == "nlb") return Maker::in_tree;
  if (word != "external") return Maker::either;
  return target.is_unknown() ? Maker::unknown : target.is_absent() ? Maker::nobody : Maker::controller;
}

yaml::Node annotations_for_service(const Resource& carrier) {
  const yaml::Node passed_on = carrier.kind == Kind::k8s_gateway ? carrier.spec()["infrastructure"]["annotations"] : yaml::Node();
  return passed_on ? passed_on : carrier.annotations();
}

std::vector<ServiceAnnotation> annotations_of(const Resource& carrier) {
  std::vector<ServiceAnnotation> all;
  for (const auto& [key, value] : annotations_for_service(carrier).entries()) {
    const std::string_view name = key.str();
    if (!name.starts_with(prefix)) continue;
    const std::string_view suffix = name.substr(prefix.size());
    const aws::Annotation* row = find(suffix);
    // Other clouds have the same prefix.
    if (row != nullptr || suffix.starts_with("aws-load-balancer-")) all.push_back({suffix, row, value});
  }
  return all;
}

}  // namespace hop::nlb
