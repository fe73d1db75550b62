#pragma once
// What a run is asked to do: the configuration file and the command line, merged. Plain data.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chain/trace.h"
#include "diag/diagnostic.h"
#include "graph/input.h"
#include "text/file.h"
#include "yaml/tree.h"

namespace hop {

/// Lists as they come from `--select a,b --select c`: ids, aliases, families, groups and ALL.
struct Selection {
  std::vector<std::string> select;  ///< replaces the default set unless empty
  std::vector<std::string> ignore;  ///< subtracts
  friend bool operator==(const Selection&, const Selection&) = default;
};

/// `severity:` of the configuration; `off` switches a rule off.
struct SeverityOverride {
  std::string what;  ///< id, alias, family or group
  bool off = false;
  Severity severity = Severity::warning;
};

/// `allow:` of the configuration: findings not to be shown, by place and object. Empty fields match everything.
struct Allowance {
  std::vector<std::string> rules;
  std::vector<std::string> paths;  ///< globs in .gitignore syntax, relative to the working directory
  std::string kind, ns, name;      ///< globs
  std::string reason;
  std::string until;  ///< "YYYY-MM-DD" or ""
  Span where;         ///< its place in the configuration file, which is the first of the run's Sources
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
  std::string today;                   ///< "YYYY-MM-DD": the only clock
  unsigned jobs = 0;                   ///< 0: as many as there are processors
  yaml::Limits limits;
  std::uint64_t file_limit = 1ULL << 30U;
};

}  // namespace hop
