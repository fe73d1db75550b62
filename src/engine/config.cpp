#include "engine/config.h"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "engine/config_reader.h"
#include "engine/paths.h"
#include "rule/report.h"
#include "text/format.h"
#include "text/words.h"
#include "yaml/parse.h"

namespace hop {

constinit const RuleInfo config_invalid{
    .id = "config-invalid",
    .summary = "the configuration file cannot be used",
    .docs =
        "`.hoplint.yaml` has a key, a value or a rule that hoplint does not know, or is no YAML. Nothing is checked then: a run with half "
        "of its configuration would report what was meant to be left out.",
    .effect = "nothing is checked",
    .source = "hoplint's own convention",
    .severity = Severity::error,
    .group = Group::correctness};

constinit const RuleInfo config_outdated{
    .id = "config-outdated",
    .summary = "the configuration names a rule by an id that it no longer has",
    .docs =
        "A rule was renamed or taken away. Its old id is still understood, so that an upgrade breaks no run: a renamed rule is meant by "
        "either id, a rule that is gone by none. `hoplint config check` lists such places.",
    .effect = "nothing yet; readers look for the id in vain",
    .source = "hoplint's own convention",
    .severity = Severity::info,
    .group = Group::deprecation};

namespace {

constexpr std::uint64_t config_limit = 16U << 20U;

/// What keeps a text from being one YAML document; reports it and answers nothing then. Duplicate keys are mistakes here.
std::optional<yaml::Document> parse_config(const std::shared_ptr<const File>& file, FileId id, Report& report) {
  std::optional<yaml::Document> found;
  for (const yaml::Chunk& chunk : yaml::split(file->text())) {
    yaml::Document document(yaml::parse(file->text().substr(chunk.begin, chunk.end - chunk.begin), file), id, chunk.begin);
    for (const yaml::Problem& problem : document.tree().problems) {
      report.at(document.span(problem.begin, problem.end), problem.message);
      return std::nullopt;
    }
    for (const yaml::DuplicateKey& duplicate : document.tree().duplicates) {
      const yaml::Item& key = document.tree().items[duplicate.key];
      report.at(document.span(key.begin, key.end), "this key is written twice");
    }
    if (!document.root() || document.root().is_null()) continue;
    if (found) report.at(document.root().span(), "a second document; the configuration is one");
    if (!found) found.emplace(std::move(document));
  }
  return found;
}

/// Reads a configuration file and those it extends, these first.
class ConfigLoader {
 public:
  ConfigLoader(const FileSystem& files, Sources& sources, Settings& settings)
      : files_(files), sources_(sources), settings_(settings), report_(config_invalid), hints_(config_outdated) {}

  std::vector<Diagnostic> load(const std::string& path) {
    settings_.base = parent_path(path);
    auto content = files_.read(path, config_limit);
    if (content) {
      settings_.config = File::from_bytes(path, std::move(*content));
      read(settings_.config);
    } else {
      report_.at(Span{}, format("cannot read `{}`: {}", path, content.reason()));
    }
    settings_.hints = hints_.take();
    return report_.take();
  }

 private:
  static constexpr std::size_t most_open = 100;  ///< files that extend each other: who has more has a generator that went wrong

  void read(const std::shared_ptr<const File>& file) {
    open_.push_back(files_.canonical(file->path()));
    const FileId id = sources_.add(file);
    if (const auto document = parse_config(file, id, report_)) {
      const std::string own(parent_path(file->path()));
      ConfigPlace place{own, files_.canonical(settings_.base), files_.canonical(".")};
      ConfigReader reader(report_, hints_, settings_, std::move(place),
                          [&](yaml::Node item, std::string_view path) { extend(item, path, own); });
      reader.read(document->root());
    }
    read_.insert(open_.back());
    open_.pop_back();
  }

  void extend(yaml::Node item, std::string_view path, const std::string& folder) {
    if (path.empty()) return;  // said already
    const std::string whole = without_detours(path.starts_with('/') ? std::string(path) : shown_path(child_path(folder, path)));
    const std::string address = files_.canonical(whole);
    if (std::ranges::find(open_, address) != open_.end()) {
      report_.at(item.span(), open_.back() == address ? format("`{}` extends itself", path)
                                                      : format("`{}` extends this file in its turn: a circle", path));
      return;
    }
    if (read_.contains(address)) return;  // by two ways; once is enough
    if (open_.size() == most_open) {
      report_.at(item.span(), format("configurations extend each other more than {} times in a row", most_open));
      return;
    }
    auto content = files_.read(whole, config_limit);
    if (!content) {
      report_.at(item.span(), format("cannot read `{}`: {}", path, content.reason()));
      return;
    }
    settings_.extended.push_back(File::from_bytes(whole, std::move(*content)));
    read(settings_.extended.back());
  }

  /// "base.yaml" for "app/../base.yaml", unless a link makes another file of it.
  std::string without_detours(const std::string& path) const {
    std::vector<std::string_view> parts;
    for (const std::string_view part : split_list(path, '/')) {
      const bool takes_back = part == ".." && !parts.empty() && parts.back() != "..";
      takes_back ? parts.pop_back() : parts.push_back(part);
    }
    std::string shorter = path.starts_with('/') ? "/" : "";
    for (const std::string_view part : parts) shorter += (shorter.empty() || shorter == "/" ? "" : "/") + std::string(part);
    return files_.canonical(shorter) == files_.canonical(path) ? shorter : path;
  }

  const FileSystem& files_;
  Sources& sources_;
  Settings& settings_;
  Report report_, hints_;
  std::vector<std::string> open_;  ///< canonical paths of files being read, from the outermost on
  std::set<std::string> read_;     ///< and of those that were
};

}  // namespace

std::vector<Diagnostic> read_config(const FileSystem& files, const std::string& path, Sources& sources, Settings& settings) {
  Settings draft = settings;
  auto mistakes = ConfigLoader(files, sources, draft).load(path);
  if (mistakes.empty()) settings = std::move(draft);
  return mistakes;
}

}  // namespace hop
