#include "rule/hidden_host.h"

#include "graph/visibility.h"
#include "text/format.h"

namespace hop {

Finding report_hidden_host(const Edge& edge, std::string_view ns, Report& report) {
  const Resource& target = *edge.to.target;
  const yaml::Node where = export_node(target) ? export_node(target) : target.name_node();
  Finding finding = report.at(*edge.from, edge.place, format("host `{}` is not exported to namespace `{}`", edge.name, ns));
  finding.note(where, format("the {} `{}` is exported to others only", target.kind_name, target.name));
  return finding;
}

}  // namespace hop
