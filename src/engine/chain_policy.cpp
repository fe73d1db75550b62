#include "engine/chain_policy.h"

#include <algorithm>
#include <set>

#include "chain/chains.h"
#include "chain/steps.h"
#include "model/host.h"
#include "rule/report.h"
#include "text/format.h"
#include "text/pattern.h"

namespace hop {

constinit const RuleInfo chain_unreachable{
    .id = "chain-unreachable",
    .summary = "a request that `policy:` wants to arrive is lost, or may be",
    .docs =
        "An entry of `policy:` in the configuration says `reachable: true` of hosts or namespaces. Every chain from a load balancer's "
        "listener to one of them must arrive, or be answered on the way. Where something that decides about it is not among the "
        "manifests, it cannot be proved: declare it with `known:`.",
    .effect = "requests that the configuration says must arrive do not, or nobody can tell",
    .source = "the `policy:` of the configuration",
    .severity = Severity::error,
    .group = Group::correctness};

constinit const RuleInfo chain_unencrypted{
    .id = "chain-unencrypted",
    .summary = "a request that `policy:` wants encrypted is not, or may not be",
    .docs =
        "An entry of `policy:` in the configuration says `encrypted: every-hop`, or `encrypted: mtls`, which also wants mutual TLS into "
        "pods. The finding is at the hop that breaks it, once, however many requests pass there. A listener that sends every client to "
        "https is no offence. Where it cannot be told, it is not proved.",
    .effect = "traffic that the configuration says must be encrypted travels in plain text, or nobody can tell",
    .source = "the `policy:` of the configuration",
    .severity = Severity::error,
    .group = Group::security};

constinit const RuleInfo chain_exposed{
    .id = "chain-exposed",
    .summary = "pods that `policy:` wants to keep from the internet can be reached from there",
    .docs =
        "An entry of `policy:` in the configuration says `unreachable-from: internet`. No chain may lead from a load balancer that faces "
        "the internet to the pods of those hosts or namespaces. Where a load balancer's scheme is not known, it is not proved.",
    .effect = "what the configuration says is internal can be called from the internet",
    .source = "the `policy:` of the configuration",
    .severity = Severity::error,
    .group = Group::security};

namespace {

constexpr std::size_t most_chains = 100000;

bool any_glob(const std::vector<std::string>& globs, std::string_view word) {
  return std::ranges::any_of(globs, [&](const std::string& glob) { return glob_match(glob, word); });
}

/// The namespaces that a chain ends in; "" where it does not get that far.
std::string_view end_namespace(const Chain& chain) {
  const Hop* last = chain.last().hop;
  return last == nullptr || last->resource == nullptr ? std::string_view() : std::string_view(last->resource->ns);
}

bool is_about(const ChainPolicy& policy, const Chain& chain) {
  const auto overlaps = [&](const std::string& host) { return chain.request.host.empty() || hosts_overlap(host, chain.request.host); };
  if (!policy.hosts.empty() && !std::ranges::any_of(policy.hosts, overlaps)) return false;
  return policy.namespaces.empty() || any_glob(policy.namespaces, end_namespace(chain));
}

/// What is wrong with one chain by one policy.
struct Offence {
  const RuleInfo* rule;
  const ChainStep* step;
  std::string why;
};

std::optional<Offence> exposure(const Chain& chain) {
  const ChainStep& entry = chain.steps.front();
  if (entry.hop == nullptr || chain.is_answer() || chain.verdict() == Verdict::broken) return std::nullopt;
  if (entry.hop->internet == Truth::no) return std::nullopt;
  const std::string_view why = entry.hop->internet == Truth::yes
                                   ? "the internet reaches what `policy` says it must not"
                                   : "whether the internet reaches this load balancer cannot be told, and `policy` says it must not";
  return Offence{&chain_exposed, &entry, std::string(why)};
}

std::vector<Offence> offences(const ChainPolicy& policy, const Chain& chain) {
  std::vector<Offence> all;
  if (policy.unreachable_from_internet) {
    if (auto found = exposure(chain)) all.push_back(std::move(*found));
  }
  if (policy.reachable) {
    if (auto found = shortfall(chain, Requirement::reachable)) all.push_back({&chain_unreachable, found->step, found->why});
  }
  if (policy.encrypted) {
    // What is lost travels nowhere; that is another matter.
    const auto found = shortfall(chain, *policy.encrypted);
    if (found && found->step->verdict == Verdict::ok) all.push_back({&chain_unencrypted, found->step, found->why});
    if (found && found->step->verdict == Verdict::unknown && !policy.reachable)
      all.push_back({&chain_unencrypted, found->step, found->why});
  }
  return all;
}

class Judge {
 public:
  Judge(const std::vector<ChainPolicy>& policies, std::vector<Diagnostic>& findings) : policies_(policies), findings_(findings) {
    met_.resize(policies.size());
  }

