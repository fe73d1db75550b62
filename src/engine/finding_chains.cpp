#include "engine/finding_chains.h"

#include <algorithm>
#include <map>
#include <set>

#include "chain/chains.h"
#include "chain/steps.h"

namespace hop {
namespace {

constexpr std::size_t most_chains = 5000;  ///< looked at; a finding about a later one is shown without

/// What the kinds of hops are decided by.
constexpr std::string_view families[] = {
    "alb", "controller", "destinationrule", "gateway", "gatewayapi",         "ingress",        "mtls",
    "nlb", "service",    "serviceentry",    "sidecar", "targetgroupbinding", "virtualservice", "workload"};

bool may_be_about_a_chain(const Diagnostic& finding) {
  return finding.chain.empty() && finding.severity != Severity::info &&
         std::ranges::find(families, family(*finding.rule)) != std::end(families);
}

/// What is wrong with a step, if anything is: it is broken, or plain.
bool is_wrong(const ChainStep& step) { return step.verdict == Verdict::broken || (step.wire && step.encryption == Encryption::plaintext); }

bool is_wrong(const Link& link) {
  return link.verdict == Verdict::broken || (link.type != Link::Type::within && link.encryption == Encryption::plaintext);
}

using Wanted = std::multimap<Span, Diagnostic*>;

Wanted wanted_places(std::vector<Diagnostic>& findings) {
  Wanted wanted;
  for (Diagnostic& finding : findings) {
    if (!may_be_about_a_chain(finding)) continue;
    wanted.emplace(finding.where, &finding);
    for (const Note& note : finding.notes) wanted.emplace(note.where, &finding);
  }
  return wanted;
}

/// Tells which VirtualServices a finding may be about: that it is in, or whose destinations it is about. Building the others' hops would be
/// most of the work.
class Concern {
 public:
  Concern(const Graph& graph, const std::vector<Diagnostic>& findings) : graph_(graph) {
    for (const Diagnostic& finding : findings) {
      if (!may_be_about_a_chain(finding)) continue;
      places_.push_back(finding.where);
      for (const Note& note : finding.notes) places_.push_back(note.where);
      const std::string_view of = family(*finding.rule);
      everywhere_ = everywhere_ || of == "mtls" || of == "workload" || of == "sidecar" || of == "serviceentry";
    }
    std::sort(places_.begin(), places_.end());
    files_.resize(graph.sources().size());
    for (const Span place : places_) {
      if (place) files_[static_cast<std::size_t>(place.file)] = true;
    }
    for (const DestinationRule& rule : graph.all<DestinationRule>()) {
      if (!holds_place(*rule)) continue;
      for (const Edge* edge : graph.from(*rule)) targets_.insert(edge->to.target);
    }
  }

  bool operator()(const VirtualService& vs) const {
    if (everywhere_ || holds_place(*vs)) return true;
    return std::ranges::any_of(graph_.destinations(vs), [&](const Destination& destination) {
      const Resource* target = destination.edge == nullptr ? nullptr : destination.edge->to.target;
      return target != nullptr && (targets_.contains(target) || holds_place(*target));
    });
  }

 private:
  bool holds_place(const Resource& resource) const {
    const auto file = static_cast<std::size_t>(resource.root.document()->file());
    if (file >= files_.size() || !files_[file]) return false;
    const Span whole = resource.root.span();
    const auto at = std::lower_bound(places_.begin(), places_.end(), Span{whole.file, whole.begin, 0});
    return at != places_.end() && at->file == whole.file && at->begin < whole.end;
  }

  Graph graph_;
  std::vector<Span> places_;  ///< sorted
  std::vector<bool> files_;   ///< whether one of them is there, by file
  std::set<const Resource*> targets_;
  bool everywhere_ = false;
};

bool any_wanted(const HopGraph& hops, const Wanted& wanted) {
  const auto is_wanted = [&](yaml::Node place) { return place && (wanted.contains(place.span()) || wanted.contains(place.key_span())); };
  for (std::uint32_t i = 0; i < hops.size(); ++i) {
    if (hops[i].redirects_to_https && wanted.contains(hops[i].redirect_place().span())) return true;
    for (const Link& link : hops[i].links) {
      if ((is_wrong(link) && is_wanted(link.place)) || is_wanted(link.opened_at)) return true;
    }
  }
  return false;
}

/// Places in what is only implied all lie at the one line that implies it: they say nothing.
bool is_there(yaml::Node place) { return !place.document()->synthetic(); }

bool is_at(yaml::Node node, Span place) { return is_there(node) && (node.span() == place || node.key_span() == place); }

/// Whether the chain passes where the finding is.
bool passes(const Chain& chain, Span place) {
  return std::ranges::any_of(chain.steps, [&](const ChainStep& step) {
    return std::ranges::any_of(places_of(step), [&](yaml::Node node) { return is_at(node, place); }) ||
           (step.place && is_at(step.place, place));
  });
}

/// Plain text is what a finding about security is about; one about correctness is about what breaks. Where only a note is at the step,
/// the finding itself is further up.
bool fits(const Diagnostic& finding, const Chain& chain, const ChainStep& step) {
  if (!finding.chain.empty() || (step.verdict != Verdict::broken && finding.rule->group != Group::security)) return false;
  return passes(chain, finding.where);
}

/// The chain up to the wrong step.
std::vector<Step> up_to(const Chain& chain, const ChainStep& step) {
  Chain part = chain;
  part.steps.resize(static_cast<std::size_t>(&step - chain.steps.data()) + 1);
  return steps_of(part);
}

}  // namespace

void add_chains(const Graph& graph, std::vector<Diagnostic>& findings) {
  const Wanted wanted = wanted_places(findings);
  if (wanted.empty()) return;
  const HopGraph hops = build_hops(graph, Concern(graph, findings));
  if (!any_wanted(hops, wanted)) return;
  std::size_t seen = 0;
  each_chain(hops, {}, [&](const Chain& chain) {
    for (const ChainStep& step : chain.steps) {
      if (!is_wrong(step)) continue;
      for (yaml::Node place : places_of(step)) {
        if (!is_there(place)) continue;
        for (const Span span : {place.span(), place.key_span()}) {
          const auto [first, last] = wanted.equal_range(span);
          for (auto at = first; at != last; ++at) {
            if (fits(*at->second, chain, step)) at->second->chain = up_to(chain, step);
          }
        }
      }
    }
    return ++seen < most_chains;
  });
}

}  // namespace hop
