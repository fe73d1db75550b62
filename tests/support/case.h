#pragma once
// Fixtures as cases: a file, or a folder of files, linted as a directory in memory as if it had been walked.
// Knows nothing of what must hold for them (check_*.h do).

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lint.h"
#include "support/complaints.h"
#include "support/expectations.h"

namespace hop {

/// Path → stored bytes. All paths lie below `case_root`.
using FileTexts = std::map<std::string, std::string>;
inline constexpr std::string_view case_root = "case";

enum class CaseType : std::uint8_t { bad, good, fixed, fixed_unsafe, estate };

struct Case {
  std::string place;   ///< where the user finds it: "fixtures/alb/scheme_missing/bad_two"
  std::string suffix;  ///< what tells cases of one type apart: "_two"
  CaseType type = CaseType::bad;
  bool folder = false;
  FileTexts files;
  Expectations expected;
};

struct FixtureFolder {
  std::vector<Case> cases;  ///< in name order
  Complaints mistakes;      ///< files that belong to no case
};

/// The fixtures of one rule; `place` is the folder as the user knows it. A folder that does not exist has none.
FixtureFolder load_fixtures(const std::filesystem::path& folder, const std::string& place);
/// Every folder below is one case.
std::vector<Case> load_estates(const std::filesystem::path& folder, const std::string& place);
std::string read_bytes(const std::filesystem::path& file);

/// Lints `files` as the directory `case_root`. Checkers are given it, so that tests of them can give them another.
using Linter = std::function<LintRun(const FileTexts& files, const Settings& settings)>;
LintRun lint_texts(const FileTexts& files, const Settings& settings);

/// The same for every machine and day; a case's header and its own `.hoplint.yaml` applied. Rules of group `policy` are off unless `rule`
/// is one. What is wrong with header or configuration is added to `mistakes`.
Settings settings_of(const Case& fixture, const RuleInfo* rule, Complaints& mistakes);
/// These settings with no other rule than this.
Settings only(Settings settings, const RuleInfo& rule);

/// A case and what one run says about it.
struct Trial {
  Case fixture;
  Settings settings;
  LintRun run;
};
Trial try_case(Case fixture, const RuleInfo* rule, const Linter& linter);

/// Whether a path may hold manifests: by its extension.
bool is_manifest_path(std::string_view path);
bool is_json_path(std::string_view path);
/// Decoded text of stored bytes.
std::shared_ptr<const File> file_of(const FileTexts::value_type& file);

}  // namespace hop
