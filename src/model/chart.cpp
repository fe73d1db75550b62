#include "model/chart.h"

#include <algorithm>
#include <string>

#include "model/value.h"

namespace hop {
namespace {

std::string dotted(std::initializer_list<std::string_view> path) {
  std::string text;
  for (std::string_view part : path) text.append(text.empty() ? "" : ".").append(part);
  return text;
}

ChartUse of_source(const Resource& application, yaml::Node source) {
  const yaml::Node helm = source["helm"];
  ChartUse use{source["chart"], helm ? helm : source["chart"], {}, {}, false, {}, source["repoURL"], {}, {}};
  use.release = helm["releaseName"] ? text_of(helm["releaseName"]).value_or("") : application.name;
  use.ns = application.spec()["destination"]["namespace"];
  if (helm["valuesObject"].is_mapping()) use.values.push_back(helm["valuesObject"]);
  if (const yaml::Node text = helm["values"]; text.is_scalar()) {
    use.open = yaml::is_placeholder(text.str());
    use.documents.push_back(text.inner());
    use.values.push_back(use.documents.back()->root());
  }
  for (yaml::Node item : helm["parameters"].items()) use.parameters.push_back(item);
  use.open = use.open || helm["valueFiles"].size() > 0 || helm["fileParameters"].size() > 0;
  return use;
}

/// Flux composes it where it is not given.
std::string release_name(const Resource& release) {
  const auto given = text_of(release.spec()["releaseName"]);
  if (!given.is_absent()) return std::string(given.value_or(""));
  const auto target = text_of(release.spec()["targetNamespace"]);
  if (target.is_unknown()) return {};
  return target.is_known() ? std::string(*target).append("-").append(release.name) : std::string(release.name);
}

}  // namespace

yaml::Node ChartUse::value(std::initializer_list<std::string_view> path) const {
  const std::string name = dotted(path);
  const auto parameter = std::find_if(parameters.begin(), parameters.end(), [&](yaml::Node item) { return item["name"].str() == name; });
  if (parameter != parameters.end()) return (*parameter)["value"];
  for (yaml::Node node : values) {
    for (std::string_view part : path) node = node[part];
    if (node) return node;
  }
  return yaml::Node{};
}

std::vector<ChartUse> charts_of(const Resource& resource) {
  std::vector<ChartUse> uses;
  if (resource.kind == Kind::application) {
    if (resource.spec()["source"]["chart"]) uses.push_back(of_source(resource, resource.spec()["source"]));
    for (yaml::Node source : resource.spec()["sources"].items()) {
      if (source["chart"]) uses.push_back(of_source(resource, source));
    }
  } else if (resource.kind == Kind::helm_release) {
    const yaml::Node chart = resource.spec()["chart"]["spec"]["chart"];
    const yaml::Node values = resource.spec()["values"];
    const yaml::Node source = resource.spec()["chart"]["spec"]["sourceRef"]["name"];
    ChartUse use{chart, values ? values : chart, {}, {}, resource.spec()["valuesFrom"].size() > 0, {}, source, {}, {}};
    use.release = release_name(resource);
    use.ns = resource.spec()["targetNamespace"];
    if (values.is_mapping()) use.values.push_back(values);
    if (chart) uses.push_back(std::move(use));
  }
  std::erase_if(uses, [](const ChartUse& use) { return !text_of(use.chart).is_known(); });
  return uses;
}

}  // namespace hop
