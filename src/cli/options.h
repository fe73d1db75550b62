#pragma once
// What a command line asks for, as plain data. Knows nothing of how it is parsed.

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace hop {

/// What is read and how: shared by every command that looks at manifests.
struct InputOptions {
  std::vector<std::string> paths;
  std::string stdin_filename;
  std::string config;
  bool isolated = false;
  std::vector<std::string> known;
  std::optional<std::string> complete;  ///< "" for everything, else namespaces with commas between
  std::vector<std::string> select, ignore;
  bool preview = false;
  std::string today;
  unsigned jobs = 0;
};

struct CheckOptions {
  InputOptions input;
  std::vector<std::string> formats;  ///< "F" or "F:PATH"
  std::string category;              ///< of SARIF; "" for the usual
  bool omit_suppressed = false;      ///< in the formats that would show them
  std::string fail_on = "warning";
  std::string color = "auto";
  std::string baseline;                  ///< path, or ""
  std::vector<std::string> affected_by;  ///< lists of paths, one per line
  bool statistics = false;
  bool exit_zero = false;
  bool fix = false, diff = false, unsafe_fixes = false;
  std::optional<std::size_t> max_diagnostics;
};

struct BaselineOptions {
  InputOptions input;
  enum class Action : unsigned char { create, update, check } action = Action::check;
  std::string path;
  std::string color = "auto";
};

struct SuppressOptions {
  InputOptions input;
  std::string reason, until;
  std::string least = "warning";
  bool diff = false;
};

struct TraceOptions {
  InputOptions input;
  std::string url;  ///< "" with `all`
  bool all = false;
  std::string from;                  ///< "mesh/NAMESPACE/WORKLOAD", or "" for the load balancers
  std::string method;                ///< "" for GET
  std::vector<std::string> headers;  ///< "NAME: VALUE"
  std::string format = "text";
  std::string require;  ///< "" for nothing
  std::string color = "auto";
  std::size_t limit = 1000;  ///< chains
};

struct RefsOptions {
  InputOptions input;
  bool outside = false;
  bool as_known = false;
};

struct RulesOptions {
  std::string format = "text";
  bool fixable = false;  ///< only rules whose findings may carry fixes
};

struct ExplainOptions {
  std::string rule;
  std::string color = "auto";
};

struct SchemaOptions {
  std::string what;
};

struct ConfigOptions {
  enum class Action : unsigned char { show, check, init, known } action = Action::show;
  std::vector<std::string> paths;  ///< what the configuration is for; files of `kubectl get` for known
  std::string config;
  bool print = false;  ///< init: to stdout, and write nothing
};

struct CompletionOptions {
  std::string shell;
};

struct ManualOptions {};

struct LspOptions {
  unsigned jobs = 0;
  long parent = 0;     ///< process to end with; 0: what the client says
  bool stdio = false;  ///< clients say so; there is nothing else
};

/// Nothing is left to do: help or the version was asked for, or the command line is wrong.
struct Finished {
  int exit_code = 0;
  std::string text;  ///< for stdout; for stderr where the exit code is not 0
};

using Command = std::variant<CheckOptions, BaselineOptions, SuppressOptions, TraceOptions, RefsOptions, RulesOptions, ExplainOptions,
                             SchemaOptions, ConfigOptions, CompletionOptions, ManualOptions, LspOptions, Finished>;

}  // namespace hop
