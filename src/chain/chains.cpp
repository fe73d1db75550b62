#include "chain/chains.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "chain/gate.h"
#include "text/format.h"

namespace hop {

Verdict Chain::verdict() const {
  Verdict worst = Verdict::ok;
  for (const ChainStep& step : steps) worst = std::max(worst, step.verdict);
  return worst;
}

namespace {

Truth is_encrypted(Encryption encryption) {
  if (encryption == Encryption::unknown) return Truth::unknown;
  return truth(encryption != Encryption::plaintext);
}

}  // namespace

Truth Chain::encrypted() const {
  Truth all = Truth::yes;
  for (const ChainStep& step : steps) {
    if (step.wire) all = all && is_encrypted(step.encryption);
  }
  return all;
}

Truth Chain::mutual() const {
  Truth all = encrypted();
  for (const ChainStep& step : steps) {
    if (!step.wire || step.hop == nullptr || step.hop->kind != HopKind::workload) continue;
    all = all && (step.encryption == Encryption::unknown ? Truth::unknown : truth(step.encryption == Encryption::mtls));
  }
  return all;
}

const ChainStep* Chain::first(const std::function<bool(const ChainStep&)>& wrong) const {
  const auto found = std::find_if(steps.begin(), steps.end(), wrong);
  return found == steps.end() ? nullptr : &*found;
}

bool Chain::is_answer() const {
  const Hop* hop = last().hop;
  return hop != nullptr && (hop->redirection || hop->kind == HopKind::response);
}

namespace {

/// Whether a client that asks for this opens a connection to the listener.
bool is_meant(const Hop& listener, const Link& entry, const Request& request) {
  if (listener.kind != HopKind::listener) return true;
  if (request.port ? *request.port != listener.port : !request.scheme.empty() && usual_port(request.scheme) != listener.port) return false;
  // A port that passes bytes on takes either.
  return request.scheme.empty() || entry.type == Link::Type::through || listener.https == (request.scheme == "https");
}

/// The links of a hop that a request for one host may take: thousands of servers of a gateway may each have a host of their own.
class LinksByHost {
 public:
  static constexpr std::size_t few = 16;  ///< are tried one after the other

  LinksByHost(const HopGraph& hops, const Hop& hop) {
    for (std::uint32_t at = 0; at < hop.links.size(); ++at) {
      const Condition& takes = hops[hop.links[at].to].takes;
      if (takes.hosts_open || takes.hosts.empty() || std::ranges::any_of(takes.hosts, is_pattern)) {
        others_.push_back(at);
        continue;
      }
      for (const std::string& host : takes.hosts) exact_[host].push_back(at);
    }
  }

  /// Positions, ascending, each once.
  std::vector<std::uint32_t> of(const std::string& host) const {
    std::vector<std::uint32_t> found = others_;
    if (const auto own = exact_.find(host); own != exact_.end()) found.insert(found.end(), own->second.begin(), own->second.end());
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return found;
  }

 private:
  static bool is_pattern(const std::string& host) { return host.find_first_of("*?[\\") != std::string::npos; }

  std::unordered_map<std::string_view, std::vector<std::uint32_t>> exact_;  // looked up only
  std::vector<std::uint32_t> others_;
};

class Walk {
 public:
  Walk(const HopGraph& hops, const std::function<bool(const Chain&)>& each) : hops_(hops), each_(each) {}

  bool run(const Request& request) {
    for (const Link& entry : hops_.entries()) {
      const Hop& listener = hops_[entry.to];
      if (!is_meant(listener, entry, request)) continue;
      chain_ = {};
      listener_ = &listener;
      Request here = request;
      // Of bytes that are passed on whoever takes them says what they are.
      rewritten_ = {};
      passed_.clear();
      passes_on_ = entry.type == Link::Type::through;
      if (here.scheme.empty() && listener.kind == HopKind::listener && !passes_on_) here.scheme = listener.https ? "https" : "http";
      if (!take(entry, here)) return false;
    }
    return true;
  }

 private:
  struct Way {
    const Link* link;
    Taken taken;
  };

  /// Goes over a link if its hop takes the request, once for each host that fits. False if enumeration is to stop.
  bool take(const Link& link, const Request& request) {
    for (const Taken& taken : ways_taken(hops_[link.to].takes, request)) {
      if (!follow({&link, taken}, request)) return false;
    }
    return true;
  }

