#pragma once
// The suppressions of a run, gathered from comments, annotations and the configuration, with what each of them covers.
// Judges nothing: suppress.cpp does.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/scope.h"
#include "engine/settings.h"
#include "graph/graph.h"

namespace hop {

/// One suppression. Its text points into the manifests or the settings.
struct Allowed {
  struct Word {
    std::string_view text;
    Span where;
    bool used = false;
  };
  std::vector<Word> rules;
  std::string_view reason;
  std::string_view until;
  std::string problem;               ///< why it cannot be understood; it then covers nothing
  Span where;                        ///< itself: comment, annotation or entry
  Span covers;                       ///< findings that begin in here; unused for an entry of the configuration
  const Allowance* entry = nullptr;  ///< the entry of the configuration it stands for
  std::optional<ScopeMatch> scope;   ///< of the entry
  std::string_view peer;             ///< of an annotation that is a peer's own: how its codes begin. Such a one is not judged itself
};

/// In path and source order, those of the configuration last. Files without the word `hoplint` cost one search.
std::vector<Allowed> gather_allowed(const Graph& graph, const Settings& settings);

/// Whether a word of a peer's annotation names the finding: one of its codes, or `*` for all that it has codes for.
bool names_for_peer(const Allowed& allowed, const Allowed::Word& word, const Diagnostic& finding);

/// Whether it covers the place of this finding and the object it is about, whatever its rules.
bool covers(const Allowed& allowed, const Diagnostic& finding);

}  // namespace hop
