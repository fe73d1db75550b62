#include "cli/setup.h"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <string>
#include <utility>

#include "cli/terminal.h"
#include "engine/config.h"
#include "engine/date.h"
#include "engine/paths.h"
#include "engine/select.h"
#include "rule/life.h"
#include "text/format.h"
#include "text/result.h"
#include "text/system_error.h"
#include "text/unicode.h"
#include "text/words.h"

namespace hop {
namespace {

Result<std::string> read_stdin(std::uint64_t limit) {
  std::string content;
  char buffer[1 << 16];
  for (std::size_t count = sizeof buffer; count == sizeof buffer;) {
    count = std::fread(buffer, 1, sizeof buffer, stdin);
    content.append(buffer, count);
    if (content.size() > limit) break;  // the reader says so
  }
  if (std::ferror(stdin) != 0) return Failure{words_of_error(errno)};
  return content;
}

bool refuse(const std::string& text) {
  complain("hoplint: " + text);
  return false;
}

class Builder {
 public:
  Builder(const FileSystem& files, const InputOptions& options) : files_(files), options_(options) {}

  std::optional<Setup> run() {
    const bool fine = take_paths() && take_config() && take_rules() && take_known();
    if (!fine) return std::nullopt;
    Settings& settings = setup_.settings;
    settings.jobs = options_.jobs;
    if (options_.complete) {
      settings.world.complete = options_.complete->empty();
      settings.world.complete_namespaces.clear();
      for (std::string_view ns : split_list(*options_.complete, ',')) settings.world.complete_namespaces.emplace_back(ns);
    }
    settings.today = options_.today.empty() ? today() : options_.today;
    if (is_date(settings.today)) return std::move(setup_);
    refuse(format("`{}` is no date; write 2027-01-31", settings.today));
    return std::nullopt;
  }

 private:
  bool take_paths() {
    for (const std::string& path : options_.paths) {
      const bool is_stdin = path == "-";
      std::optional<std::string> content;
      if (is_stdin) {
        auto read = read_stdin(setup_.settings.file_limit);
        if (!read) return refuse("cannot read stdin: " + read.reason());
        content = std::move(*read);
      }
      const std::string name = options_.stdin_filename.empty() ? "<stdin>" : shown_path(options_.stdin_filename);
      setup_.inputs.push_back({is_stdin ? name : path, std::move(content)});
      reads_stdin_ = reads_stdin_ || is_stdin;
    }
    if (!options_.stdin_filename.empty() && !reads_stdin_) return refuse("--stdin-filename needs `-` among the paths");
    if (setup_.inputs.empty()) setup_.inputs.push_back({".", std::nullopt});
    return true;
  }

  bool take_config() {
    setup_.settings.isolated = options_.isolated;
    if (options_.isolated) return true;
    auto settings = read_settings(files_, setup_.inputs, options_.config);
    if (settings) setup_.settings = std::move(*settings);
    return settings.has_value();
  }

  bool take_rules() {
    Selection selection;
    selection.select = options_.select;
    selection.ignore = options_.ignore;
    for (const std::string& complaint : unknown_rule_words(selection)) complain("hoplint: " + complaint);
    if (!unknown_rule_words(selection).empty()) return false;
    for (const auto* words : {&options_.select, &options_.ignore}) {
      for (const std::string& word : *words) {
        if (const auto hint = outdated_rule_word(word)) complain("hoplint: " + *hint);
      }
    }
    Settings& settings = setup_.settings;
    if (!options_.select.empty()) {
      settings.selection.select = options_.select;
      for (Override& override : settings.overrides) override.select.clear();  // what else they select is not asked for
    }
    if (!options_.ignore.empty()) settings.selection.ignore = options_.ignore;
    settings.selection.preview = settings.selection.preview || options_.preview;
    return true;
  }

  /// Added to what the configuration knows: knowing one thing more makes nothing else unknown.
  bool take_known() {
    for (const std::string& word : options_.known) {
      auto name = parse_known_name(word);
      if (!name) {
        setup_.settings.known_paths.push_back(word);
      } else if (const auto complaint = mistaken_kind(*name)) {
        return refuse(*complaint);
      } else {
        setup_.settings.world.known.push_back(std::move(*name));
      }
    }
    return true;
  }

  const FileSystem& files_;
  const InputOptions& options_;
  Setup setup_;
  bool reads_stdin_ = false;
};

}  // namespace

std::string today() {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  return format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

std::string config_line(const Diagnostic& finding, const Sources& sources) {
  if (!finding.where) return "hoplint: " + finding.message;
  const File& file = sources[finding.where.file];
  const Position at = file.position(finding.where.begin);
  return format("{}:{}:{}: {}[{}] {}", escape_controls(file.path()), at.line, at.column, to_string(finding.severity), finding.rule->id,
                escape_controls(finding.message));
}

namespace {

std::optional<Settings> read_one(const FileSystem& files, const std::string& path) {
  Settings settings;
  Sources sources;
  const auto mistakes = read_config(files, shown_path(path), sources, settings);
  for (const auto* findings : {&mistakes, &std::as_const(settings.hints)}) {
    for (const Diagnostic& finding : *findings) complain(config_line(finding, sources));
  }
  return mistakes.empty() ? std::optional(std::move(settings)) : std::nullopt;
}

}  // namespace

/// One run has one configuration: two inputs that are configured differently are two runs.
std::optional<Settings> read_settings(const FileSystem& files, const std::vector<InputPath>& inputs, const std::string& config) {
  if (!config.empty()) return read_one(files, config);
  const auto canonical = [&](const std::optional<std::string>& path) { return path ? files.canonical(*path) : std::string(); };
  const std::string& first = inputs.front().path;
  const auto nearest_config = find_config(files, first);
  for (const InputPath& input : inputs) {
    const auto other = find_config(files, input.path);
    if (canonical(other) == canonical(nearest_config)) continue;
    const auto name = [](const std::optional<std::string>& path) { return path ? format("`{}`", *path) : std::string("nothing"); };
    refuse(format("`{}` is configured by {} and `{}` by {}; check them one by one, or say --config or --isolated", first,
                  name(nearest_config), input.path, name(other)));
    return std::nullopt;
  }
  return nearest_config ? read_one(files, *nearest_config) : Settings{};
}

std::optional<Setup> set_up(const FileSystem& files, const InputOptions& options) { return Builder(files, options).run(); }

}  // namespace hop
