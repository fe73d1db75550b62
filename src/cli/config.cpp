// `hoplint config`: what is in force, whether it is right, a first one, and stubs of what a cluster holds.

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/roots.h"
#include "cli/setup.h"
#include "cli/terminal.h"
#include "engine/config.h"
#include "engine/config_text.h"
#include "engine/lint.h"
#include "engine/paths.h"
#include "engine/propose.h"
#include "engine/stubs.h"
#include "engine/walk.h"
#include "report/wording.h"
#include "text/format.h"
#include "text/unicode.h"

namespace hop {
namespace {

int refuse(const std::string& text) {
  complain("hoplint: " + text);
  return 2;
}

std::string path_or_here(const ConfigOptions& options) { return options.paths.empty() ? "." : options.paths.front(); }

int show(const FileSystem& files, const ConfigOptions& options) {
  const std::string path = path_or_here(options);
  if (files.type(path) == FileType::missing) return refuse(format("`{}` does not exist", path));
  const auto settings = read_settings(files, {{path, std::nullopt}}, options.config);
  if (!settings) return 2;
  Sources sources;
  std::string head;
  const auto add = [&](const std::shared_ptr<const File>& file, std::string_view what) {
    sources.add(file);
    head += format("# {} {}\n", what, escape_controls(file->path()));
  };
  if (settings->config == nullptr) head = "# no .hoplint.yaml from here up to the repository's root\n";
  if (settings->config != nullptr) add(settings->config, "read from");
  for (const auto& file : settings->extended) add(file, "which extends");
  const auto place = [&](Span where) {
    return format("{}:{}", sources[where.file].path(), sources[where.file].position(where.begin).line);
  };
  return print(head + "\n" + config_in_force(*settings, place));
}

/// What `config check` goes through: each configuration once, however many paths it is for.
class ConfigCheck {
 public:
  explicit ConfigCheck(const FileSystem& files) : files_(files) {}

  /// A configuration file, or what is to be checked: the nearest configuration from there upwards, and for a folder those below it.
  void add(const std::string& path) {
    const std::size_t before = seen_.size();
    const bool is_config = files_.type(path) == FileType::regular && file_name(path) == config_name;
    const auto config = is_config ? std::optional(path) : find_config(files_, path);
    Settings settings;
    if (config) settings = read(*config);
    if (files_.type(path) == FileType::directory) add_below(path, settings);
    if (!config && seen_.size() == before) complain(format("hoplint: `{}` is configured by nothing", path));
  }

  int finish() {
    if (mistakes_ == 0 && hints_ == 0 && !seen_.empty())
      complain(format("hoplint: nothing is wrong in {}", counted(seen_.size(), "configuration", "configurations")));
    const int printed = print(std::move(lines_));
    return printed != 0 ? printed : (mistakes_ > 0 ? 1 : 0);
  }

 private:
  /// What it says, nothing if that is wrong.
  Settings read(const std::string& config) {
    Settings settings;
    Sources sources;
    const bool is_new = seen_.insert(files_.canonical(config)).second;
    const std::vector<Diagnostic> mistakes = read_config(files_, shown_path(config), sources, settings);
    if (!is_new) return settings;
    for (const auto* findings : {&mistakes, &std::as_const(settings.hints)}) {
      for (const Diagnostic& finding : *findings) lines_ += config_line(finding, sources) + "\n";
    }
    mistakes_ += mistakes.size();
    hints_ += settings.hints.size();
    return settings;
  }

  void add_below(const std::string& folder, const Settings& settings) {
    for (const std::string& root : walk(files_, {{folder, std::nullopt}}, settings).other_roots) {
      const std::string config = child_path(root, config_name);
      if (!seen_.contains(files_.canonical(config))) add_below(root, read(config));
    }
  }

  const FileSystem& files_;
  std::set<std::string> seen_;  ///< canonical paths of configurations
  std::size_t mistakes_ = 0, hints_ = 0;
  std::string lines_;
};

int check(const FileSystem& files, const ConfigOptions& options) {
  std::vector<std::string> paths = options.paths;
  if (paths.empty()) paths.emplace_back(".");
  ConfigCheck work(files);
  for (const std::string& path : paths) {
    if (files.type(path) == FileType::missing) return refuse(format("`{}` does not exist", path));
    work.add(path);
  }
  return work.finish();
}

int init(const FileSystem& files, const ConfigOptions& options) {
  const std::string folder = shown_path(path_or_here(options));
  if (files.type(folder) != FileType::directory) return refuse(format("`{}` is no folder", folder));
  const std::string path = child_path(folder, config_name);
  if (!options.print && files.type(path) != FileType::missing)
    return refuse(format("`{}` is there already; --print shows what would be written", path));
  Settings settings;
  settings.isolated = true;
  const LintRun run = read_graph(files, {{folder, std::nullopt}}, settings);
  if (!tell_unseen(run) || !run.graph) return 2;
  std::string text = proposed_config(propose(*run.graph, folder));
  if (options.print) return print(std::move(text));
  const Output output{path, std::move(text)};
  if (const auto failure = write_all(std::span(&output, 1))) return refuse(failure->reason);
  complain(format("hoplint: wrote `{}`, from {}", path, counted(run.summary.resources, "resource", "resources")));
  return 0;
}

int known(const FileSystem& files, const ConfigOptions& options) {
  InputOptions input;
  input.paths = options.paths;
  input.isolated = true;
  const auto setup = set_up(files, input);
  if (!setup) return 2;
  const LintRun run = read_graph(files, setup->inputs, setup->settings);
  if (!tell_unseen(run) || !run.graph) return 2;
  if (count_unseen(run) != 0) return refuse("what does not parse would be missing from the stubs");
  Stubs stubs = make_stubs(*run.graph);
  if (stubs.written == 0) return refuse("there are no Kubernetes objects in this; it takes the output of `kubectl get … -o json`");
  complain(format("hoplint: {}, {} left out that something else makes", counted(stubs.written, "stub", "stubs"), stubs.left_out));
  return print("# Stubs of what exists elsewhere, for `known:` in .hoplint.yaml: names, ports and labels.\n" + stubs.yaml);
}

}  // namespace

int run_command(const ConfigOptions& options) {
  const auto files = disk_files();
  switch (options.action) {
    case ConfigOptions::Action::show:
      return show(*files, options);
    case ConfigOptions::Action::check:
      return check(*files, options);
    case ConfigOptions::Action::init:
      return init(*files, options);
    case ConfigOptions::Action::known:
      return known(*files, options);
  }
  return 2;
}

}  // namespace hop
