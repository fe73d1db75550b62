#pragma once
// Helm charts that a manifest installs, with the values given there: Flux's HelmRelease and Argo CD's Application.
// Knows nothing of any chart. Source: fluxcd.io/flux/components/helm/helmreleases, argo-cd.readthedocs.io/en/stable/user-guide/helm.

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/resource.h"

namespace hop {

struct ChartUse {
  yaml::Node chart;  ///< the scalar that names the chart
  yaml::Node place;  ///< where values are given or would be
  /// Mappings of values, the ones that win first; those written as text live in `documents`.
  std::vector<yaml::Node> values;
  std::vector<yaml::Node> parameters;  ///< items with `name` and `value`, which win over all values
  bool open = false;                   ///< files, Secrets or templates give more values: what is absent here may stand there
  std::vector<std::shared_ptr<const yaml::Document>> documents;
  yaml::Node repository;  ///< address of the chart's repository, or what names the HelmRepository; may be absent
  std::string release;    ///< name of the release; "" where it is not known
  yaml::Node ns;          ///< the namespace it goes to; absent where nothing says it but where the resource itself lives

  /// The value at `serviceAccount.create` written as {"serviceAccount", "create"}; absent if it is not given here.
  yaml::Node value(std::initializer_list<std::string_view> path) const;
};

/// Charts that a resource of these kinds installs; a chart whose name is not known is left out.
std::vector<ChartUse> charts_of(const Resource& resource);
inline constexpr KindSet chart_kinds{Kind::application, Kind::helm_release};

}  // namespace hop
