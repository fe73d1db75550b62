#include "chain/trace.h"

#include <algorithm>
#include <array>
#include <set>

#include "text/format.h"

namespace hop {
namespace {

constexpr std::size_t most_legs = 10;  ///< browsers give up at 20
constexpr std::array<std::string_view, 3> requirement_words{"reachable", "encrypted", "mtls"};

using Place = std::tuple<std::string, std::string, std::int64_t, std::string>;
Place place_of(const Request& request) {
  return {request.scheme, request.host, request.port.value_or(usual_port(request.scheme)), request.path};
}

/// What the client asks next.
Request redirected(const Request& request, const Redirection& to) {
  Request next = request;
  if (!to.scheme.empty() && to.scheme != request.scheme) {
    next.scheme = to.scheme;
    next.port.reset();
  }
  if (!to.host.empty()) next.host = to.host.substr(0, to.host.find(':'));
  if (to.port) next.port = to.port;
  if (!to.path.empty()) next.path = to.path;
  return next;
}

}  // namespace

Trace trace(const HopGraph& hops, const Request& request, std::size_t most) {
  Trace whole;
  std::set<Place> been;
  std::optional<Request> next = request;
  while (next && whole.legs.size() < most_legs) {
    Leg leg;
    leg.request = *next;
    next.reset();
    leg.repeats = !been.insert(place_of(leg.request)).second;
    if (!leg.repeats) {
      each_chain(hops, leg.request, [&](const Chain& chain) {
        if (leg.chains.size() >= most) {
          whole.cut = true;
          return false;
        }
        leg.chains.push_back(chain);
        return true;
      });
    }
    for (const Chain& chain : leg.chains) {
      if (next || !is_exact(request) || chain.mirror || chain.verdict() == Verdict::broken) continue;
      const Hop* last = chain.last().hop;
      if (last != nullptr && last->redirection) next = redirected(leg.request, *last->redirection);
    }
    whole.legs.push_back(std::move(leg));
  }
  return whole;
}

std::optional<Requirement> parse_requirement(std::string_view word) {
  const auto found = std::ranges::find(requirement_words, word);
  if (found == requirement_words.end()) return std::nullopt;
  return static_cast<Requirement>(found - requirement_words.begin());
}

std::string_view to_string(Requirement requirement) { return requirement_words[static_cast<std::size_t>(requirement)]; }

namespace {

bool is_pod_wire(const ChainStep& step) { return step.wire && step.hop != nullptr && step.hop->kind == HopKind::workload; }

std::string because(std::string_view what, const ChainStep& step) {
  if (step.reason.empty() || step.reason.starts_with(what)) return step.reason.empty() ? std::string(what) : step.reason;
  return format("{}: {}", what, step.reason);
}

}  // namespace

bool only_redirects_to_https(const Chain& chain) {
  const Hop* last = chain.last().hop;
  return last != nullptr && last->redirection && last->redirection->scheme == "https";
}

std::optional<Shortfall> shortfall(const Chain& chain, Requirement requirement) {
  const auto find = [&](const auto& wrong, std::string_view what) -> std::optional<Shortfall> {
    const ChainStep* step = chain.first(wrong);
    if (step == nullptr) return std::nullopt;
    return Shortfall{&chain, step, because(what, *step)};
  };
  if (!chain.mirror) {
    if (auto found = find([](const ChainStep& step) { return step.verdict == Verdict::broken; }, "the request is lost")) return found;
    if (auto found = find([](const ChainStep& step) { return step.verdict == Verdict::unknown; }, "cannot be proved")) return found;
  }
  if (requirement == Requirement::reachable || only_redirects_to_https(chain)) return std::nullopt;
  const auto plain = [](const ChainStep& step) { return step.wire && step.encryption == Encryption::plaintext; };
  const auto open = [](const ChainStep& step) { return step.wire && step.encryption == Encryption::unknown; };
  if (auto found = find(plain, "plain text")) return found;
  if (auto found = find(open, "cannot be proved to be encrypted")) return found;
  if (requirement == Requirement::encrypted) return std::nullopt;
  return find([](const ChainStep& step) { return is_pod_wire(step) && step.encryption != Encryption::mtls; }, "no mutual TLS");
}

}  // namespace hop
