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
#include "engine/user_words.h"
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

UserWords words_of(const InputOptions& options) {
  UserWords words{options.select, options.ignore, options.preview, options.known, std::nullopt};
  if (!options.complete) return words;
  words.complete = Completeness{options.complete->empty(), {}};
  for (const std::string_view ns : split_list(*options.complete, ',')) words.complete->namespaces.emplace_back(ns);
  return words;
}

/// What the command line says whatever the configuration does.
void take_options(const InputOptions& options, Settings& settings) {
  overrule(settings, words_of(options), ".");
  settings.jobs = options.jobs;
  settings.today = options.today.empty() ? today() : options.today;
}

class Builder {
 public:
  Builder(const FileSystem& files, const InputOptions& options) : files_(files), options_(options) {}

  std::optional<Setup> run() {
    const bool fine = take_paths() && take_config() && are_right();
    if (!fine) return std::nullopt;
    take_options(options_, setup_.settings);
    if (is_date(setup_.settings.today)) return std::move(setup_);
    refuse(format("`{}` is no date; write 2027-01-31", setup_.settings.today));
    return std::nullopt;
  }

 private:
  bool take_paths() {
    for (const std::string& path : options_.paths) {
      const bool is_stdin = path == "-";
      std::optional<std::string> content;
      if (is_stdin && reads_stdin_) return refuse("`-` stands twice among the paths; there is one stdin");
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

  bool are_right() const {
    const std::vector<std::string> mistakes = mistakes_in(words_of(options_), files_, ".");
    for (const std::string& mistake : mistakes) refuse(mistake);
    for (const auto* words : {&options_.select, &options_.ignore}) {
      for (const std::string& word : *words) {
        if (const auto hint = outdated_rule_word(word)) complain("hoplint: " + *hint);
      }
    }
    return mistakes.empty();
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

std::optional<Settings> settings_of_root(const FileSystem& files, const std::string& folder, const InputOptions& options) {
  auto settings = read_one(files, child_path(folder, config_name));
  if (settings) take_options(options, *settings);
  return settings;
}

}  // namespace hop
