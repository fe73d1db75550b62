#pragma once
// The answer to "is there such a thing?" in three states, and references with their answers.
// The rules of evidence are design section 5: absence is concluded only where something proves it.

#include <cstdint>
#include <string>
#include <string_view>

#include "diag/diagnostic.h"
#include "model/resource.h"
#include "text/rare_vector.h"

namespace hop {

enum class Found : std::uint8_t { found, missing, unknown };

struct Lookup {
  Found state = Found::unknown;
  Severity strongest = Severity::error;  ///< when missing: the highest severity the evidence bears
  const Resource* target = nullptr;      ///< when found: the nearest by path if there are several copies
  RareVector<const Resource*>
      copies;                      ///< when found more than once: the nearest (graph/copies.h), target first; a rule accepts if any will do
  const Resource* near = nullptr;  ///< when missing: one of the same namespace whose name is a slip away
  const Resource* elsewhere = nullptr;  ///< when missing: one of the same name in another namespace

  bool found() const { return state == Found::found; }
  bool missing() const { return state == Found::missing; }
  bool unknown() const { return state == Found::unknown; }
  /// Calls `fits` on the target and every copy until one answers true.
  template <class Predicate>
  bool any(Predicate fits) const {
    if (copies.empty()) return target != nullptr && fits(*target);
    for (const Resource* copy : copies) {
      if (fits(*copy)) return true;
    }
    return false;
  }
};

/// What a reference is for.
enum class Relation : std::uint8_t {
  ingress_class,                 ///< Ingress → IngressClass
  ingress_backend,               ///< Ingress → Service
  virtualservice_gateway,        ///< VirtualService → Gateway (Istio's or Gateway API's)
  virtualservice_destination,    ///< VirtualService → Service or ServiceEntry
  destinationrule_host,          ///< DestinationRule → Service or ServiceEntry
  gateway_credential,            ///< Gateway server → Secret, in the namespace of the gateway's pods
  virtualservice_match_gateway,  ///< match of a VirtualService's route → Gateway
  workload_needs,                ///< what makes pods → ConfigMap, Secret, PersistentVolumeClaim
  workload_account,              ///< what makes pods → ServiceAccount
  statefulset_service,           ///< StatefulSet → Service that names its pods
  scale_target,                  ///< HorizontalPodAutoscaler → what it scales
  role_ref,                      ///< RoleBinding, ClusterRoleBinding → Role, ClusterRole
  role_subject,                  ///< RoleBinding, ClusterRoleBinding → ServiceAccount
  targetgroupbinding_service,    ///< TargetGroupBinding → Service
  virtualservice_delegate,       ///< VirtualService → the VirtualService that its route delegates to
  policy_target,                 ///< targetRef of a policy → Service, ServiceEntry, Gateway or GatewayClass
  listener_certificate,          ///< listener of a Gateway API Gateway → Secret
  count_
};

/// One place in a resource that names another.
struct Edge {
  Relation relation = Relation::count_;
  Kind kind = Kind::other;  ///< what is looked for, where the relation does not say it
  const Resource* from = nullptr;
  yaml::Node place;       ///< the scalar that names it
  std::string_view ns;    ///< namespace it is looked for in; "" unset
  std::string_view name;  ///< name it is looked for by
  Lookup to;
};

}  // namespace hop
