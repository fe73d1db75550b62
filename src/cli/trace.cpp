// `hoplint trace`: follows one request, or every one, from the load balancer to the pods, and can hold it to a requirement.

#include <algorithm>

#include "chain/trace.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/setup.h"
#include "cli/terminal.h"
#include "engine/lint.h"
#include "model/host.h"
#include "report/trace.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

bool refuse(const std::string& text) {
  complain("hoplint: " + text);
  return false;
}

/// `mesh/<namespace>/<workload>`.
std::optional<Workload> find_caller(const Graph& graph, std::string_view text) {
  const std::vector<std::string_view> parts = split_list(text, '/');
  if (parts.size() != 3 || parts[0] != "mesh") {
    refuse(format("--from: `{}` is not of the form mesh/NAMESPACE/WORKLOAD", text));
    return std::nullopt;
  }
  std::vector<std::string_view> names;
  for (const Workload& workload : graph.workloads()) {
    if (workload->ns != parts[1]) continue;
    if (workload->name == parts[2]) return workload;
    names.push_back(workload->name);
  }
  const auto near = nearest(parts[2], names);
  const std::string hint = near ? format("; did you mean `{}`?", *near) : std::string();
  refuse(format("--from: no workload `{}` in namespace `{}` is among the manifests{}", parts[2], parts[1], hint));
  return std::nullopt;
}

bool add_header(std::string_view text, Request& request) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return refuse(format("--header: `{}` is not of the form NAME: VALUE", text));
  request.headers.emplace_back(lower(trim(text.substr(0, colon))), std::string(trim(text.substr(colon + 1))));
  return true;
}

std::optional<Request> request_of(const TraceOptions& options) {
  Request request;
  if (!options.all) {
    const auto parsed = parse_request(options.url);
    if (!parsed) {
      refuse(parsed.reason());
      return std::nullopt;
    }
    request = *parsed;
    if (!options.method.empty()) {
      request.method = options.method;
      std::ranges::transform(request.method, request.method.begin(),
                             [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    }
  }
  for (const std::string& header : options.headers) {
    if (!add_header(header, request)) return std::nullopt;
  }
  return request;
}

std::vector<Unmet> unmet_in(const Trace& trace, Requirement requirement) {
  std::vector<Unmet> unmet;
  for (std::size_t i = 0; i < trace.legs.size(); ++i) {
    const Leg& leg = trace.legs[i];
    if (leg.repeats) unmet.push_back({i, 0, {nullptr, nullptr, "redirected in a circle"}});
    if (!leg.repeats && leg.chains.empty()) unmet.push_back({i, 0, {nullptr, nullptr, "nothing among the manifests listens for this"}});
    for (std::size_t j = 0; j < leg.chains.size(); ++j) {
      if (auto found = shortfall(leg.chains[j], requirement)) unmet.push_back({i, j, std::move(*found)});
    }
  }
  return unmet;
}

/// `cart` and `cart.shop` as the cluster's DNS completes them.
std::string mesh_host(const Graph& graph, const Resource& caller, const std::string& host) {
  if (const auto half = half_qualified_host(host)) {
    const std::string full = format("{}.{}.svc.{}", half->name, half->ns, graph.cluster_domain());
    if (graph.find_host(caller, full).found()) return full;
  }
  return graph.full_host(caller, host);
}

/// Inside the mesh names are short and the port is that of the Service.
Request from_mesh(const Graph& graph, const Workload& caller, Request request) {
  if (request.host.empty()) return request;
  request.host = mesh_host(graph, *caller, request.host);
  if (!request.port) request.port = usual_port(request.scheme);
  return request;
}

int show(const TraceOptions& options, const LintRun& run, const HopGraph& hops, const Request& request) {
  const Trace traced = trace(hops, request, options.limit);
  TraceReport report{run, traced, options.all};
  report.requirement = parse_requirement(options.require);
  if (report.requirement) report.unmet = unmet_in(traced, *report.requirement);
  if (report.requirement && traced.cut) report.unmet.push_back({0, 0, {nullptr, nullptr, "there are more chains than --limit"}});
  const auto formats = trace_formats();
  const auto format = std::ranges::find(formats, options.format, &TraceFormat::name);
  const int printed = print(format->render(report, stdout_style(options.color)));
  return printed != 0 ? printed : report.unmet.empty() ? 0 : 1;
}

}  // namespace

int run_command(const TraceOptions& options) {
  const auto request = request_of(options);
  if (!request) return 2;
  const auto files = disk_files();
  const auto setup = set_up(*files, options.input);
  if (!setup) return 2;
  const LintRun run = read_graph(*files, setup->inputs, setup->settings);
  for (const std::string& failure : run.failures) complain("hoplint: " + failure);
  if (!run.failures.empty() || !run.graph) return 2;
  const Graph& graph = *run.graph;
  if (options.from.empty()) return show(options, run, build_hops(graph), *request);
  const auto caller = find_caller(graph, options.from);
  return caller ? show(options, run, build_hops_from(graph, *caller), from_mesh(graph, *caller, *request)) : 2;
}

}  // namespace hop
