// CRDs of Istio's first authorization API.
#include <algorithm>
#include <iterator>

#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view names[] = {"clusterrbacconfigs.rbac.istio.io", "rbacconfigs.rbac.istio.io", "serviceroles.rbac.istio.io",
                                      "servicerolebindings.rbac.istio.io"};

void check_one(const Resource& crd, Report& report) {
  if (std::find(std::begin(names), std::end(names), crd.name) == std::end(names)) return;
  report.at(crd, crd.name_node(), format("`{}` are no longer read by Istio; write AuthorizationPolicies", crd.name)).alias("IST0002");
}

}  // namespace

extern constinit const Rule mesh_rbac_crd_removed = {
    .info = {.id = "mesh-rbac-crd-removed",
             .summary = "a CRD of Istio's first authorization API is still installed",
             .docs =
                 "ServiceRole, ServiceRoleBinding, RbacConfig and ClusterRbacConfig were replaced by AuthorizationPolicy in Istio 1.4 and "
                 "removed in 1.6. While their CRDs stay, such objects can still be applied, and do nothing.",
             .effect = "policies of these kinds are accepted and protect nothing",
             .source = "https://istio.io/latest/blog/2021/migrate-alpha-policy/",
             .severity = Severity::warning,
             .group = Group::deprecation,
             .aliases = {"IST0002"},
             .applies = {Component::istio, {1, 6}}},
    .reads = {Kind::custom_resource_definition},
    .check_one = check_one,
};

}  // namespace hop::rules