  bool follow(const Way& way, Request request) {
    request.host = way.taken.host;
    request.path = way.taken.path;
    const Hop& hop = hops_[way.link->to];
    if (hop.kind == HopKind::server && hop.port != 0) request.served_at = hop.port;
    if (hop.takes.port) request.served_at = hop.takes.port;
    const bool was_mirror = chain_.mirror;
    chain_.mirror = chain_.mirror || hop.mirror;
    chain_.steps.push_back(step_of(*way.link, hop, way.taken));
    if (passes_on_) settle_scheme(*way.link, request);
    const std::size_t gates_before = passed_.size();
    pass_gate(*way.link, request);
    const RewrittenRequest before = rewritten_;
    rewritten_.apply(hop, request);
    bool going = true;
    if (chain_.steps.back().verdict == Verdict::broken) {
      going = finish(request);
    } else if (hop.redirects_to_https) {
      going = redirect(hop, *hop.redirects_to_https, request);
    } else if (hop.links.empty() && !hop.otherwise.empty()) {
      going = otherwise(hop, request);
    } else if (hop.links.empty()) {
      going = finish(request);
    } else {
      going = choose(hop, request);
    }
    chain_.steps.pop_back();
    chain_.mirror = was_mirror;
    rewritten_ = before;
    passed_.resize(gates_before);
    return going;
  }

  /// A server that takes the client's own bytes says whether they are to be TLS.
  void settle_scheme(const Link& link, Request& request) {
    if (link.type != Link::Type::wire_end || link.encryption == Encryption::unknown) return;
    const std::string_view scheme = link.encryption == Encryption::plaintext ? "http" : "https";
    if (request.scheme.empty()) request.scheme = scheme;
    if (request.scheme == scheme) return;
    chain_.steps.back().verdict = Verdict::broken;
    chain_.steps.back().reason = scheme == "https" ? "plain text to a port that expects TLS" : "TLS to a port that expects plain text";
  }

  /// A gate on the way, and what the request was when it came there.
  struct Passed {
    const Gate* gate;
    std::size_t step;
    RewrittenRequest rewritten;
  };

  /// Whether the policies behind the link let it in.
  void pass_gate(const Link& link, const Request& request) {
    if (link.gate == nullptr || chain_.steps.back().verdict == Verdict::broken) return;
    passed_.push_back({link.gate, chain_.steps.size() - 1, rewritten_});
    ask(passed_.back(), request, chain_.steps.back());
  }

  void ask(const Passed& passed, const Request& request, ChainStep& step) const {
    std::optional<std::int64_t> port = request.port ? request.port : std::optional(listener_->port);
    if (listener_->kind == HopKind::caller) port.reset();
    Admission found = admit(*passed.gate, hops_.gates()->authorizations.trust_domains(), request, passed.rewritten, port);
    if (found.let_in == Truth::yes) return;
    step.verdict = std::max(step.verdict, found.let_in == Truth::no ? Verdict::broken : Verdict::unknown);
    step.reason = std::move(found.reason);
    step.refused_by = found.policy;
    step.refused_at = found.place;
  }

  /// Of an open request more is known at the end than at the first gates.
  void ask_again(Chain& whole) const {
    if (is_one(whole.request)) return;
    for (const Passed& passed : passed_) {
      ChainStep& step = whole.steps[passed.step];
      if (step.verdict != Verdict::ok) continue;
      ask(passed, whole.request, step);
      if (step.verdict == Verdict::broken) return whole.steps.resize(passed.step + 1);
    }
  }

  ChainStep step_of(const Link& link, const Hop& hop, const Taken& taken) const {
    ChainStep step;
    step.hop = &hop;
    step.link = &link;
    step.wire = link.type == Link::Type::wire || link.type == Link::Type::through;
    const bool says = link.type != Link::Type::within;
    step.protocol = link.protocol;
    step.encryption = link.encryption;
    step.verified = link.verified;
    step.verdict = link.verdict;
    step.reason = link.reason;
    step.decided_by = link.decided_by;
    step.place = link.place;
    if (link.type == Link::Type::wire_end && link.decided_by == nullptr) name_opener(step);
    step.depends_on = taken.depends_on;
    if (!says && !chain_.steps.empty()) {
      const ChainStep& before = chain_.steps.back();
      step.protocol = before.protocol;
      step.encryption = before.encryption;
      step.verified = before.verified;
    }
    return step;
  }

