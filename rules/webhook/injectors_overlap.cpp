// Two injectors that both take some pod.
#include <algorithm>
#include <set>

#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view revision_label = "istio.io/rev";

struct Injector {
  const Resource* config;
  yaml::Node webhook;
};

/// Labels that decide on injection: a switch and a revision; "" for absent.
struct Sample {
  std::string_view key;  ///< of the switch: `istio-injection` or `sidecar.istio.io/inject`
  std::string_view value;
  std::string_view revision;
  std::string_view operator[](std::string_view label) const {
    return label == key ? value : label == revision_label ? revision : std::string_view{};
  }
};

bool matches_expression(yaml::Node expression, const Sample& sample) {
  const std::string_view has = sample[expression["key"].str()];
  const std::string_view verb = expression["operator"].str();
  if (verb == "Exists") return !has.empty();
  if (verb == "DoesNotExist") return has.empty();
  bool listed = false;
  for (yaml::Node value : expression["values"].items()) listed = listed || (!has.empty() && value.str() == has);
  return verb == "NotIn" ? !listed : listed;
}

bool selects(yaml::Node selector, const Sample& sample) {
  for (const auto& [key, value] : selector["matchLabels"].entries()) {
    if (sample[key.str()] != value.str()) return false;
  }
  for (yaml::Node expression : selector["matchExpressions"].items()) {
    if (!matches_expression(expression, sample)) return false;
  }
  return true;
}

bool mentions_unknown(yaml::Node selector) {
  for (const auto& [key, value] : selector["matchLabels"].entries()) {
    if (text_of(value).is_unknown()) return true;
  }
  for (yaml::Node expression : selector["matchExpressions"].items()) {
    for (yaml::Node value : expression["values"].items()) {
      if (text_of(value).is_unknown()) return true;
    }
  }
  return false;
}

void add_revisions(yaml::Node selector, std::set<std::string_view>& revisions) {
  revisions.insert(selector["matchLabels"][revision_label].str());
  for (yaml::Node expression : selector["matchExpressions"].items()) {
    if (expression["key"].str() != revision_label) continue;
    for (yaml::Node value : expression["values"].items()) revisions.insert(value.str());
  }
}

/// All samples of one switch: absent, on and off, without and with each revision.
std::vector<Sample> samples(std::string_view key, std::string_view on, std::string_view off, const std::set<std::string_view>& revisions) {
  std::vector<Sample> all;
  for (const std::string_view value : {std::string_view{}, on, off}) {
    for (const std::string_view revision : revisions) all.push_back({key, value, revision});
  }
  return all;
}

std::string_view words_of(const Sample& sample) { return sample.value.empty() ? std::string_view("unlabelled") : sample.value; }

void report_overlap(const Injector& one, const Injector& other, const Sample& ns, const Sample& pod, Report& report) {
  const std::string revision = ns.revision.empty() ? "" : format(" of revision `{}`", ns.revision);
  report
      .at(*one.config, one.webhook["name"],
          format("webhook `{}` takes pods that `{}` takes too", one.webhook["name"].str(), other.webhook["name"].str()))
      .alias("IST0139")
      .note(other.webhook["name"], format("it takes pods with `{}` in a namespace with `{}`{}", words_of(pod), words_of(ns), revision));
}

void check(const Graph& graph, Report& report) {
  constexpr std::size_t enough = 40;  // every pair is compared over all samples
  std::vector<Injector> injectors;
  std::set<std::string_view> revisions{""};
  for (const Resource* config : graph.of(Kind::mutating_webhook)) {
    for (yaml::Node webhook : WebhookConfiguration(*config).webhooks()) {
      const bool unknown = mentions_unknown(webhook["namespaceSelector"]) || mentions_unknown(webhook["objectSelector"]);
      if (!webhook["name"].str().ends_with(".istio.io") || unknown || injectors.size() == enough) continue;
      injectors.push_back({config, webhook});
      add_revisions(webhook["namespaceSelector"], revisions);
      add_revisions(webhook["objectSelector"], revisions);
    }
  }
  while (revisions.size() > 8) revisions.erase(std::prev(revisions.end()));
  // By name: which of several is shown does not depend on the files' order.
  std::stable_sort(injectors.begin(), injectors.end(), [](const Injector& a, const Injector& b) {
    return std::pair(a.config->name, a.webhook["name"].str()) < std::pair(b.config->name, b.webhook["name"].str());
  });
  std::set<const Injector*> told;
  for (const Sample& ns : samples("istio-injection", "enabled", "disabled", revisions)) {
    for (const Sample& pod : samples("sidecar.istio.io/inject", "true", "false", revisions)) {
      std::vector<const Injector*> taking;
      for (const Injector& injector : injectors) {
        if (selects(injector.webhook["namespaceSelector"], ns) && selects(injector.webhook["objectSelector"], pod))
          taking.push_back(&injector);
      }
      for (const Injector* one : taking) {
        const auto other = std::find_if(taking.begin(), taking.end(),
                                        [&](const Injector* two) { return two != one && graph.sees(*one->config, *two->config); });
        if (other != taking.end() && one->config->linted() && told.insert(one).second) report_overlap(*one, **other, ns, pod, report);
      }
    }
  }
}

}  // namespace

extern constinit const Rule webhook_injectors_overlap = {
    .info = {.id = "webhook-injectors-overlap",
             .summary = "two of Istio's injectors take the same pods",
             .docs =
                 "The selectors of every webhook of an injector are tried on namespaces and pods with each of the labels that decide on "
                 "injection, for each revision the selectors name. A revision that is the default needs a tag, not a second set of "
                 "webhooks for `istio-injection: enabled`.",
             .effect = "the pod is rendered twice, by two versions of Istio: which one wins is left to the order of the webhooks' names",
             .source = "https://istio.io/latest/docs/setup/upgrade/canary/",
             .severity = Severity::warning,
             .aliases = {"IST0139"}},
    .reads = {Kind::mutating_webhook},
    .check = check,
};

}  // namespace hop::rules
