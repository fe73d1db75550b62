#include "model/selector.h"

#include <algorithm>
#include <span>

#include "yaml/template.h"

namespace hop {
namespace {

// Labels that controllers put on pods when they make them; no template has them.
// Source: kubernetes.io/docs/reference/labels-annotations-taints; argo-rollouts; istio.io resource labels.
constexpr std::string_view runtime_labels[] = {
    "statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index",        "topology.kubernetes.io/region",
    "topology.kubernetes.io/zone",        "topology.istio.io/subzone",           "kubernetes.io/hostname",
    "service.istio.io/canonical-name",    "service.istio.io/canonical-revision", "security.istio.io/tlsMode",
};
constexpr std::string_view runtime_labels_without_prefix[] = {
    "pod-template-hash", "controller-revision-hash", "job-name", "controller-uid", "rollouts-pod-template-hash",
};

bool among(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// What an absent label says: nothing, where a controller may add it.
Truth when_absent(std::string_view key) { return is_runtime_label(key) ? Truth::unknown : Truth::no; }

Truth one_of(yaml::Node values, const Value<std::string_view>& label) {
  Truth result = Truth::no;
  for (yaml::Node value : values.items()) {
    const auto text = text_of(value);
    result = result || (text.is_known() ? label.equals(*text) : label.is_absent() ? Truth::no : Truth::unknown);
  }
  return result;
}

Truth matches_expression(yaml::Node expression, Labels labels) {
  const auto key = text_of(expression["key"]);
  const auto verb = text_of(expression["operator"]);
  if (!key.is_known() || !verb.is_known()) return Truth::unknown;
  const auto label = labels[*key];
  const Truth exists = label.is_unknown() ? Truth::yes : truth(label.is_known());
  if (*verb == "Exists") return exists;
  if (*verb == "DoesNotExist") return !exists;
  if (*verb == "In") return one_of(expression["values"], label);
  if (*verb == "NotIn") return !one_of(expression["values"], label);
  return Truth::unknown;
}

}  // namespace

bool is_runtime_label(std::string_view key) {
  if (key.find('/') == std::string_view::npos) return key.size() > 7 && among(runtime_labels_without_prefix, key);
  return among(runtime_labels, key) || key.starts_with("batch.kubernetes.io/");
}

Truth matches(yaml::Node wanted, Labels labels) {
  Truth result = Truth::yes;
  for (const auto& [key, value] : wanted.entries()) {
    const auto want = text_of(value);
    const auto have = labels[key.str()];
    if (yaml::is_placeholder(key.str())) {
      result = result && Truth::unknown;
    } else if (want.is_known()) {
      result = result && (have.is_absent() ? when_absent(key.str()) : have.equals(*want));
    } else {
      result = result && (have.is_absent() ? when_absent(key.str()) : Truth::unknown);
    }
    if (result == Truth::no) break;
  }
  return result;
}

Truth matches_selector(yaml::Node label_selector, Labels labels) {
  if (!label_selector) return Truth::no;
  Truth result = matches(label_selector["matchLabels"], labels);
  for (yaml::Node expression : label_selector["matchExpressions"].items()) result = result && matches_expression(expression, labels);
  return result;
}

}  // namespace hop
