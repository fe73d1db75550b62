#pragma once
// Labels and what selects them. Source: kubernetes.io/docs/concepts/overview/working-with-objects/labels.

#include <string_view>

#include "model/value.h"
#include "yaml/document.h"

namespace hop {

/// A set of labels as a mapping of scalars; the node may be absent.
struct Labels {
  yaml::Node node;
  Value<std::string_view> operator[](const yaml::Key& key) const { return text_of(node[key]); }
};

/// Whether controllers put this label on pods when they make them, so that no template has it.
bool is_runtime_label(std::string_view key);

/// Equality of every pair in `wanted` (Service selectors, Istio's selector and matchLabels). An empty `wanted` matches everything.
Truth matches(yaml::Node wanted, Labels labels);
/// `matchLabels` and `matchExpressions` of a LabelSelector; an empty one matches everything, an absent one nothing.
Truth matches_selector(yaml::Node label_selector, Labels labels);

}  // namespace hop
