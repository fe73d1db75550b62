// Gateways that Istio's Helm charts bring: `gateway`, and the older `istio-ingress` and `istio-egress`, with the values that Flux, Argo CD
// or a chart of one's own give them. Source: istio/istio manifests/charts/gateway/{values.yaml,templates}.

#include <algorithm>

#include "graph/implied.h"
#include "model/chart.h"
#include "model/istio/status_port.h"
#include "text/file_system.h"
#include "text/words.h"

namespace hop {
namespace {

struct ChartPort {
  std::string_view name, number;
};
constexpr ChartPort usual_ports[] = {{status_port_name, status_port_text}, {"http2", "80"}, {"https", "443"}};

/// What is known of one use of the chart.
struct Use {
  const ChartUse& chart;
  Span place;
  yaml::Node value(std::initializer_list<std::string_view> path) const { return chart.value(path); }
  /// A value, or what the chart takes for it where nobody else may give one.
  Said word(std::initializer_list<std::string_view> path, std::string_view usual) const {
    return said(value(path), chart.open ? not_known : usual, place);
  }
};

bool has_parameter(const ChartUse& use, std::string_view start) {
  return std::any_of(use.parameters.begin(), use.parameters.end(), [&](yaml::Node item) { return item["name"].str().starts_with(start); });
}

/// `app` and `istio` are what the Service selects by; the chart makes them from the name.
void set_labels(const Use& use, ImpliedGateway& gateway) {
  const std::string& name = gateway.name.text;
  const std::string short_name = name.starts_with("istio-") ? name.substr(6) : name;
  gateway.selector.emplace_back("app", use.word({"labels", "app"}, name));
  gateway.selector.emplace_back("istio", use.word({"labels", "istio"}, yaml::is_placeholder(name) ? name : short_name));
  for (const auto& [key, value] : use.value({"labels"}).entries()) {
    if (key.str() != "app" && key.str() != "istio") gateway.pod_labels.emplace_back(key.str(), said(value, "", key.span()));
  }
}

void set_ports(const Use& use, ImpliedGateway& gateway) {
  gateway.port_list = use.value({"service", "ports"});
  const bool unknown = use.chart.open || has_parameter(use.chart, "service.ports") || !text_of(use.value({"networkGateway"})).is_absent();
  if (unknown) {
    const Said word{std::string(not_known), gateway.place};
    if (has_parameter(use.chart, "service.ports")) gateway.port_list = {};
    gateway.ports.push_back({word, word, word});
    return;
  }
  for (const ChartPort& port : usual_ports) {
    const Said number{std::string(port.number), gateway.place};
    gateway.ports.push_back({{std::string(port.name), gateway.place}, number, number});
  }
}

/// The `gateway` chart; `release` is "" where it is not known.
ImpliedGateway gateway_of(const ChartUse& chart, std::string_view release) {
  const Use use{chart, chart.place.span()};
  ImpliedGateway gateway;
  gateway.place = use.place;
  gateway.name = said(use.value({"name"}), release.empty() ? not_known : release, use.place);
  gateway.maker = text_of(use.value({"kind"})).equals("DaemonSet") == Truth::yes ? "DaemonSet" : "Deployment";
  gateway.type = use.word({"service", "type"}, "LoadBalancer");
  gateway.has_service = gateway.type.text != "None";
  gateway.load_balancer_class = said(use.value({"service", "loadBalancerClass"}), "", use.place);
  gateway.service_annotations = {use.value({"service", "annotations"})};
  gateway.pod_annotations = {use.value({"podAnnotations"})};
  const auto made = boolean_of(use.value({"serviceAccount", "create"}));
  gateway.account = use.word({"serviceAccount", "name"}, made.value_or(true) ? std::string_view(gateway.name.text) : std::string_view());
  set_labels(use, gateway);
  set_ports(use, gateway);
  return gateway;
}

/// Whether the words name Istio's own charts: the repository's address, or what the HelmRepository is called.
bool is_istio(yaml::Node repository) { return lower(repository.str()).find("istio") != std::string::npos; }

void imply_older(Implied& implied, const Resource& from, const ChartUse& use, std::string_view ns, bool egress) {
  const std::string_view name = egress ? "istio-egressgateway" : "istio-ingressgateway";
  OperatorGateway gateway{&from, name, ns, "default", use.chart, {}, use.value({"gateways", name}), egress, use.open};
  if (const auto own = text_of(gateway.values["name"]); own.is_known()) gateway.name = *own;
  implied.add(operator_gateway(gateway));
}

}  // namespace

void imply_from_charts(Implied& implied, const Resource& from) {
  for (const ChartUse& use : charts_of(from)) {
    const std::string_view chart = use.chart.str();
    const bool older = chart == "istio-ingress" || chart == "istio-egress";
    if (!older && (chart != "gateway" || !is_istio(use.repository))) continue;
    const auto ns = text_of(use.ns);
    const bool flux = from.kind == Kind::helm_release;
    const std::string_view home = ns.is_known() ? *ns : flux && ns.is_absent() ? from.ns : std::string_view();
    if (older) {
      imply_older(implied, from, use, home, chart == "istio-egress");
      continue;
    }
    ImpliedGateway gateway = gateway_of(use, use.release);
    gateway.origin = &from;
    gateway.name_known = from.name_known;
    gateway.ns = home;
    gateway.ns_known = ns.is_known() || (flux && ns.is_absent());
    implied.add(gateway);
  }
}

namespace {

yaml::Node root_of(const ReadFile& file) {
  if (file.documents.size() != 1 || file.documents.front().document == nullptr) return {};
  return file.documents.front().document->root();
}

/// Files of a folder that may hold values; more than one, and nobody knows which of them count.
std::vector<const ReadFile*> values_in(const Input& input, std::string_view folder) {
  std::vector<const ReadFile*> found;
  const std::string_view start = folder == "." ? "" : folder;
  const auto first = std::lower_bound(input.files.begin(), input.files.end(), start,
                                      [](const ReadFile& file, std::string_view wanted) { return std::string_view(file.path) < wanted; });
  for (auto file = first; file != input.files.end() && file->path.starts_with(start); ++file) {
    if (parent_path(file->path) == folder && file_name(file->path).starts_with("values")) found.push_back(&*file);
  }
  return found;
}

void imply_dependency(Implied& implied, yaml::Node dependency, std::string_view folder) {
  if (dependency["name"].str() != "gateway" || dependency["repository"].str().find("istio-release") == std::string_view::npos) return;
  const std::vector<const ReadFile*> files = values_in(implied.input, folder);
  const auto values = std::find_if(files.begin(), files.end(), [](const ReadFile* file) { return file_name(file->path) == "values.yaml"; });
  if (values == files.end()) return;
  const yaml::Node alias = dependency["alias"];
  const yaml::Node given = root_of(**values)[alias ? alias.str() : "gateway"];
  if (!given.is_mapping()) return;
  ChartUse use{dependency["name"], given, {given}, {}, files.size() > 1, {}, dependency["repository"], {}, {}};
  ImpliedGateway gateway = gateway_of(use, {});
  gateway.ns_known = false;
  implied.add(gateway);
}

}  // namespace

void imply_from_values(Implied& implied) {
  // Which cluster a chart goes to is told by no path that is sure to be meant.
  if (!implied.input.world.clusters.empty()) return;
  for (const ReadFile& file : implied.input.files) {
    if (file_name(file.path) != "Chart.yaml" || file.known) continue;
    for (yaml::Node dependency : root_of(file)["dependencies"].items()) imply_dependency(implied, dependency, parent_path(file.path));
  }
}

}  // namespace hop
