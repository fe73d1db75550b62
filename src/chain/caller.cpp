#include "chain/caller.h"

#include <string>
#include <vector>

#include "model/host.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {

Result<Workload> find_caller(const Graph& graph, std::string_view text) {
  const std::vector<std::string_view> parts = split_list(text, '/');
  if (parts.size() != 3 || parts[0] != "mesh") return Failure{format("`{}` is not of the form mesh/NAMESPACE/WORKLOAD", text)};
  std::vector<std::string_view> names;
  for (const Workload& workload : graph.workloads()) {
    if (workload->ns != parts[1]) continue;
    if (workload->name == parts[2]) return workload;
    names.push_back(workload->name);
  }
  const auto near = nearest(parts[2], names);
  const std::string hint = near ? format("; did you mean `{}`?", *near) : std::string();
  return Failure{format("no workload `{}` in namespace `{}` is among the manifests{}", parts[2], parts[1], hint)};
}

namespace {

std::string mesh_host(const Graph& graph, const Resource& caller, const std::string& host) {
  if (const auto half = half_qualified_host(host)) {
    const std::string full = format("{}.{}.svc.{}", half->name, half->ns, graph.cluster_domain());
    if (graph.find_host(caller, full).found()) return full;
  }
  return graph.full_host(caller, host);
}

}  // namespace

Request request_from(const Graph& graph, const Workload& caller, Request request) {
  if (request.host.empty()) return request;
  request.host = mesh_host(graph, *caller, request.host);
  if (!request.port) request.port = usual_port(request.scheme);
  return request;
}

bool add_header(std::string_view text, Request& request) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  request.headers.emplace_back(lower(trim(text.substr(0, colon))), std::string(trim(text.substr(colon + 1))));
  return true;
}

}  // namespace hop
