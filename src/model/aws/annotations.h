#pragma once
// The annotations of the AWS Load Balancer Controller as tables: how each is read, its values, range and default.
// Source: kubernetes-sigs/aws-load-balancer-controller, docs/guide/{ingress,service}/annotations.md and pkg/annotations (v2.2 to v3.5).

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/aws/identifiers.h"
#include "model/aws/values.h"
#include "model/resource.h"
#include "model/value.h"

namespace hop::aws {

/// Go's parsers behind the controller's annotations (model/aws/values.h): text is taken verbatim, lists are trimmed.
enum class Grammar : std::uint8_t { text, boolean, integer, list, map, json, word };

/// Where an annotation of an ALB is read; a Service's value wins over an Ingress's.
enum class Reach : std::uint8_t { ingress, ingress_and_service };

/// How the Ingresses of a group share it: `exclusive` differs at most by being absent, `per_port` the same for each listener port.
enum class Merge : std::uint8_t { own, exclusive, merged, per_key, per_port };

/// Who reads an annotation of a Service: the AWS Load Balancer Controller, the cloud provider inside Kubernetes, or both.
enum class Reader : std::uint8_t { both, controller, in_tree };

struct Range {
  std::int64_t lowest = std::numeric_limits<std::int32_t>::min();
  std::int64_t highest = std::numeric_limits<std::int32_t>::max();
};
inline constexpr Range any_int32{};
inline constexpr Range any_port{1, 65535};

struct Annotation {
  std::string_view suffix;  ///< behind the prefix; a trailing '.' means a family: `actions.`
  Grammar grammar;
  Reach reach;
  std::string_view fallback;  ///< what an absent annotation means; "" if nothing fixed
  std::string_view values;    ///< for Grammar::word: the accepted words, separated by '|'
  Merge merge = Merge::own;
  Range range = any_int32;              ///< for Grammar::integer
  Identifier holds = Identifier::none;  ///< what a text, or each item of a list, must be
  Reader reader = Reader::both;         ///< of a Service's annotation
  bool refused = true;                  ///< whether a wrong word is an error of the controller; false if it is passed over
  std::string_view instead = {};        ///< of a deprecated one: what to write today
  bool any_case = false;                ///< of a word: whether capitals do not matter
};

/// Row of a suffix; families by their prefix. nullptr for one that is not in the table.
const Annotation* find_in(std::span<const Annotation> table, std::string_view suffix);
/// Whether an annotation for Grammar::word may hold `word`.
bool takes_word(const Annotation& annotation, std::string_view word);
/// Whether `word` is one of those that stand in `words`, separated by '|'.
bool is_among(std::string_view words, std::string_view word);
/// The one that is meant by `text`: equal but for case and white space around it, or a slip away; nothing if it is one.
std::optional<std::string_view> meant_among(std::string_view words, std::string_view text);
/// "`a`, `b` or `c`".
std::string spell_choice(std::string_view words);

/// An item of a list, or the whole of a text, that is no identifier of the kind its annotation holds.
struct ItemProblem {
  Piece item;
  std::string why;  ///< to stand behind it: "is no ARN"
};
std::vector<ItemProblem> item_problems(const Annotation& annotation, std::string_view value);

}  // namespace hop::aws

namespace hop::alb {

using aws::Annotation;
using aws::Grammar;
using aws::Reach;

inline constexpr std::string_view prefix = "alb.ingress.kubernetes.io/";

std::span<const Annotation> annotations();
/// By suffix; families by their prefix. nullptr for a key the controller does not read.
const Annotation* find(std::string_view suffix);
/// The suffix that was meant by an unknown one: of other controllers, in camelCase, or a slip away.
std::optional<std::string> meant_by(std::string_view suffix);
/// Whether only Alibaba Cloud's ALB, which has the same prefix, reads this suffix.
bool is_alibaba(std::string_view suffix);

/// Whether an Ingress is one for the AWS Load Balancer Controller, told from its class alone; `classes` says what an IngressClass of that
/// name has as its controller, if one is known. See graph/entry.h for the decision with the graph.
inline constexpr std::string_view controller = "ingress.k8s.aws/alb";
inline constexpr std::string_view auto_mode_controller = "eks.amazonaws.com/alb";
inline constexpr std::string_view alibaba_controller = "ingress.k8s.alibabacloud/alb";

}  // namespace hop::alb

namespace hop::nlb {

using aws::Annotation;
using aws::Grammar;

inline constexpr std::string_view prefix = "service.beta.kubernetes.io/";

/// Those of a Service of type LoadBalancer.
std::span<const Annotation> annotations();
const Annotation* find(std::string_view suffix);

}  // namespace hop::nlb
