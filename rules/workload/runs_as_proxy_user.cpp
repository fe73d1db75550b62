// An application that runs as the user whose traffic the sidecar lets pass.
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::int64_t proxy_user = 1337;

bool is_control_plane(const Resource& resource) { return resource.label("istio") || resource.label("release").str() == "istio"; }

void check_user(const Graph& graph, const Workload& workload, yaml::Node context, Report& report) {
  const auto user = integer_of(context["runAsUser"]);
  if (!user.is_known() || *user != proxy_user) return;
  Finding finding =
      report.at(workload, user.node(), format("user {} is the sidecar's own; what runs as it bypasses the sidecar", proxy_user));
  finding.alias("IST0144");
  if (graph.injection(workload).plane == Dataplane::none) finding.severity(Severity::info);
}

/// Whether the pod's own user matters: a container of the application takes it.
bool inherits(const Workload& workload) {
  for (yaml::Node container : workload.containers()) {
    if (!Workload::is_proxy(container) && !container["securityContext"].has("runAsUser")) return true;
  }
  return false;
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Workload workload(resource);
  if (is_control_plane(*workload)) return;
  if (inherits(workload)) check_user(graph, workload, workload.pod_spec()["securityContext"], report);
  for (yaml::Node container : workload.containers()) {
    if (!Workload::is_proxy(container) && container["name"].str() != "istio-operator")
      check_user(graph, workload, container["securityContext"], report);
  }
}

}  // namespace

extern constinit const Rule workload_runs_as_proxy_user = {
    .info = {.id = "workload-runs-as-proxy-user",
             .summary = "an application runs as user 1337, which is the sidecar's",
             .docs = "The sidecar tells its own connections from the application's by the user id 1337: those of that user are not "
                     "redirected.\n\nInfo where the pod is known to be outside the mesh. Gateways and Istio's own components run as this "
                     "user by design and are left alone.",
             .effect = "traffic of the application leaves and enters past the sidecar: no mTLS, no policy, and STRICT peers refuse it",
             .source = "https://istio.io/latest/docs/ops/deployment/application-requirements/",
             .severity = Severity::warning,
             .group = Group::security,
             .aliases = {"IST0144"}},
    .reads = {Kind::namespace_, Facet::workloads, Facet::injection},
    .each = workload_kinds,
    .check_each = check_each,
};

}  // namespace hop::rules
