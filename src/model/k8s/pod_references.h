#pragma once
// What a pod takes from its namespace before it can start: ConfigMaps, Secrets, volume claims. Knows nothing of what exists.

#include <vector>

#include "model/k8s/views.h"

namespace hop {

struct PodReference {
  Kind kind;        ///< ConfigMap, Secret or PersistentVolumeClaim
  yaml::Node name;  ///< the scalar that names it
};

/// Each object once, where it is named first; what is `optional` is left out. Source: kubernetes.io Pod v1 reference.
std::vector<PodReference> pod_references(const Workload& workload);

/// Every place that names this object, optional ones too.
std::vector<yaml::Node> places_naming(const Workload& workload, Kind kind, std::string_view name);

}  // namespace hop
