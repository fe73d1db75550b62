#include "graph/makers.h"

#include <algorithm>

#include "graph/copies.h"
#include "graph/hash_index.h"
#include "graph/kustomize.h"
#include "model/chart.h"
#include "model/pod_makers.h"
#include "model/value.h"
#include "text/file_system.h"
#include "text/words.h"

namespace hop {
namespace {

/// What those make of custom resources that split traffic.
constexpr KindSet made_by_routers{Kind::virtual_service, Kind::destination_rule, Kind::http_route};
/// What operators make of custom resources is Kubernetes' own.
constexpr KindSet made_by_operators{Kind::service,
                                    Kind::pod,
                                    Kind::config_map,
                                    Kind::service_account,
                                    Kind::deployment,
                                    Kind::stateful_set,
                                    Kind::daemon_set,
                                    Kind::replica_set,
                                    Kind::job,
                                    Kind::cron_job,
                                    Kind::role,
                                    Kind::role_binding,
                                    Kind::network_policy,
                                    Kind::persistent_volume_claim,
                                    Kind::pod_disruption_budget,
                                    Kind::horizontal_pod_autoscaler,
                                    Kind::replication_controller};

/// Istio's own charts: what they bring for others to name is known (graph/implied.h). Source: istio/istio manifests/charts.
constexpr std::string_view istio_charts[] = {"base", "istiod", "cni", "ztunnel", "gateway", "istio-ingress", "istio-egress"};

bool is_istio_chart(const ChartUse& use) {
  return std::ranges::find(istio_charts, use.chart.str()) != std::end(istio_charts) &&
         lower(use.repository.str()).find("istio") != std::string::npos;
}

/// An unset namespace may be any: there only what lies in the same folder is meant.
std::uint64_t place_key(std::uint16_t cluster, std::string_view ns, std::string_view folder) {
  KeyHash key;
  key.add(cluster).add(ns);
  return ns.empty() ? key.add(folder).value() : key.value();
}

std::uint64_t end_key(std::string_view path) { return KeyHash().add(path).value(); }

/// Where a resource installs something that is not among the manifests.
struct Installed {
  bool any = false;
  yaml::Node ns;  ///< absent where nothing says it
};

Installed installed_by(const Resource& resource, GivenFolders& folders) {
  if (!chart_kinds.has(resource.kind)) return {};
  const std::vector<ChartUse> uses = charts_of(resource);
  Installed installed;
  if (resource.kind == Kind::helm_release) {
    installed.ns = resource.spec()["targetNamespace"];
    installed.any = uses.empty() || !std::ranges::all_of(uses, is_istio_chart);
    return installed;
  }
  installed.ns = resource.spec()["destination"]["namespace"];
  installed.any = !std::ranges::all_of(uses, is_istio_chart);
  const auto look = [&](yaml::Node source) {
    const auto path = text_of(source["path"]);
    installed.any = installed.any || (path.is_known() && installed.ns && !folders.holds(*path));
  };
  look(resource.spec()["source"]);
  for (yaml::Node source : resource.spec()["sources"].items()) look(source);
  return installed;
}

}  // namespace

bool GivenFolders::holds(std::string_view path) {
  if (!read_) {
    read_ = true;
    std::set<std::string_view> seen;
    for (const ReadFile& file : input_.files) {
      for (std::string_view folder = parent_path(file.path); !folder.empty() && seen.insert(folder).second; folder = parent_path(folder)) {
        std::string_view end = folder;
        while (true) {
          ends_.insert(end_key(end));
          const std::size_t slash = end.find('/');
          if (slash == std::string_view::npos) break;
          end.remove_prefix(slash + 1);
        }
      }
    }
  }
  if (path.starts_with("./")) path.remove_prefix(2);
  while (path.ends_with('/')) path.remove_suffix(1);
  return path.empty() || path == "." || ends_.contains(end_key(path));
}

void Makers::add(const Input& input, const Resource& resource, GivenFolders& folders) {
  if (hop::may_make_pods(resource)) operators_.insert(place_key(resource.cluster, resource.ns, {}));
  if (may_make_routes(resource)) routers_.insert(place_key(resource.cluster, resource.ns, {}));
  const Installed installed = installed_by(resource, folders);
  if (!installed.any) return;
  const auto ns = text_of(installed.ns);
  if (ns.is_known()) {
    places_.insert(place_key(resource.cluster, *ns, {}));
  } else if (ns.is_absent() && resource.kind == Kind::helm_release && resource.ns_known) {
    places_.insert(place_key(resource.cluster, resource.ns, parent_path(path_of(input.sources, resource))));
  } else {
    everywhere_.insert(resource.cluster);
  }
}

void Makers::add(std::uint16_t cluster, const TemplateObject& object) {
  if (object.name.empty()) {
    open_.emplace(cluster, object.kind);
  } else {
    names_.insert(KeyHash().add(cluster).add(static_cast<std::uint64_t>(object.kind)).add(object.name).value());
  }
}

void Makers::add(std::uint16_t cluster, const KustomizeRoot& root) {
  for (const std::string_view ns : *root.namespaces) places_.insert(place_key(cluster, ns, root.directory));
}

bool Makers::may_make(const Input& input, const Resource& from, Kind kind, std::string_view ns) const {
  if (open_.contains({from.cluster, kind}) || everywhere_.contains(from.cluster)) return true;
  if (!places_.empty() && places_.contains(place_key(from.cluster, ns, parent_path(path_of(input.sources, from))))) return true;
  if (made_by_routers.has(kind) && !routers_.empty() && routers_.contains(place_key(from.cluster, ns, {}))) return true;
  return made_by_operators.has(kind) && may_make_pods(from.cluster, ns);
}

bool Makers::is_in_template(std::uint16_t cluster, Kind kind, std::string_view name) const {
  return !names_.empty() && names_.contains(KeyHash().add(cluster).add(static_cast<std::uint64_t>(kind)).add(name).value());
}

bool Makers::may_make_pods(std::uint16_t cluster, std::string_view ns) const {
  return !operators_.empty() && operators_.contains(place_key(cluster, ns, {}));
}

}  // namespace hop
