#include "support/case.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "engine/config.h"
#include "text/format.h"
#include "text/version.h"
#include "text/words.h"

namespace hop {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view expect_name = "expect.txt";

struct CaseName {
  CaseType type;
  std::string suffix;
};

/// "fixed_unsafe" stands first because "fixed" is its beginning.
std::optional<CaseName> read_case_name(std::string_view stem) {
  static constexpr std::pair<std::string_view, CaseType> names[] = {
      {"fixed_unsafe", CaseType::fixed_unsafe}, {"fixed", CaseType::fixed}, {"bad", CaseType::bad}, {"good", CaseType::good}};
  for (const auto& [name, type] : names) {
    if (!stem.starts_with(name)) continue;
    const std::string_view suffix = stem.substr(name.size());
    if (suffix.empty() || suffix.starts_with('_')) return CaseName{type, std::string(suffix)};
  }
  return std::nullopt;
}

std::string in_case(std::string_view relative) { return format("{}/{}", case_root, relative); }

std::vector<fs::path> sorted(const fs::path& folder) {
  if (!fs::is_directory(folder)) return {};
  std::vector<fs::path> paths{fs::directory_iterator(folder), fs::directory_iterator()};
  std::sort(paths.begin(), paths.end());
  return paths;
}

void read_comments(Case& fixture) {
  for (const FileTexts::value_type& file : fixture.files) {
    if (is_manifest_path(file.first) && !is_json_path(file.first)) read_expectations(*file_of(file), fixture.expected);
  }
}

/// What explains a case to its reader is no part of it.
bool is_part_of_case(std::string_view path) { return path != expect_name && !path.ends_with(".md"); }

void load_folder(const fs::path& folder, Case& fixture) {
  fixture.folder = true;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string path = fs::relative(entry.path(), folder).generic_string();
    if (is_part_of_case(path)) fixture.files[in_case(path)] = read_bytes(entry.path());
  }
  if (fs::exists(folder / expect_name)) {
    for (const ListedExpectation& one : read_expect_list(read_bytes(folder / expect_name))) {
      add_listed(one, in_case(one.path), fixture.expected);
    }
  }
  read_comments(fixture);
}

Case load_case(const fs::path& path, const std::string& place, CaseName name) {
  Case fixture{place + "/" + path.filename().string(), std::move(name.suffix), name.type, false, {}, {}};
  if (fs::is_directory(path)) {
    load_folder(path, fixture);
    return fixture;
  }
  fixture.files[in_case(path.filename().string())] = read_bytes(path);
  read_comments(fixture);
  return fixture;
}

/// Lines of the expect.txt beside single files.
void share_out(const fs::path& list, FixtureFolder& into) {
  for (const ListedExpectation& one : read_expect_list(read_bytes(list))) {
    const std::string path = in_case(one.path);
    const auto owner = std::find_if(into.cases.begin(), into.cases.end(),
                                    [&](const Case& fixture) { return !fixture.folder && fixture.files.contains(path); });
    if (owner != into.cases.end()) {
      add_listed(one, path, owner->expected);
    } else {
      into.mistakes.push_back(format("expect.txt:{}: there is no file `{}`", one.written_on, one.path));
    }
  }
}

/// "istio 1.29".
bool apply_version(std::string_view text, Environment& environment) {
  const auto words = split_list(text, ' ');
  const auto version = words.size() == 2 ? parse_version(words[1]) : std::nullopt;
  const std::pair<std::string_view, std::optional<Version>*> components[] = {
      {"kubernetes", &environment.kubernetes}, {"istio", &environment.istio}, {"controller", &environment.controller}};
  for (const auto& [name, where] : components) {
    if (version && words[0] == name) return *where = version, true;
  }
  return false;
}

void apply_header(const CaseHeader& header, Settings& settings, Complaints& mistakes) {
  settings.world.complete = settings.world.complete || header.complete;
  for (const std::string& ns : header.complete_namespaces) settings.world.complete_namespaces.push_back(ns);
  if (header.file_limit != 0) settings.file_limit = header.file_limit;
  for (const std::string& text : header.known) {
    if (auto name = parse_known_name(text)) {
      settings.world.known.push_back(std::move(*name));
    } else {
      mistakes.push_back(format("`#~ known: {}` names nothing", text));
    }
  }
  for (const std::string& text : header.versions) {
    // Better a failure than a fixture that believes to be judged for a version and is not.
    if (!apply_version(text, settings.world.environment)) mistakes.push_back(format("`#~ version: {}` is not understood", text));
  }
}

void apply_config(const Case& fixture, Settings& settings, Complaints& mistakes) {
  if (settings.isolated) return;
  const std::string path = in_case(".hoplint.yaml");
  Sources sources;
  const MemoryFiles files(fixture.files);
  for (const Diagnostic& finding : read_config(files, path, sources, settings)) mistakes.push_back(describe(finding, sources));
}

}  // namespace

FixtureFolder load_fixtures(const fs::path& folder, const std::string& place) {
  FixtureFolder loaded;
  for (const fs::path& path : sorted(folder)) {
    const std::string name = path.filename().string();
    if (name == expect_name) continue;
    auto case_name = read_case_name(path.stem().string());
    if (case_name && (fs::is_directory(path) || is_manifest_path(name))) {
      loaded.cases.push_back(load_case(path, place, std::move(*case_name)));
    } else {
      loaded.mistakes.push_back(format("`{}` is no case: bad*, good*, fixed* or fixed_unsafe*, a folder or .yaml, .yml, .json", name));
    }
  }
  if (fs::exists(folder / expect_name)) share_out(folder / expect_name, loaded);
  return loaded;
}

std::vector<Case> load_estates(const fs::path& folder, const std::string& place) {
  std::vector<Case> estates;
  for (const fs::path& path : sorted(folder)) estates.push_back(load_case(path, place, {CaseType::estate, ""}));
  return estates;
}

std::string read_bytes(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

LintRun lint_texts(const FileTexts& files, const Settings& settings) {
  return lint(MemoryFiles(files), {InputPath{std::string(case_root), std::nullopt}}, settings);
}

Settings settings_of(const Case& fixture, const RuleInfo* rule, Complaints& mistakes) {
  Settings settings;
  settings.today = "2026-01-01";
  settings.jobs = 1;
  settings.isolated = !fixture.files.contains(in_case(".hoplint.yaml"));
  apply_config(fixture, settings, mistakes);
  apply_header(fixture.expected.header, settings, mistakes);
  const bool is_off = rule != nullptr && (rule->group == Group::policy || rule->preview);
  if (is_off && settings.selection.select.empty()) {
    settings.selection.select = {"correctness", "security", "reliability", "deprecation", std::string(rule->id)};
  }
  return settings;
}

Settings only(Settings settings, const RuleInfo& rule) {
  settings.selection.select = {std::string(rule.id)};
  return settings;
}

Trial try_case(Case fixture, const RuleInfo* rule, const Linter& linter) {
  Complaints mistakes;
  Settings settings = settings_of(fixture, rule, mistakes);
  append(fixture.expected.mistakes, std::move(mistakes));
  LintRun run = linter(fixture.files, settings);
  return {std::move(fixture), std::move(settings), std::move(run)};
}

bool is_json_path(std::string_view path) { return path.ends_with(".json"); }

bool is_manifest_path(std::string_view path) { return path.ends_with(".yaml") || path.ends_with(".yml") || is_json_path(path); }

std::shared_ptr<const File> file_of(const FileTexts::value_type& file) { return File::from_bytes(file.first, file.second); }

}  // namespace hop