  /// False when it has seen enough.
  bool look_at(const Chain& chain) {
    if (seen_ == most_chains) {
      cut_ = true;
      return false;
    }
    ++seen_;
    for (std::size_t i = 0; i < policies_.size(); ++i) {
      if (!is_about(policies_[i], chain)) continue;
      met_[i] = true;
      for (const Offence& offence : offences(policies_[i], chain)) report(policies_[i], chain, offence);
    }
    return true;
  }

  /// A host that must be reachable, and that nothing leads to; what was not looked at.
  void look_at_rest() {
    for (std::size_t i = 0; i < policies_.size(); ++i) {
      const ChainPolicy& policy = policies_[i];
      if (cut_) {
        report_cut(policy);
      } else if (!met_[i] && (policy.reachable || policy.encrypted)) {
        report_at(chain_unreachable, policy, "no load balancer among the manifests leads to what this policy is about");
      }
    }
  }

 private:
  /// A policy that is violated anyway needs no more.
  void report_cut(const ChainPolicy& policy) {
    const auto is_its = [&](const auto& told) { return std::get<0>(told) == &policy; };
    if (std::ranges::any_of(told_, is_its)) return;
    const RuleInfo& rule = policy.unreachable_from_internet ? chain_exposed : policy.encrypted ? chain_unencrypted : chain_unreachable;
    report_at(rule, policy, format("there are more than {} chains: whether the rest keeps this policy cannot be told", most_chains));
  }

  void report_at(const RuleInfo& rule, const ChainPolicy& policy, std::string message) {
    Report report(rule);
    report.at(policy.where, std::move(message));
    for (Diagnostic& finding : report.take()) findings_.push_back(std::move(finding));
  }

  void report(const ChainPolicy& policy, const Chain& chain, const Offence& offence) {
    const auto places = places_of(*offence.step);
    const Span where = places.empty() ? policy.where : places.front().span();
    if (!told_.emplace(&policy, offence.rule, where).second) return;
    Report report(*offence.rule);
    const Resource* resource = offence.step->hop == nullptr ? nullptr : offence.step->hop->resource;
    if (offence.step->decided_by != nullptr && !places.empty() && places.front() == offence.step->place) {
      resource = offence.step->decided_by;
    }
    if (offence.step->refused_at) resource = offence.step->refused_by;
    {
      Finding finding =
          places.empty() || resource == nullptr ? report.at(where, offence.why) : report.at(*resource, places.front(), offence.why);
      finding.note(policy.where, "this policy asks for it");
      for (Step& step : steps_of(chain)) finding.step(std::move(step));
    }
    for (Diagnostic& finding : report.take()) findings_.push_back(std::move(finding));
  }

  const std::vector<ChainPolicy>& policies_;
  std::vector<Diagnostic>& findings_;
  std::vector<bool> met_;
  std::size_t seen_ = 0;
  bool cut_ = false;  ///< there were more chains than are looked at
  std::set<std::tuple<const ChainPolicy*, const RuleInfo*, Span>> told_;
};

}  // namespace

void apply_policies(const Graph& graph, const Settings& settings, std::vector<Diagnostic>& findings) {
  if (settings.policies.empty()) return;
  const HopGraph hops = build_hops(graph);
  Judge judge(settings.policies, findings);
  each_chain(hops, {}, [&](const Chain& chain) { return judge.look_at(chain); });
  judge.look_at_rest();
}

}  // namespace hop
