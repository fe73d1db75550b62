#include "chain/steps.h"

namespace hop {
namespace {

Step step_of(const ChainStep& from) {
  Step step;
  const Hop* hop = from.hop;
  step.kind = std::string(to_string(hop == nullptr ? HopKind::nowhere : hop->kind));
  step.label = hop == nullptr ? "nowhere" : hop->label;
  if (hop != nullptr && hop->resource != nullptr) step.object = object_id(*hop->resource);
  // Where it breaks, what breaks it is shown rather than the hop.
  if (from.verdict == Verdict::broken && from.link != nullptr && from.link->place) {
    step.where = from.link->place.span();
  } else if (hop != nullptr && hop->place) {
    step.where = hop->place.span();
  }
  step.protocol = std::string(from.protocol);
  step.encryption = std::string(to_string(from.encryption));
  step.verified = from.verified;
  step.verdict = std::string(to_string(from.verdict));
  step.reason = from.reason;
  return step;
}

}  // namespace

std::vector<Step> steps_of(const Chain& chain) {
  std::vector<Step> steps;
  steps.reserve(chain.steps.size());
  for (const ChainStep& step : chain.steps) steps.push_back(step_of(step));
  return steps;
}

}  // namespace hop
