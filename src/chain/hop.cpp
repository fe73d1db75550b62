#include "chain/hop.h"

#include <array>

#include "chain/builder.h"
#include "text/format.h"

namespace hop {
namespace {

constexpr std::array<std::string_view, 4> encryption_words{"plaintext", "tls", "mtls", "unknown"};
constexpr std::array<std::string_view, 3> verdict_words{"ok", "unknown", "broken"};
constexpr std::array<std::string_view, 14> kind_words{"caller",   "listener",        "rule",     "target-group", "gateway",
                                                      "server",   "virtual-service", "route",    "destination",  "workload",
                                                      "external", "redirect",        "response", "nowhere"};

}  // namespace

std::string_view to_string(Encryption encryption) { return encryption_words[static_cast<std::size_t>(encryption)]; }
std::string_view to_string(Verdict verdict) { return verdict_words[static_cast<std::size_t>(verdict)]; }
std::string_view to_string(HopKind kind) { return kind_words[static_cast<std::size_t>(kind)]; }

Link broken_link(Link link, std::string reason, const Resource* by, yaml::Node place) {
  link.verdict = Verdict::broken;
  link.reason = std::move(reason);
  link.decided_by = by;
  link.place = place;
  return link;
}

Link unknown_link(Link link, std::string reason) {
  if (link.verdict == Verdict::ok) link.verdict = Verdict::unknown;
  link.encryption = Encryption::unknown;
  link.reason = std::move(reason);
  return link;
}

HopGraph build_hops(const Graph& graph, const WantsRoutes& wants) { return HopBuilder(graph, wants).from_outside(); }
HopGraph build_hops_from(const Graph& graph, const Workload& caller) { return HopBuilder(graph).from_workload(caller); }

std::uint32_t HopBuilder::add(Hop hop) {
  hops_.hops_.push_back(std::move(hop));
  return static_cast<std::uint32_t>(hops_.hops_.size() - 1);
}

std::string HopBuilder::name_of(const Resource& resource) { return format("{}/{}", resource.ns, resource.name); }

Link HopBuilder::within(std::uint32_t to) {
  Link link;
  link.to = to;
  return link;
}

std::uint32_t HopBuilder::end(HopKind kind, std::string label, const Resource* resource, yaml::Node place) {
  Hop hop;
  hop.kind = kind;
  hop.label = std::move(label);
  hop.resource = resource;
  hop.place = place;
  return add(std::move(hop));
}

std::uint32_t HopBuilder::redirect_hop(Redirection to, const Resource* resource, yaml::Node place) {
  const auto part = [](const std::string& text, std::string_view usual) { return text.empty() ? std::string(usual) : text; };
  std::string label = format("redirect to {}://{}", part(to.scheme, "(same scheme)"), part(to.host, "(same host)"));
  if (to.port && !(to.scheme == "https" && *to.port == 443)) label += format(":{}", *to.port);
  label += part(to.path, "/(same path)");
  const std::uint32_t hop = end(HopKind::redirect, std::move(label), resource, place);
  at(hop).redirection = std::move(to);
  return hop;
}

HopGraph HopBuilder::from_outside() && {
  add_albs();
  add_load_balancer_services();
  add_api_gateways();
  return std::move(hops_);
}

}  // namespace hop
