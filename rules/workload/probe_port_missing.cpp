// A probe or hook that names a port its container does not have.
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view probes[] = {"livenessProbe", "readinessProbe", "startupProbe"};
constexpr std::string_view hooks[] = {"postStart", "preStop"};

struct Names {
  std::vector<std::string_view> all;
  bool open = false;  ///< one is a placeholder
};

Names names_of(yaml::Node container) {
  Names names;
  for (yaml::Node port : container["ports"].items()) {
    const auto name = text_of(port["name"]);
    names.open = names.open || name.is_unknown() || !port.is_mapping();
    if (name.is_known()) names.all.push_back(*name);
  }
  return names;
}

/// The containers of a pod that were begun, each with its names, and what asks them.
class Checker {
 public:
  Checker(const Workload& workload, Report& report) : workload_(workload), report_(report) {}

  void check(yaml::Node container) {
    const Names names = names_of(container);
    // The injector adds ports to a proxy that stands in the pod already.
    if (names.open || Workload::is_proxy(container)) return;
    for (std::string_view probe : probes) check_calls(container, container[probe], probe, names);
    for (std::string_view hook : hooks) check_calls(container, container["lifecycle"][hook], hook, names);
  }

 private:
  void check_calls(yaml::Node container, yaml::Node caller, std::string_view what, const Names& names) {
    for (const std::string_view way : {"httpGet", "tcpSocket"}) {
      const auto port = text_of(caller[way]["port"]);
      // A number in quotes is refused, which is told by itself.
      if (!port.is_known() || (*port).find_first_not_of("0123456789") == std::string_view::npos) continue;
      if (std::ranges::find(names.all, *port) == names.all.end()) report_missing(container, port, what, names);
    }
  }

  void report_missing(yaml::Node container, const Value<std::string_view>& port, std::string_view what, const Names& names) {
    Finding finding = report_.at(workload_, port.node(),
                                 format("`{}` calls port `{}`, which container `{}` does not have", what, *port, container["name"].str()));
    if (container["ports"]) {
      finding.note(container["ports"], names.all.empty() ? "its ports have no names" : format("it has {}", list_words(names.all)));
    }
    if (const auto meant = nearest(*port, names.all)) finding.fix(format("change it to `{}`", *meant), port.node(), *meant, Safety::unsafe);
  }

  const Workload& workload_;
  Report& report_;
};

void check_one(const Resource& resource, Report& report) {
  if (resource.patched) return;
  const Workload workload(resource);
  Checker checker(workload, report);
  for (const char* list : {"containers", "initContainers"}) {
    for (yaml::Node container : workload.pod_spec()[list].items()) checker.check(container);
  }
}

}  // namespace

extern constinit const Rule workload_probe_port_missing = {
    .info = {.id = "workload-probe-port-missing",
             .summary = "a probe or hook names a port that its container does not have",
             .docs = "Probes and lifecycle hooks may call a port by its name, which is looked up among the `ports` of the same container: "
                     "those of other containers and of Services do not count. The API server takes any name.\n\nStays silent where an "
                     "overlay adds to the workload.",
             .effect = "the probe fails: the pod never gets ready, or is restarted again and again",
             .source = "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/"
                       "#use-a-named-port",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = workload_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
