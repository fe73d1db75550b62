// `hoplint trace`: follows one request, or every one, from the load balancer to the pods, and can hold it to a requirement.

#include <algorithm>

#include "chain/caller.h"
#include "chain/trace.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/roots.h"
#include "cli/setup.h"
#include "cli/terminal.h"
#include "engine/lint.h"
#include "report/trace.h"
#include "text/format.h"

namespace hop {
namespace {

void refuse(const std::string& text) { complain("hoplint: " + text); }

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
    if (add_header(header, request)) continue;
    refuse(format("--header: `{}` is not of the form NAME: VALUE", header));
    return std::nullopt;
  }
  return request;
}

/// A request where one is wanted, and no path there.
bool is_in_order(const FileSystem& files, const TraceOptions& options) {
  if (!options.all && files.type(options.url) != FileType::missing) {
    refuse(format("`{}` is a path; name the request before it, or say --all", options.url));
    return false;
  }
  const auto is_url = [](const std::string& path) { return path.find("://") != std::string::npos; };
  const auto url = options.all ? std::ranges::find_if(options.input.paths, is_url) : options.input.paths.end();
  if (url == options.input.paths.end()) return true;
  refuse(format("`{}` is one request and --all is every one; leave one of them out", *url));
  return false;
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

int show(const TraceOptions& options, const LintRun& run, const HopGraph& hops, const Request& request) {
  const Trace traced = trace(hops, request, options.limit);
  TraceReport report{run, traced, options.all};
  report.requirement = parse_requirement(options.require);
  if (report.requirement) report.unmet = unmet_in(traced, *report.requirement);
  if (const std::size_t unseen = count_unseen(run); report.requirement && unseen != 0)
    report.unmet.push_back({0, 0, {nullptr, nullptr, "what does not parse may change it"}});
  if (report.requirement && traced.cut) report.unmet.push_back({0, 0, {nullptr, nullptr, "there are more chains than --limit"}});
  const auto formats = trace_formats();
  const auto format = std::ranges::find(formats, options.format, &TraceFormat::name);
  const int printed = print(format->render(report, stdout_style(options.color)));
  return printed != 0 ? printed : report.unmet.empty() ? 0 : 1;
}

}  // namespace

int run_command(const TraceOptions& options) {
  const auto files = disk_files();
  if (!is_in_order(*files, options)) return 2;
  const auto request = request_of(options);
  if (!request) return 2;
  const auto setup = set_up(*files, options.input);
  if (!setup) return 2;
  const LintRun run = read_graph(*files, setup->inputs, setup->settings);
  if (!tell_unseen(run) || !run.graph) return 2;
  const Graph& graph = *run.graph;
  if (options.from.empty()) return show(options, run, build_hops(graph), *request);
  const auto caller = find_caller(graph, options.from);
  if (!caller) {
    refuse("--from: " + caller.reason());
    return 2;
  }
  return show(options, run, build_hops_from(graph, *caller), request_from(graph, *caller, *request));
}

}  // namespace hop
