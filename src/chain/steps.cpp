#include "chain/steps.h"

namespace hop {

std::vector<yaml::Node> places_of(const ChainStep& step) {
  std::vector<yaml::Node> places;
  const bool broken = step.verdict == Verdict::broken;
  if (step.refused_at) places.push_back(step.refused_at);
  if (broken && step.hop != nullptr && step.hop->redirects_to_https) places.push_back(step.hop->redirect_place());
  if (step.place && (broken || step.encryption == Encryption::plaintext)) places.push_back(step.place);
  if (step.hop != nullptr && step.hop->place) places.push_back(step.hop->place);
  return places;
}

namespace {

Step step_of(const ChainStep& from) {
  Step step;
  const Hop* hop = from.hop;
  step.kind = std::string(to_string(hop == nullptr ? HopKind::nowhere : hop->kind));
  step.label = hop == nullptr ? "nowhere" : hop->label;
  if (hop != nullptr && hop->resource != nullptr) step.object = object_id(*hop->resource);
  // Where it breaks, what breaks it is shown rather than the hop.
  const auto places = places_of(from);
  if (!places.empty()) step.where = (from.verdict == Verdict::broken ? places.front() : places.back()).span();
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
