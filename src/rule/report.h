#pragma once
// Where a rule puts its findings. A Finding is built up in one expression and commits when it is destroyed:
//
//   report.at(vs, place, format("gateway `{}` does not exist", name)).alias("KIA1102").note(other, "…").fix("…", place, "…");

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "diag/diagnostic.h"
#include "graph/lookup.h"
#include "model/resource.h"

namespace hop {

class Report;

class Finding {
 public:
  Finding(Finding&& other) noexcept;
  Finding(const Finding&) = delete;
  Finding& operator=(const Finding&) = delete;
  Finding& operator=(Finding&&) = delete;
  ~Finding();

  /// Lowers the severity; never raises it above the rule's.
  Finding& severity(Severity severity) &;
  /// The severity that the evidence of a missing thing bears; adds notes on near misses and on the same name elsewhere.
  Finding& missing(const Lookup& lookup) &;
  /// A peer's code that applies here; must be among the rule's aliases.
  Finding& alias(std::string_view code) &;
  Finding& note(Span where, std::string text) &;
  Finding& note(yaml::Node where, std::string text) & { return note(where.span(), std::move(text)); }
  /// Text under the caret.
  Finding& label(std::string text) &;
  /// In place of the rule's effect.
  Finding& effect(std::string text) &;
  /// What a reference names; groups findings with one missing target.
  Finding& target(std::string text) &;
  /// What other rules find right here follows from this finding, and is not said again.
  Finding& explains_place() &;
  /// What other rules find at the mapping that this key stands in follows from this finding: the key is a slip for one they miss.
  Finding& explains_parent() &;
  Finding& step(Step step) &;
  /// Holds only where this version of the component is installed, if it is known; the rule's own versions hold besides.
  Finding& applies(Applies versions) &;
  /// Replaces a scalar's text and keeps its quotes. Dropped where the text does not stand in a file as written (aliases, implied
  /// resources).
  Finding& fix(std::string title, yaml::Node scalar, std::string_view text, Safety safety = Safety::safe) &;
  Finding& fix(std::string title, std::vector<Edit> edits, Safety safety = Safety::safe) &;

  // The same on the temporary that Report::at returns.
  template <class... A>
  Finding&& severity(A&&... a) && {
    return severity(std::forward<A>(a)...), std::move(*this);
  }
  template <class... A>
  Finding&& missing(A&&... a) && {
    return missing(std::forward<A>(a)...), std::move(*this);
  }
  template <class... A>
  Finding&& alias(A&&... a) && {
    return alias(std::forward<A>(a)...), std::move(*this);
  }
  template <class... A>
  Finding&& note(A&&... a) && {
    return note(std::forward<A>(a)...), std::move(*this);
  }
  template <class... A>
  Finding&& label(A&&... a) && {
    return label(std::forward<A>(a)...), std::move(*this);
  }
  template <class... A>
  Finding&& effect(A&&... a) && {
    return effect(std::forward<A>(a)...), std::move(*this);
  }
  template <class... A>
  Finding&& target(A&&... a) && {
    return target(std::forward<A>(a)...), std::move(*this);
  }
  Finding&& applies(Applies versions) && { return applies(versions), std::move(*this); }
  template <class... A>
  Finding&& step(A&&... a) && {
    return step(std::forward<A>(a)...), std::move(*this);
  }
  Finding&& explains_place() && { return explains_place(), std::move(*this); }
  template <class... A>
  Finding&& fix(A&&... a) && {
    return fix(std::forward<A>(a)...), std::move(*this);
  }

 private:
  friend class Report;
  Finding(Report& report, Diagnostic diagnostic) : report_(&report), diagnostic_(std::move(diagnostic)) {}
  Report* report_;
  Diagnostic diagnostic_;
};

/// Findings of one rule in one file that are told; of a rule that looks at one resource alone, in one resource. Nobody reads as many, and
/// memory is to stay bounded: the last says that there are more.
inline constexpr std::size_t most_findings = 10'000;

/// Collects the findings of one rule over one chunk of work. Not thread-safe: one per thread.
class Report {
 public:
  explicit Report(const RuleInfo& rule) : rule_(&rule) {}
  /// At a node of a resource: its value, or for an absent one the nearest place that exists.
  Finding at(const Resource& resource, yaml::Node node, std::string message);
  Finding at(const View& view, yaml::Node node, std::string message) { return at(*view.resource, node, std::move(message)); }
  /// At part of a scalar: an item of a list in it, a value of the JSON it holds. The field is that of the scalar.
  Finding at(const Resource& resource, yaml::Node scalar, Span part, std::string message);
  /// At the key of a node rather than its value.
  Finding at_key(const Resource& resource, yaml::Node node, std::string message);
  /// At a place that belongs to no resource: broken documents, files.
  Finding at(Span where, std::string message);

  const RuleInfo& rule() const { return *rule_; }
  std::size_t size() const { return diagnostics_.size(); }
  std::vector<Diagnostic> take();

 private:
  friend class Finding;
  /// What was told of a file, and whether there was more.
  struct Told {
    std::size_t count = 0;
    std::size_t last = 0;  ///< position of the last
    bool more = false;
  };
  void add(Diagnostic diagnostic);
  bool is_full(FileId file) const;

  const RuleInfo* rule_;
  std::vector<Diagnostic> diagnostics_;
  std::unordered_map<FileId, Told> told_;  ///< only once there are many findings
};

}  // namespace hop
