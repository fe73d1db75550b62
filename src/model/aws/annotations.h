#pragma once
// The annotations of the AWS Load Balancer Controller as a table: how each is read, its values and default.
// Source: kubernetes-sigs/aws-load-balancer-controller, docs/guide/ingress/annotations.md and pkg/annotations (v2.2 to v3.5).

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "model/resource.h"
#include "model/value.h"

namespace hop::alb {

inline constexpr std::string_view prefix = "alb.ingress.kubernetes.io/";

/// Go's parsers behind the controller's annotations: text is taken verbatim, lists are trimmed.
enum class Grammar : std::uint8_t { text, boolean, integer, list, map, json, word };

/// Where an annotation is read; a Service's value wins over an Ingress's.
enum class Reach : std::uint8_t { ingress, ingress_and_service };

struct Annotation {
  std::string_view suffix;  ///< behind the prefix; a trailing '.' means a family: `actions.`
  Grammar grammar;
  Reach reach;
  std::string_view fallback;  ///< what an absent annotation means; "" if nothing fixed
  std::string_view values;    ///< for Grammar::word: the accepted words, separated by '|'
};

std::span<const Annotation> annotations();
/// By suffix; families by their prefix. nullptr for a key the controller does not read.
const Annotation* find(std::string_view suffix);

/// Whether an Ingress is one for the AWS Load Balancer Controller, told from its class alone; `classes` says what an IngressClass of that
/// name has as its controller, if one is known. See graph/entry.h for the decision with the graph.
inline constexpr std::string_view controller = "ingress.k8s.aws/alb";
inline constexpr std::string_view auto_mode_controller = "eks.amazonaws.com/alb";
inline constexpr std::string_view alibaba_controller = "ingress.k8s.alibabacloud/alb";

}  // namespace hop::alb
