#include "model/k8s/pod_references.h"

#include <set>
#include <string_view>
#include <utility>

namespace hop {
namespace {

/// Calls `use` with kind, reference and the key of its name for everything that a pod names.
template <class Use>
void each_reference(const Workload& workload, Use use) {
  const yaml::Node spec = workload.pod_spec();
  for (const char* list : {"initContainers", "containers", "ephemeralContainers"}) {
    for (yaml::Node container : spec[list].items()) {
      for (yaml::Node variable : container["env"].items()) {
        const yaml::Node source = variable["valueFrom"];
        if (!source) continue;
        use(Kind::config_map, source["configMapKeyRef"], "name");
        use(Kind::secret, source["secretKeyRef"], "name");
      }
      for (yaml::Node source : container["envFrom"].items()) {
        use(Kind::config_map, source["configMapRef"], "name");
        use(Kind::secret, source["secretRef"], "name");
      }
    }
  }
  for (yaml::Node volume : spec["volumes"].items()) {
    use(Kind::config_map, volume["configMap"], "name");
    use(Kind::secret, volume["secret"], "secretName");
    use(Kind::persistent_volume_claim, volume["persistentVolumeClaim"], "claimName");
    for (yaml::Node source : volume["projected"]["sources"].items()) {
      use(Kind::config_map, source["configMap"], "name");
      use(Kind::secret, source["secret"], "name");
    }
  }
  for (yaml::Node secret : spec["imagePullSecrets"].items()) use(Kind::secret, secret, "name");
}

}  // namespace

std::vector<PodReference> pod_references(const Workload& workload) {
  std::vector<PodReference> found;
  std::set<std::pair<Kind, std::string_view>> seen;
  each_reference(workload, [&](Kind kind, yaml::Node reference, std::string_view key) {
    if (!reference || reference["optional"].boolean().value_or(false)) return;
    const yaml::Node name = reference[key];
    if (!name.str().empty() && seen.emplace(kind, name.str()).second) found.push_back({kind, name});
  });
  return found;
}

std::vector<yaml::Node> places_naming(const Workload& workload, Kind kind, std::string_view name) {
  std::vector<yaml::Node> places;
  each_reference(workload, [&](Kind of, yaml::Node reference, std::string_view key) {
    if (of == kind && reference && reference[key].str() == name) places.push_back(reference[key]);
  });
  return places;
}

}  // namespace hop
