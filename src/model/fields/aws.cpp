// Fields of the AWS Load Balancer Controller's kinds; those of EKS Auto Mode (eks.amazonaws.com) are others and not checked.
// Source: kubernetes-sigs.github.io/aws-load-balancer-controller, guide/ingress/ingress_class and guide/targetgroupbinding/spec.
#include "model/fields/tables.h"

namespace hop::fields {
namespace {

// Words, and what excludes what, are told by rules of these kinds.
constexpr Choice target_protocol{"TCP", "UDP"};
constexpr Object group{{must("name", text)}};
constexpr Object attribute{{must("key", text), must("value", text)}};
constexpr Object listener{{{"listenerAttributes", list<attribute>}, {"port", whole}, {"protocol", text}}, Unlisted::doubtful};
constexpr Object capacity{{must("capacityUnits", whole)}};
constexpr Object address_pools{{{"ipv4IPAMPoolId", text}}, Unlisted::doubtful};
constexpr Object subnets{{{"ids", list<text>}, {"matchTags", any}, {"tags", map<list<text>>}}};
// The controller adds fields to it with every other release.
constexpr Object class_params_spec{{{"PrefixListsIDs", list<text>},
                                    {"certificateArn", list<text>},
                                    {"group", group},
                                    {"inboundCIDRs", list<text>},
                                    {"ipAddressType", text},
                                    {"ipamConfiguration", address_pools},
                                    {"listeners", list<listener>},
                                    {"loadBalancerAttributes", list<attribute>},
                                    {"loadBalancerName", text},
                                    {"minimumLoadBalancerCapacity", capacity},
                                    {"namespaceSelector", label_selector},
                                    {"prefixListsIDs", list<text>},
                                    {"scheme", text},
                                    {"sslPolicy", text},
                                    {"sslRedirectPort", any},
                                    {"subnets", subnets},
                                    {"tags", list<attribute>},
                                    {"targetType", text},
                                    {"wafv2AclArn", text},
                                    {"wafv2AclName", text}},
                                   Unlisted::doubtful};
constexpr Root class_params{{{"spec", class_params_spec}}};

constexpr Object address_block{{must("cidr", text)}};
constexpr Object security_group{{must("groupID", text)}};
constexpr Object peer{{told("cidr"), told("groupID"), {"ipBlock", address_block}, {"securityGroup", security_group}}};
constexpr Object peer_port{{{"port", int_or_text}, {"protocol", target_protocol}}};
constexpr Object ingress_rule{{must("from", list<peer>), must("ports", list<peer_port>)}};
constexpr Object networking{{{"ingress", list<ingress_rule>}}};
constexpr Object service_ref{{must("name", text), must("port", int_or_text)}};
constexpr Object binding_spec{{{"iamRoleArnToAssume", text},
                               {"assumeRoleExternalId", text},
                               {"ipAddressType", text},
                               {"multiClusterTargetGroup", flag},
                               {"networking", networking},
                               {"nodeSelector", label_selector},
                               must("serviceRef", service_ref),
                               {"targetGroupARN", text},
                               {"targetGroupName", text},
                               {"targetGroupProtocol", text},
                               {"targetType", text},
                               {"vpcID", text}},
                              Unlisted::doubtful};
constexpr Root target_group_binding{{{"spec", binding_spec}}};

}  // namespace

std::span<const Table> aws_tables() {
  static constexpr Table tables[] = {
      {Kind::ingress_class_params, "elbv2.k8s.aws/v1beta1", class_params},
      {Kind::target_group_binding, "elbv2.k8s.aws/v1beta1", target_group_binding},
  };
  return tables;
}

}  // namespace hop::fields
