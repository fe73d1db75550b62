// The AWS Load Balancer Controller is not told its cluster's name.
#include <algorithm>

#include "model/aws/controller.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// What the raw manifests and many guides have in its place.
bool is_left_over(std::string_view name) {
  static constexpr std::string_view names[] = {"your-cluster-name", "your_cluster_name", "my-cluster-name", "cluster-name",
                                               "devCluster",        "<cluster-name>",    "<CLUSTER_NAME>"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

void check_name(const Resource& resource, yaml::Node place, std::string_view name, Report& report) {
  if (name.empty()) {
    report.at(resource, place, "the controller's cluster name is empty");
  } else if (is_left_over(name)) {
    report.at(resource, place, format("the controller's cluster name is still `{}`", name))
        .severity(Severity::warning)
        .effect("the controller finds no subnets tagged for the cluster and makes no load balancer");
  }
}

void check_chart(const Resource& resource, const ChartUse& use, Report& report) {
  const yaml::Node name = use.value({"clusterName"});
  if (name) {
    // Values that stand in text are shown at the text.
    const yaml::Node place = name.document() == resource.root.document() ? name : use.place;
    if (name.is_null() || text_of(name).is_known() || is_left_over(name.str())) check_name(resource, place, name.str(), report);
  } else if (!use.open) {
    report.at_key(resource, use.place, format("chart `{}` is given no `clusterName`", use.chart.str()));
  }
}

void check_one(const Resource& resource, Report& report) {
  if (resource.kind != Kind::deployment) {
    for (const ChartUse& use : charts_of(resource)) {
      if (use.chart.str() == aws::controller_chart) check_chart(resource, use, report);
    }
    return;
  }
  const yaml::Node container = aws::controller_container(resource);
  if (!container) return;
  if (const auto flag = aws::flag(container, "--cluster-name")) {
    check_name(resource, flag->node, flag->value, report);
  } else {
    report.at_key(resource, aws::flags_of(container), "the controller is started without `--cluster-name`");
  }
}

}  // namespace

extern constinit const Rule controller_cluster_name_missing = {
    .info =
        {.id = "controller-cluster-name-missing",
         .summary = "the AWS Load Balancer Controller is installed without its cluster's name",
         .docs =
             "The controller's Deployment needs `--cluster-name`, its Helm chart `clusterName`: the subnets that a load balancer may use "
             "are found by it. Deployments, Argo CD Applications and HelmReleases are looked at.\n\nStays silent where further values "
             "come from files or Secrets, and where the name is a placeholder that is filled in later; a guide's "
             "`your-cluster-name` is a warning.",
         .effect = "the chart does not render or the controller's pod exits at once; no load balancer is ever made",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/",
         .severity = Severity::error},
    .reads = {Kind::deployment, Kind::application, Kind::helm_release},
    .check_one = check_one,
};

}  // namespace hop::rules
