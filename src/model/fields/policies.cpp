// Fields of autoscaling, disruption budgets, RBAC and webhooks.
// Source: kubernetes.io/docs/reference/kubernetes-api, Kubernetes 1.37.
#include "model/fields/tables.h"

namespace hop::fields {
namespace {

constexpr Choice unhealthy_pod_eviction_policy{"AlwaysAllow", "IfHealthyBudget"};
constexpr Choice scaling_word{"Percent", "Pods"};
constexpr Choice select_policy{"Disabled", "Max", "Min"};
constexpr Choice metric_target_word{"AverageValue", "Utilization", "Value"};
constexpr Choice metric_word{"ContainerResource", "External", "Object", "Pods", "Resource"};
constexpr Choice role_ref_kind{"ClusterRole", "Role"};
constexpr Choice subject_kind{"Group", "ServiceAccount", "User"};
constexpr Choice failure_policy{"Fail", "Ignore"};
constexpr Choice match_policy{"Equivalent", "Exact"};
constexpr Choice reinvocation_policy{"IfNeeded", "Never"};
constexpr Choice operation{"*", "CONNECT", "CREATE", "DELETE", "UPDATE"};
constexpr Choice rule_scope{"*", "Cluster", "Namespaced"};
constexpr Choice side_effects{"None", "NoneOnDryRun"};
constexpr Object pod_disruption_budget_spec{{{"maxUnavailable", int_or_text},
                                             {"minAvailable", int_or_text},
                                             {"selector", label_selector},
                                             {"unhealthyPodEvictionPolicy", unhealthy_pod_eviction_policy}}};
constexpr Root pod_disruption_budget{{{"spec", pod_disruption_budget_spec}}};
constexpr Object scale_target{{{"apiVersion", text}, must("kind", text), must("name", text)}};
constexpr Object autoscaler_spec_v1{{must("maxReplicas", whole),
                                     moved("behavior", "`autoscaling/v2`"),
                                     moved("metrics", "`autoscaling/v2`"),
                                     {"minReplicas", whole},
                                     must("scaleTargetRef", scale_target),
                                     {"targetCPUUtilizationPercentage", whole}}};
constexpr Root autoscaler_v1{{must("spec", autoscaler_spec_v1)}};
constexpr Object hpa_scaling_policy{{must("periodSeconds", whole), must("type", scaling_word), must("value", whole)}};
constexpr Object hpa_scaling_rules{{{"policies", list<hpa_scaling_policy>},
                                    {"selectPolicy", select_policy},
                                    {"stabilizationWindowSeconds", whole},
                                    {"tolerance", quantity}}};
constexpr Object autoscaler_behavior{{{"scaleDown", hpa_scaling_rules}, {"scaleUp", hpa_scaling_rules}}};
constexpr Object metric_target{
    {{"averageUtilization", whole}, {"averageValue", quantity}, must("type", metric_target_word), {"value", quantity}}};
constexpr Object container_resource_metric_source{{must("container", text), must("name", text), must("target", metric_target),
                                                   moved("targetAverageUtilization", "`target.averageUtilization`"),
                                                   moved("targetAverageValue", "`target.averageValue`"),
                                                   moved("targetValue", "`target.value`")}};
constexpr Object metric_identifier{{must("name", text), {"selector", label_selector}}};
constexpr Object external_metric_source{{must("metric", metric_identifier), must("target", metric_target),
                                         moved("metricName", "`metric.name`"), moved("targetAverageValue", "`target.averageValue`"),
                                         moved("targetValue", "`target.value`")}};
constexpr Object object_metric_source{
    {must("describedObject", scale_target), must("metric", metric_identifier), must("target", metric_target)}};
constexpr Object resource_metric_source{{must("name", text), must("target", metric_target),
                                         moved("targetAverageUtilization", "`target.averageUtilization`"),
                                         moved("targetAverageValue", "`target.averageValue`"), moved("targetValue", "`target.value`")}};
constexpr Object metric_spec{{{"containerResource", container_resource_metric_source},
                              {"external", external_metric_source},
                              {"object", object_metric_source},
                              {"pods", external_metric_source},
                              {"resource", resource_metric_source},
                              must("type", metric_word)}};
constexpr Object autoscaler_spec_v2{{{"behavior", autoscaler_behavior},
                                     must("maxReplicas", whole),
                                     {"metrics", list<metric_spec>},
                                     moved("targetCPUUtilizationPercentage", "`metrics`"),
                                     {"minReplicas", whole},
                                     must("scaleTargetRef", scale_target)}};
constexpr Root autoscaler_v2{{must("spec", autoscaler_spec_v2)}};
constexpr Object policy_rule{{{"apiGroups", list<text>},
                              {"nonResourceURLs", list<text>},
                              {"resourceNames", list<text>},
                              {"resources", list<text>},
                              must("verbs", list<text>)}};
constexpr Root role{{{"rules", list<policy_rule>}}};
constexpr Object aggregation_rule{{{"clusterRoleSelectors", list<label_selector>}}};
constexpr Root cluster_role{{{"aggregationRule", aggregation_rule}, {"rules", list<policy_rule>}}};
constexpr Object role_ref{{{"apiGroup", text}, must("kind", role_ref_kind), must("name", text)}};
constexpr Object subject{{{"apiGroup", text}, must("kind", subject_kind), must("name", text), {"namespace", text}}};
constexpr Root role_binding{{must("roleRef", role_ref), {"subjects", list<subject>}}};
constexpr Object service_reference{{must("name", text), must("namespace", text), {"path", text}, {"port", port}}};
// Without an address: webhook-address-invalid.
constexpr Object webhook_client_config{{{"caBundle", text}, {"service", service_reference}, {"url", text}}};
constexpr Object match_condition{{must("expression", text), must("name", text)}};
constexpr Object rule_with_operations{{{"apiGroups", list<text>},
                                       {"apiVersions", list<text>},
                                       {"operations", list<operation>},
                                       {"resources", list<text>},
                                       {"scope", rule_scope}}};
constexpr Object mutating_webhook{{must("admissionReviewVersions", list<text>),
                                   {"clientConfig", webhook_client_config},
                                   {"failurePolicy", failure_policy},
                                   {"matchConditions", list<match_condition>},
                                   {"matchPolicy", match_policy},
                                   must("name", text),
                                   {"namespaceSelector", label_selector},
                                   {"objectSelector", label_selector},
                                   {"reinvocationPolicy", reinvocation_policy},
                                   {"rules", list<rule_with_operations>},
                                   must("sideEffects", side_effects),
                                   {"timeoutSeconds", whole}}};
constexpr Root mutating_configuration{{{"webhooks", list<mutating_webhook>}}};
constexpr Object validating_webhook{{must("admissionReviewVersions", list<text>),
                                     {"clientConfig", webhook_client_config},
                                     {"failurePolicy", failure_policy},
                                     {"matchConditions", list<match_condition>},
                                     {"matchPolicy", match_policy},
                                     must("name", text),
                                     {"namespaceSelector", label_selector},
                                     {"objectSelector", label_selector},
                                     {"rules", list<rule_with_operations>},
                                     must("sideEffects", side_effects),
                                     {"timeoutSeconds", whole}}};
constexpr Root validating_configuration{{{"webhooks", list<validating_webhook>}}};

}  // namespace

std::span<const Table> policy_tables() {
  static constexpr Table tables[] = {
      {Kind::pod_disruption_budget, "policy/v1", pod_disruption_budget},
      {Kind::horizontal_pod_autoscaler, "autoscaling/v1", autoscaler_v1},
      {Kind::horizontal_pod_autoscaler, "autoscaling/v2", autoscaler_v2},
      {Kind::role, "rbac.authorization.k8s.io/v1", role},
      {Kind::cluster_role, "rbac.authorization.k8s.io/v1", cluster_role},
      {Kind::role_binding, "rbac.authorization.k8s.io/v1", role_binding},
      {Kind::cluster_role_binding, "rbac.authorization.k8s.io/v1", role_binding},
      {Kind::mutating_webhook, "admissionregistration.k8s.io/v1", mutating_configuration},
      {Kind::validating_webhook, "admissionregistration.k8s.io/v1", validating_configuration},
  };
  return tables;
}

}  // namespace hop::fields