  /// Who opened the wire that ends here.
  void name_opener(ChainStep& step) const {
    if (chain_.steps.empty() || chain_.steps.back().link == nullptr) return;
    step.decided_by = chain_.steps.back().link->opened_by;
    step.place = chain_.steps.back().link->opened_at;
  }

  bool choose(const Hop& hop, const Request& request) {
    switch (hop.choice) {
      case Hop::Choice::all:
        for (const Link& link : hop.links) {
          if (!take(link, request)) return false;
        }
        return true;
      case Hop::Choice::first:
        return choose_first(hop, request);
      case Hop::Choice::best_host:
        return choose_best(hop, request);
    }
    return true;
  }

  bool choose_first(const Hop& hop, const Request& request) {
    bool settled = false;
    std::optional<Taken> doubtful;
    for (const Link& link : hop.links) {
      const Condition& condition = hops_[link.to].takes;
      for (const Taken& taken : ways_taken(condition, request)) {
        doubtful = taken;
        settled = settled || (taken.taken == Truth::yes && is_one(request)) || takes_everything(condition);
        if (!follow({&link, taken}, request)) return false;
      }
      if (settled) return true;
    }
    return (doubtful && !is_one(request)) || otherwise(hop, request, doubtful ? doubtful->depends_on : std::string_view());
  }

  /// Calls `visit` with each link that the request may take by its host.
  template <class Visit>
  void each_link_for(const Hop& hop, const Request& request, Visit visit) {
    if (hop.links.size() <= LinksByHost::few || !is_exact(request)) {
      for (const Link& link : hop.links) visit(link);
      return;
    }
    const LinksByHost& by_host = by_host_.try_emplace(&hop, hops_, hop).first->second;
    for (const std::uint32_t at : by_host.of(request.host)) visit(hop.links[at]);
  }

  bool choose_best(const Hop& hop, const Request& request) {
    std::vector<Way> ways;
    std::size_t best = 0;
    each_link_for(hop, request, [&](const Link& link) {
      for (Taken& taken : ways_taken(hops_[link.to].takes, request)) {
        best = std::max(best, taken.closeness);
        ways.push_back({&link, std::move(taken)});
      }
    });
    const bool one = is_exact(request);
    std::erase_if(ways, [&](const Way& way) { return one && way.taken.closeness < best; });
    if (one && ways.size() > 1) keep_closest(ways, request);
    for (const Way& way : ways) {
      if (!follow(way, request)) return false;
    }
    const bool settled = std::ranges::any_of(ways, [](const Way& way) { return way.taken.taken == Truth::yes; });
    return settled || (!ways.empty() && !is_one(request)) || otherwise(hop, request, ways.empty() ? "" : ways.back().taken.depends_on);
  }

  /// Of several with the same host those whose rules take the request; of rules of the Gateway API the first in their order.
  void keep_closest(std::vector<Way>& ways, const Request& request) const {
    std::vector<std::uint32_t> ranks;
    for (const Way& way : ways) ranks.push_back(rank(hops_[way.link->to], request));
    const std::uint32_t highest = *std::ranges::max_element(ranks);
    std::size_t at = 0;
    std::erase_if(ways, [&](const Way&) { return ranks[at++] < highest; });
  }

  /// 0 where none of its alternatives takes the request.
  std::uint32_t rank(const Hop& hop, const Request& request) const {
    if (hop.choice != Hop::Choice::first) return 1;
    for (const Link& link : hop.links) {
      const Condition& condition = hops_[link.to].takes;
      if (!ways_taken(condition, request).empty()) return condition.precedence + 1;
    }
    return 0;
  }

