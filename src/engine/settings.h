#pragma once
// What a run is asked to do: the configuration file and the command line, merged. Plain data.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chain/trace.h"
#include "diag/diagnostic.h"
#include "graph/input.h"
#include "text/file.h"
#include "text/version.h"
#include "yaml/tree.h"

namespace hop {

/// Which rules run. Lists as they come from `--select a,b --select c`: ids, aliases, families, groups and ALL.
struct Selection {
  std::vector<std::string> select;      ///< replaces the default set unless empty
  std::vector<std::string> ignore;      ///< subtracts
  bool preview = false;                 ///< rules on trial run too
  std::optional<Release> ruleset = {};  ///< rules that came after this release are off unless named
  friend bool operator==(const Selection&, const Selection&) = default;
};

/// `severity:` of the configuration; `off` switches a rule off.
struct SeverityOverride {
  std::string what;  ///< id, alias, family or group
  bool off = false;
  Severity severity = Severity::warning;
};

/// Which findings something holds for, by place and object. What is empty matches everything.
struct FindingScope {
  std::vector<std::string> paths;                           ///< globs in .gitignore syntax, relative to the working directory
  std::vector<std::string> kinds, namespaces, names;        ///< globs, one of which fits
  std::vector<std::pair<std::string, std::string>> labels;  ///< names and globs of values, all of which fit
  bool wants_object() const { return !kinds.empty() || !namespaces.empty() || !names.empty() || !labels.empty(); }
};

/// `allow:` of the configuration: findings not to be shown.
struct Allowance {
  std::vector<std::string> rules;
  FindingScope scope;
  std::string reason;
  std::string until;  ///< "YYYY-MM-DD" or ""
  Span where;         ///< its place in the configuration; see Settings::config
};

/// `overrides:` of the configuration: rules and severities for some of the findings.
struct Override {
  FindingScope scope;
  std::vector<std::string> select, ignore;
  std::vector<SeverityOverride> severities;
};

/// A key at the top of a configuration file, and where it stands.
struct SaidKey {
  std::string_view key;
  Span where;
};

/// An entry of `policy:`: what must hold for the chains that it is about. Empty lists are about every chain.
struct ChainPolicy {
  std::vector<std::string> hosts;        ///< as a listener has them, `*.example.com` too
  std::vector<std::string> namespaces;   ///< globs: of the pods that a chain ends at
  std::optional<Requirement> encrypted;  ///< encrypted or mtls
  bool reachable = false;
  bool unreachable_from_internet = false;
  Span where;  ///< its place in the configuration file
};

struct Settings {
  Selection selection;
  std::vector<SeverityOverride> severities;
  std::vector<Override> overrides;  ///< the last that matches counts
  std::vector<Allowance> allowances;
  std::vector<ChainPolicy> policies;
  World world;
  std::vector<std::string> known_paths;  ///< files and folders of manifests that exist elsewhere
  std::vector<std::string> excludes;     ///< globs in .gitignore syntax, relative to `base`
  bool require_reason = false;           ///< a suppression without a reason is a warning rather than an info
  bool use_gitignore = true;
  bool isolated = false;               ///< no configuration file counts, neither for this run nor as the border of another root
  std::string base = ".";              ///< folder of the configuration file
  std::shared_ptr<const File> config;  ///< the configuration file, if there is one; always the first file of the run's Sources
  std::vector<std::shared_ptr<const File>> extended;  ///< the files it extends: behind it in the run's Sources, in this order
  std::vector<SaidKey> said;                          ///< keys of all of them, in the order they were read
  std::vector<Diagnostic> hints;                      ///< on what the configuration had better say otherwise, though it works
  std::string today;                                  ///< "YYYY-MM-DD": the only clock
  unsigned jobs = 0;                                  ///< 0: as many as there are processors
  yaml::Limits limits;
  std::uint64_t file_limit = 1ULL << 30U;
};

}  // namespace hop
