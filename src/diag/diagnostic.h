#pragma once
// What a finding is once its rule has spoken: plain data that owns everything it says and may outlive documents and graph.
// Knows nothing of YAML, Kubernetes or rules' code.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.h"
#include "text/version.h"

namespace hop {

/// error: traffic does not arrive, is refused by the API server or a controller, or travels unprotected where it must not.
/// warning: works today by luck, or is ignored silently. info: worth knowing.
enum class Severity : std::uint8_t { info, warning, error };
std::string_view to_string(Severity severity);
std::optional<Severity> parse_severity(std::string_view word);

/// `policy` is off unless selected.
enum class Group : std::uint8_t { correctness, security, reliability, deprecation, policy };
std::string_view to_string(Group group);

/// Whether a rule's findings carry fixes.
enum class FixPolicy : std::uint8_t { never, sometimes, always };

/// A fixed list of string constants that can stand in a constant aggregate. At most 8.
class Words {
 public:
  constexpr Words() = default;
  template <class... Text>
  constexpr Words(const Text&... words) : words_{std::string_view(words)...}, size_(sizeof...(words)) {  // NOLINT: reads as a list
    static_assert(sizeof...(words) <= 8);
  }
  constexpr const std::string_view* begin() const { return words_; }
  constexpr const std::string_view* end() const { return words_ + size_; }
  constexpr std::size_t size() const { return size_; }

 private:
  std::string_view words_[8] = {};
  std::size_t size_ = 0;
};

/// What is installed, by its own version.
enum class Component : std::uint8_t { none, kubernetes, istio, controller };
std::string_view to_string(Component component);

/// The versions of a component that a rule speaks of: from `since` on, and before `before` where that is given.
struct Applies {
  Component to = Component::none;
  Version since = {};
  Version before = {};
};

/// Everything about a rule that can be shown without running it. All constants; lives for the whole program.
struct RuleInfo {
  std::string_view id;                    ///< `<family>-<stem>`, its only name
  std::string_view summary;               ///< one line, what is wrong in general: lower-case start, no final period
  std::string_view docs;                  ///< Markdown paragraphs: what it looks at, when it stays silent, what to do
  std::string_view effect;                ///< what happens in production, one line
  std::string_view source;                ///< where the fact is documented
  Severity severity = Severity::warning;  ///< the highest; a finding may be lower
  Group group = Group::correctness;
  Words aliases = {};  ///< codes of peers that this rule can stand for
  FixPolicy fixes = FixPolicy::never;
  Applies applies = {};              ///< every version, unless said
  std::string_view since = "0.1.0";  ///< the release of hoplint it came with
  bool preview = false;              ///< on trial: off unless named by its id or asked for by `preview`
  bool ineffective = false;          ///< what stands at the place of a finding does nothing: editors fade it
};

/// The part of an id before its first dash.
std::string_view family(const RuleInfo& rule);

struct Edit {
  Span where;
  std::string text;
};

/// `safe` keeps the meaning or restores the evident intent; `unsafe` may change what happens in production.
enum class Safety : std::uint8_t { safe, unsafe };
std::string_view to_string(Safety safety);

struct Fix {
  std::string title;        ///< imperative, lower-case start: "set backend-protocol to HTTPS"
  std::vector<Edit> edits;  ///< not overlapping
  Safety safety = Safety::safe;
};

/// A related place and what it has to do with the finding.
struct Note {
  Span where;
  std::string text;
};

/// Names a Kubernetes object. `ns` is "" for a cluster-scoped kind and "default" where the manifest gives none.
struct ObjectId {
  std::string api_version;
  std::string kind;
  std::string ns;
  std::string name;
  friend auto operator<=>(const ObjectId&, const ObjectId&) = default;
};

/// One hop of a chain, in text and spans. The fields are those of the JSON contract (design section 8).
struct Step {
  std::string kind;
  std::string label;
  std::optional<ObjectId> object;
  Span where;
  std::string protocol;
  std::string encryption;  ///< plaintext | tls | mtls | unknown: of the link into this step
  bool verified = false;   ///< whether the receiver of that link is authenticated
  std::string verdict;     ///< ok | broken | unknown
  std::string reason;
};

/// Why a finding is not to count.
struct Suppression {
  bool in_source = true;  ///< a comment or an annotation rather than the configuration
  std::string reason;     ///< may be empty
};

/// What a baseline says of a finding, if there is one.
enum class BaselineState : std::uint8_t { none, fresh, unchanged };

struct Diagnostic {
  const RuleInfo* rule = nullptr;
  Severity severity = Severity::warning;
  std::vector<std::string> aliases;  ///< those of the rule's aliases that apply here
  std::optional<ObjectId> object;
  Span where;                ///< the primary place
  std::string field;         ///< path of the primary place inside the object: `spec.servers[0].port`
  std::string stable_field;  ///< the same with list items keyed by name or host: for the fingerprint
  std::string target;        ///< what a reference names, for grouping and the fingerprint
  std::string explains;      ///< path in the object: what else is found right there follows from this finding and is not shown
  std::string message;
  std::string effect;
  std::string label;  ///< short text under the caret; may be empty
  std::vector<Note> notes;
  std::vector<Step> chain;
  std::vector<Fix> fixes;
  Applies applies;          ///< where this finding holds for some versions only that its rule holds for
  std::string cluster;      ///< "" for the only one
  std::string fingerprint;  ///< 16 hex digits, filled in by the engine
  bool suppressed = false;
  std::vector<Suppression> suppressions;  ///< why it is suppressed
  BaselineState baseline = BaselineState::none;
  bool aside = false;  ///< not what is asked about: neither told nor fixed, but there to compare runs
};

/// Applies edits to a text; of their places only begin and end count. Edits must lie in it and not overlap; they may come in any order. An
/// insertion comes after an edit that ends at its place and before one that begins there; insertions at one place keep their order.
std::string apply_edits(std::string_view text, std::span<const Edit> edits);
/// Whether no two edits share a byte, insert at the same place, or insert where the other replaces. Edits of different files never meet.
bool disjoint(std::span<const Edit> edits);

}  // namespace hop