  /// Nothing takes it, or nothing surely does: what may is followed, and depends on something.
  bool otherwise(const Hop& hop, const Request& request, std::string_view depends_on = {}) {
    ChainStep step;
    if (!chain_.steps.empty()) {
      step = chain_.steps.back();
      step.wire = false;
      step.decided_by = nullptr;
      step.place = {};
    }
    step.hop = nullptr;
    step.link = nullptr;
    step.verdict = hop.otherwise.empty() || !depends_on.empty() ? Verdict::unknown : Verdict::broken;
    step.reason = hop.otherwise.empty() ? "nothing among the manifests takes the request here" : hop.otherwise;
    if (!depends_on.empty()) step.reason = format("that depends on {}; otherwise {}", depends_on, step.reason);
    chain_.steps.push_back(std::move(step));
    const bool going = finish(request);
    chain_.steps.pop_back();
    return going;
  }

  /// A server that sends plain requests away: it tells them by X-Forwarded-Proto, if it believes whoever sets it.
  bool redirect(const Hop& hop, const TrustedProxies& trusted, const Request& request) {
    ChainStep& step = chain_.steps.back();
    // Only a load balancer that reads HTTP says what the client used.
    const bool told = listener_->resource == nullptr || listener_->resource->kind != Kind::service;
    const bool over_https = listener_->https;
    if (!over_https && request.scheme != "https") {
      if (step.verdict == Verdict::ok) step.reason = "redirects to https";
      return finish(request);
    }
    if (told && (trusted.open || (!trusted.known && trusted.count == 0))) {
      step.verdict = std::max(step.verdict, Verdict::unknown);
      step.reason = "redirects to https; whether it believes X-Forwarded-Proto is not known";
      return choose(hop, request);
    }
    if (told && trusted.count > 0) return choose(hop, request);
    step.verdict = Verdict::broken;
    step.reason = told ? "redirects to https what came over https: X-Forwarded-Proto is not believed"
                       : "redirects to https what came over https: no load balancer that ends only TLS says so";
    return finish(request);
  }

  bool finish(const Request& request) {
    Chain whole = chain_;
    whole.request = request;
    ask_again(whole);
    fill_in(whole.steps);
    return each_(whole);
  }

  /// What a wire carries shows only behind it: at the server that takes it, or where it ends.
  static void fill_in(std::vector<ChainStep>& steps) {
    const ChainStep* says = nullptr;
    for (std::size_t i = steps.size(); i-- > 0;) {
      ChainStep& step = steps[i];
      const Link::Type type = step.link == nullptr ? Link::Type::within : step.link->type;
      if (type == Link::Type::wire || type == Link::Type::wire_end) says = &step;
      if (type != Link::Type::through || says == nullptr) continue;
      step.encryption = says->encryption;
      step.verified = says->verified;
      if (step.protocol.empty()) step.protocol = says->protocol;
      for (std::size_t j = i + 1; j < steps.size() && (steps[j].link == nullptr || steps[j].link->type == Link::Type::within); ++j) {
        steps[j].encryption = step.encryption;
        steps[j].verified = step.verified;
        steps[j].protocol = step.protocol;
      }
    }
  }

  const HopGraph& hops_;
  const std::function<bool(const Chain&)>& each_;
  std::unordered_map<const Hop*, LinksByHost> by_host_;  ///< of hops with many links; looked up only
  const Hop* listener_ = nullptr;
  bool passes_on_ = false;  ///< the listener passes the client's bytes on
  Chain chain_;
  RewrittenRequest rewritten_;  ///< by the routes so far
  std::vector<Passed> passed_;
};

}  // namespace

void each_chain(const HopGraph& hops, const Request& request, const std::function<bool(const Chain&)>& each) {
  Walk(hops, each).run(request);
}

std::string url_of(const Chain& chain) {
  const Request& request = chain.request;
  std::string url = format("{}://{}", request.scheme.empty() ? "http" : request.scheme, request.host.empty() ? "*" : request.host);
  const Hop* entry = chain.steps.front().hop;
  std::int64_t port = request.port ? *request.port : entry != nullptr && entry->kind == HopKind::listener ? entry->port : 0;
  // Inside the mesh the Service has it.
  for (const ChainStep& step : chain.steps) {
    if (port == 0 && step.hop != nullptr && step.hop->takes.port) port = *step.hop->takes.port;
  }
  if (port != 0 && port != usual_port(request.scheme.empty() ? "http" : request.scheme)) url += format(":{}", port);
  return url + (request.path.empty() ? "/" : request.path) + (request.path_is_prefix ? "*" : "");
}

}  // namespace hop
