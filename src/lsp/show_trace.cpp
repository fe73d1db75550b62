#include "lsp/show_trace.h"

#include <algorithm>

#include "chain/trace.h"
#include "model/host.h"
#include "report/trace.h"
#include "text/format.h"
#include "text/words.h"

namespace hop::lsp {
namespace {

/// Of a host that many pods serve nobody reads more.
constexpr std::size_t most_chains = 50;

std::optional<Request> request_for(std::string_view host) {
  auto request = parse_request(format("https://{}", host));
  if (!request) return std::nullopt;
  return *request;
}

/// A step past the last hop has no name, only a reason.
std::string what_breaks(const ChainStep& step) {
  if (step.hop == nullptr || step.reason.empty()) return step.hop == nullptr ? step.reason : step.hop->label;
  return format("{}: {}", step.hop->label, step.reason);
}

std::string name_of(const ChainStep& step) { return step.hop == nullptr ? std::string("the end") : step.hop->label; }

std::optional<Trace> trace_of(const Asked& asked, const LiveRoot& root, std::string_view host) {
  const auto request = request_for(lower(host));
  if (!request) return std::nullopt;
  Trace found = trace(asked.relations.hops(root), *request, most_chains);
  const bool any = std::ranges::any_of(found.legs, [](const Leg& leg) { return !leg.chains.empty(); });
  return any ? std::optional(std::move(found)) : std::nullopt;
}

}  // namespace

HostVerdict judge_host(const Asked& asked, const LiveRoot& root, std::string_view host) {
  HostVerdict result;
  auto request = request_for(lower(host));
  if (!request) return result;
  request->path.clear();  // any path
  request->path_is_prefix = true;
  result.encrypted = Truth::yes;
  each_chain(asked.relations.hops(root), *request, [&](const Chain& chain) {
    ++result.chains;
    if (chain.verdict() == Verdict::broken && result.verdict != Verdict::broken) {
      const ChainStep* step = chain.first([](const ChainStep& one) { return one.verdict == Verdict::broken; });
      if (step != nullptr) result.why = what_breaks(*step);
    }
    if (chain.encrypted() == Truth::no && result.encrypted != Truth::no && result.verdict != Verdict::broken) {
      const ChainStep* step = chain.first([](const ChainStep& one) { return one.wire && one.encryption == Encryption::plaintext; });
      if (step != nullptr) result.why = format("plaintext to {}", name_of(*step));
    }
    result.verdict = std::max(result.verdict, chain.verdict());
    result.encrypted = result.encrypted && chain.encrypted();
    return result.chains < most_chains;
  });
  if (result.chains == 0) result.encrypted = Truth::unknown;
  return result;
}

std::optional<std::string> trace_text(const Asked& asked, const LiveRoot& root, std::string_view host) {
  const auto found = trace_of(asked, root, host);
  if (!found) return std::nullopt;
  return render_trace_text({root.run(), *found}, {});
}

std::vector<std::string_view> hosts_of(const Resource& resource) {
  std::vector<std::string_view> hosts;
  const auto add = [&](std::string_view host) {
    const bool fits = host.find('.') != std::string_view::npos && !is_wildcard(host) && !yaml::is_placeholder(host);
    if (fits && std::ranges::find(hosts, host) == hosts.end()) hosts.push_back(host);
  };
  if (resource.kind == Kind::virtual_service) {
    for (yaml::Node host : VirtualService(resource).hosts()) add(host.str());
  }
  if (resource.kind == Kind::ingress) {
    for (yaml::Node rule : Ingress(resource).rules()) add(rule["host"].str());
  }
  if (resource.kind == Kind::gateway) {
    for (yaml::Node server : Gateway(resource).servers()) {
      for (yaml::Node host : GatewayServer{server}.hosts()) add(gateway_host(host.str()).host);
    }
  }
  if (resource.kind == Kind::http_route) {
    for (yaml::Node host : resource.spec()["hostnames"].items()) add(host.str());
  }
  return hosts;
}

Answer show_trace(const Asked& asked) {
  std::string host(asked.params["host"].str());
  const auto target = target_of(asked);
  if (host.empty() && target) {
    const LiveRoot& root = target->spot.live();
    const Occurrences& occurrences = asked.relations.occurrences(root);
    const Occurrence* one = occurrences.at(target->file(), target->offset);
    if (one != nullptr && occurrences.symbol(*one).what == Symbol::What::host) host = occurrences.symbol(*one).name;
    const Resource* resource = host.empty() ? resource_at(asked, root, target->file(), target->offset) : nullptr;
    if (resource != nullptr) {
      const auto hosts = hosts_of(*resource);
      if (!hosts.empty()) host = hosts.front();
    }
  }
  if (host.empty()) return Json::null();
  for (const Root& root : asked.workspace.roots()) {
    if (!root.live->run().graph || (target && target->spot.root != &root)) continue;
    const auto found = trace_of(asked, *root.live, host);
    if (!found) continue;
    const TraceReport report{root.live->run(), *found};
    return Json{{"host", host}, {"text", render_trace_text(report, {})}, {"mermaid", render_trace_mermaid(report)}};
  }
  return Json{{"host", host}, {"text", format("nothing among these files takes requests for {}", host)}, {"mermaid", ""}};
}

}  // namespace hop::lsp
