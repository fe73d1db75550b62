#include "cli/setup.h"

#include <chrono>
#include <cstdio>
#include <string>
#include <utility>

#include "cli/terminal.h"
#include "engine/config.h"
#include "engine/date.h"
#include "engine/paths.h"
#include "engine/select.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

std::optional<std::string> read_stdin(std::uint64_t limit) {
  std::string content;
  char buffer[1 << 16];
  for (std::size_t count = sizeof buffer; count == sizeof buffer;) {
    count = std::fread(buffer, 1, sizeof buffer, stdin);
    content.append(buffer, count);
    if (content.size() > limit) break;  // the reader says so
  }
  return std::ferror(stdin) != 0 ? std::nullopt : std::optional(std::move(content));
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
  static bool refuse(const std::string& text) {
    complain("hoplint: " + text);
    return false;
  }

  bool take_paths() {
    for (const std::string& path : options_.paths) {
      const bool is_stdin = path == "-";
      std::optional<std::string> content = is_stdin ? read_stdin(setup_.settings.file_limit) : std::nullopt;
      if (is_stdin && !content) return refuse("cannot read stdin");
      const std::string name = options_.stdin_filename.empty() ? "<stdin>" : shown_path(options_.stdin_filename);
      setup_.inputs.push_back({is_stdin ? name : path, std::move(content)});
      reads_stdin_ = reads_stdin_ || is_stdin;
    }
    if (!options_.stdin_filename.empty() && !reads_stdin_) return refuse("--stdin-filename needs `-` among the paths");
    if (setup_.inputs.empty()) setup_.inputs.push_back({".", std::nullopt});
    return true;
  }

  /// One run has one configuration: two inputs that are configured differently are two runs.
  bool take_config() {
    setup_.settings.isolated = options_.isolated;
    if (options_.isolated) return true;
    if (!options_.config.empty()) return read(options_.config);
    const std::string& first = setup_.inputs.front().path;
    const auto config = find_config(files_, first);
    for (const InputPath& input : setup_.inputs) {
      const auto other = find_config(files_, input.path);
      if (canonical(other) == canonical(config)) continue;
      const auto name = [](const std::optional<std::string>& path) { return path ? format("`{}`", *path) : std::string("nothing"); };
      return refuse(format("`{}` is configured by {} and `{}` by {}; check them one by one, or say --config or --isolated", first,
                           name(config), input.path, name(other)));
    }
    return !config || read(*config);
  }

  std::string canonical(const std::optional<std::string>& path) const { return path ? files_.canonical(*path) : std::string(); }

  bool read(const std::string& path) {
    Sources sources;
    const auto mistakes = read_config(files_, shown_path(path), sources, setup_.settings);
    for (const Diagnostic& mistake : mistakes) complain(mistake_line(mistake, sources));
    return mistakes.empty();
  }

  static std::string mistake_line(const Diagnostic& mistake, const Sources& sources) {
    if (!mistake.where) return "hoplint: " + mistake.message;
    const File& file = sources[mistake.where.file];
    const Position at = file.position(mistake.where.begin);
    return format("{}:{}:{}: error[{}] {}", file.path(), at.line, at.column, mistake.rule->id, mistake.message);
  }

  bool take_rules() {
    const Selection selection{options_.select, options_.ignore};
    for (const std::string& complaint : unknown_rule_words(selection)) complain("hoplint: " + complaint);
    if (!unknown_rule_words(selection).empty()) return false;
    if (!selection.select.empty()) setup_.settings.selection.select = selection.select;
    if (!selection.ignore.empty()) setup_.settings.selection.ignore = selection.ignore;
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

std::optional<Setup> set_up(const FileSystem& files, const InputOptions& options) { return Builder(files, options).run(); }

}  // namespace hop
