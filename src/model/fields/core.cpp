// Fields of Services, Ingresses and the smaller kinds of Kubernetes' core.
// Source: kubernetes.io/docs/reference/kubernetes-api, Kubernetes 1.37.
#include "model/fields/tables.h"

namespace hop::fields {
namespace {

constexpr Choice traffic_policy{"Cluster", "Local"};
constexpr Choice ip_family{"IPv4", "IPv6"};
constexpr Choice ip_family_policy{"PreferDualStack", "RequireDualStack", "SingleStack"};
constexpr Choice session_affinity{"ClientIP", "None"};
constexpr Choice service_type{"ClusterIP", "ExternalName", "LoadBalancer", "NodePort"};
constexpr Choice path_type{"Exact", "ImplementationSpecific", "Prefix"};
constexpr Choice parameters_scope{"Cluster", "Namespace"};
constexpr Choice policy_type{"Egress", "Ingress"};
constexpr Object namespace_spec{{{"finalizers", list<text>}}};
constexpr Root namespace_object{{{"spec", namespace_spec}}};
constexpr Object service_port{{{"appProtocol", text},
                               {"name", text},
                               {"nodePort", port_or_zero},
                               must("port", port),
                               {"protocol", protocol},
                               {"targetPort", int_or_text}}};
constexpr Object client_ip_config{{{"timeoutSeconds", whole}}};
constexpr Object session_affinity_config{{{"clientIP", client_ip_config}}};
constexpr Object service_spec{{{"allocateLoadBalancerNodePorts", flag},
                               {"clusterIP", text},
                               {"clusterIPs", list<text>},
                               {"externalIPs", list<text>},
                               {"externalName", text},
                               {"externalTrafficPolicy", traffic_policy},
                               {"healthCheckNodePort", port_or_zero},
                               moved("ipFamily", "`ipFamilies`"),
                               {"internalTrafficPolicy", traffic_policy},
                               {"ipFamilies", list<ip_family>},
                               {"ipFamilyPolicy", ip_family_policy},
                               {"loadBalancerClass", text},
                               {"loadBalancerIP", text},
                               {"loadBalancerSourceRanges", list<text>},
                               {"ports", list<service_port>},
                               {"publishNotReadyAddresses", flag},
                               {"selector", map<text>},
                               {"sessionAffinity", session_affinity},
                               {"sessionAffinityConfig", session_affinity_config},
                               {"trafficDistribution", text},
                               moved("topologyKeys", "`trafficDistribution`"),
                               {"type", service_type}}};
constexpr Root service{{{"spec", service_spec}}};
constexpr Root secret{{{"data", map<text>}, {"immutable", flag}, {"stringData", map<text>}, {"type", text}}};
constexpr Root config_map{{{"binaryData", map<text>}, {"data", map<text>}, {"immutable", flag}}};
constexpr Object object_reference{{{"apiVersion", text},
                                   {"fieldPath", text},
                                   {"kind", text},
                                   {"name", text},
                                   {"namespace", text},
                                   {"resourceVersion", text},
                                   {"uid", text}}};
constexpr Root service_account{
    {{"automountServiceAccountToken", flag}, {"imagePullSecrets", list<local_reference>}, {"secrets", list<object_reference>}}};
constexpr Object node_pod_preemption_policy{{{"disableResizePreemption", list<text>}}};
constexpr Object taint{{must("effect", text), must("key", text), {"timeAdded", text}, {"value", text}}};
constexpr Object node_spec{{{"configSource", any},
                            {"externalID", text},
                            {"podCIDR", text},
                            {"podCIDRs", list<text>},
                            {"podPreemptionPolicy", node_pod_preemption_policy},
                            {"providerID", text},
                            {"taints", list<taint>},
                            {"unschedulable", flag}}};
constexpr Root node{{{"spec", node_spec}}};
constexpr Object service_backend_port{{{"name", text}, {"number", port_or_zero}}};
constexpr Object ingress_service_backend{{must("name", text), {"port", service_backend_port}}};
constexpr Object ingress_backend{{{"resource", typed_local_reference},
                                  {"service", ingress_service_backend},
                                  moved("serviceName", "`service.name`"),
                                  moved("servicePort", "`service.port.number` or `service.port.name`")}};
constexpr Object http_ingress_path{{must("backend", ingress_backend), {"path", text}, must("pathType", path_type)}};
constexpr Object http_ingress_rule_value{{must("paths", list<http_ingress_path>)}};
constexpr Object ingress_rule{{{"host", text}, {"http", http_ingress_rule_value}}};
constexpr Object ingress_tls{{{"hosts", list<text>}, {"secretName", text}}};
constexpr Object ingress_spec{{moved("backend", "`defaultBackend`"),
                               {"defaultBackend", ingress_backend},
                               {"ingressClassName", text},
                               {"rules", list<ingress_rule>},
                               {"tls", list<ingress_tls>}}};
constexpr Root ingress{{{"spec", ingress_spec}}};
constexpr Object class_parameters{
    {{"apiGroup", text}, must("kind", text), must("name", text), {"namespace", text}, {"scope", parameters_scope}}};
constexpr Object ingress_class_spec{{{"controller", text}, {"parameters", class_parameters}}};
constexpr Root ingress_class{{{"spec", ingress_class_spec}}};
constexpr Object network_policy_port{{{"endPort", whole}, {"port", int_or_text}, {"protocol", protocol}}};
constexpr Object ip_block{{must("cidr", text), {"except", list<text>}}};
constexpr Object network_policy_peer{{{"ipBlock", ip_block}, {"namespaceSelector", label_selector}, {"podSelector", label_selector}}};
constexpr Object network_policy_egress_rule{{{"ports", list<network_policy_port>}, {"to", list<network_policy_peer>}}};
constexpr Object network_policy_ingress_rule{{{"from", list<network_policy_peer>}, {"ports", list<network_policy_port>}}};
constexpr Object network_policy_spec{{{"egress", list<network_policy_egress_rule>},
                                      {"ingress", list<network_policy_ingress_rule>},
                                      {"podSelector", label_selector},
                                      {"policyTypes", list<policy_type>}}};
constexpr Root network_policy{{{"spec", network_policy_spec}}};
constexpr Root persistent_volume_claim{{{"spec", claim_spec}}};

}  // namespace

std::span<const Table> core_tables() {
  static constexpr Table tables[] = {
      {Kind::namespace_, "v1", namespace_object},
      {Kind::service, "v1", service},
      {Kind::secret, "v1", secret},
      {Kind::config_map, "v1", config_map},
      {Kind::service_account, "v1", service_account},
      {Kind::node, "v1", node},
      {Kind::persistent_volume_claim, "v1", persistent_volume_claim},
      {Kind::ingress, "networking.k8s.io/v1", ingress},
      {Kind::ingress_class, "networking.k8s.io/v1", ingress_class},
      {Kind::network_policy, "networking.k8s.io/v1", network_policy},
  };
  return tables;
}

}  // namespace hop::fields
