// A Service port that leads past the one port its pods declare.
#include "graph/target_port.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Ports for metrics are declared for scrapers, where nothing else is.
bool is_for_metrics(std::string_view name) {
  return name.find("metric") != std::string_view::npos || name.find("prom") != std::string_view::npos;
}

bool is_port(yaml::Node node) {
  const auto number = integer_of(node);
  return number.is_known() && *number > 0 && *number < 65536;
}

/// The one port that the pods declare; absent where they declare none or several, or keep it for something else.
yaml::Node only_port(const std::vector<Workload>& pods) {
  yaml::Node only;
  for (const Workload& pod : pods) {
    for (yaml::Node container : running_containers(pod)) {
      for (yaml::Node port : container["ports"].items()) {
        const yaml::Node number = port["containerPort"];
        const bool tcp = text_of(port["protocol"]).value_or("TCP") == "TCP";
        if (!is_port(number) || !tcp || port["hostPort"] || is_for_metrics(port["name"].str())) return {};
        if (only && only.str() != number.str()) return {};
        only = number;
      }
    }
  }
  return only;
}

/// Whether another Service port leads to this port of the pods.
bool is_served(const Graph& graph, const std::vector<Workload>& pods, yaml::Node declared) {
  for (const Workload& pod : pods) {
    for (const Service& service : graph.services_of(pod)) {
      for (yaml::Node port : service.ports()) {
        if (const yaml::Node target = pod_port(ServicePort{port});
            !target || !integer_of(target).is_known() || target.str() == declared.str())
          return true;
      }
    }
  }
  return false;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether the number stands in the text by itself, not among other digits.
bool has_number(std::string_view text, std::string_view number) {
  for (std::size_t at = text.find(number); at != std::string_view::npos; at = text.find(number, at + 1)) {
    const std::size_t end = at + number.size();
    if ((at == 0 || !is_digit(text[at - 1])) && (end == text.size() || !is_digit(text[end]))) return true;
  }
  return false;
}

/// Whether a scalar below the node has the number in it.
bool mentions(yaml::Node node, std::string_view number) {
  if (node.is_scalar()) return has_number(node.str(), number);
  for (yaml::Node item : node.items()) {
    if (mentions(item, number)) return true;
  }
  for (const auto& [key, value] : node.entries()) {
    if (mentions(value, number)) return true;
  }
  return false;
}

/// Whether the pods say elsewhere that they listen there: a probe, an argument, a variable. What comes from other objects may say so, too.
bool may_listen(const std::vector<Workload>& pods, std::string_view number) {
  for (const Workload& pod : pods) {
    if (mentions(pod->pod_annotations(), number)) return true;
    for (yaml::Node container : running_containers(pod)) {
      for (const char* field : {"args", "command", "env", "livenessProbe", "readinessProbe", "startupProbe"}) {
        if (mentions(container[field], number)) return true;
      }
    }
  }
  return false;
}

void check(const Graph& graph, Report& report) {
  for (const UndeclaredPort& port : graph.undeclared_ports()) {
    if (port.named || port.service->ns == graph.root_namespace() || port.service.spec()["ports"].size() != 1) continue;
    const yaml::Node declared = only_port(port.pods);
    if (!declared || is_served(graph, port.pods, declared)) continue;
    const std::string_view number = port.target.str();
    if (may_listen(port.pods, number)) continue;
    Finding finding = report.at(
        port.service, port.target,
        format("port {} is none that the pods of Service `{}` declare: they have {}", number, port.service->name, declared.str()));
    finding.alias("KIA0701").note(declared, "no Service leads here").explains_place();
    const bool is_target = port.target.path().ends_with("targetPort");
    if (is_target) finding.fix(format("change it to `{}`", declared.str()), port.target, declared.str(), Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule service_target_port_mistaken = {
    .info = {.id = "service-target-port-mistaken",
             .summary = "a Service port leads past the one port that its pods declare",
             .docs = "Declared container ports are information: a container may listen without one. But where the pods declare a single "
                     "port, no Service leads there, and the Service has one port too, its number is most often a slip: `targetPort` is "
                     "left out and `port` "
                     "stands for it, or has another digit.\n\nStays silent where a probe, an argument, a variable or an annotation of the "
                     "pods holds the number, for ports of metrics, and in the root namespace of the mesh.",
             .effect = "connections are refused (503), unless the application listens there all the same",
             .source = "https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports",
             .severity = Severity::warning,
             .aliases = {"KIA0701"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::service, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
