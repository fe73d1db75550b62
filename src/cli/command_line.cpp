#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <memory>
#include <sstream>
#include <string_view>
#include <utility>

#include "cli/command_text.h"
#include "engine/baseline.h"
#include "report/render.h"
#include "report/trace.h"
#include "rule/life.h"
#include "text/file_system.h"
#include "text/format.h"
#include "text/result.h"
#include "text/words.h"

namespace hop {
namespace {

constexpr std::string_view command_names[] = {"check",   "trace",  "baseline", "suppress",   "refs",   "rules",
                                              "explain", "config", "schema",   "completion", "manual", "lsp"};

/// Comma-separated and repeatable; takes one word each time, so that a path behind it stays a path.
void add_list(CLI::App& app, const std::string& name, std::vector<std::string>& list, const std::string& help) {
  app.add_option(name, list, help)->delimiter(',')->allow_extra_args(false)->type_name("LIST");
}

void add_color(CLI::App& app, std::string& color) {
  app.add_option("--color", color, "Colour in the terminal: auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN");
}

void add_input(CLI::App& app, InputOptions& options, std::optional<std::string>& complete) {
  app.add_option("paths", options.paths, "Files and folders of manifests; `-` reads stdin")->type_name("PATH");
  app.add_option("--stdin-filename", options.stdin_filename, "What `-` is called in reports")->type_name("PATH");
  auto* config = app.add_option("--config", options.config, "Configuration file, instead of the nearest .hoplint.yaml")->type_name("FILE");
  app.add_flag("--isolated", options.isolated, "Use no configuration file")->excludes(config);
  // Commas are part of the value: one-liners and paths may hold them.
  app.add_option("--known", options.known, "What exists elsewhere: `Kind namespace/name`, or a path to manifests (repeatable)")
      ->allow_extra_args(false)
      ->type_name("WHAT");
  app.add_flag_callback(
      "--complete", [&complete] { complete.emplace(); },
      "Everything there is lies among the manifests; --complete=NS,… for some namespaces");
  app.add_option("--jobs", options.jobs, "Number of threads; 0 for one per processor")->check(CLI::Range(0, 1024))->type_name("N");
}

void add_selection(CLI::App& app, InputOptions& options) {
  add_list(app, "--select", options.select, "Run these rules only: ids, aliases, families, groups, ALL");
  add_list(app, "--ignore", options.ignore, "Leave these rules out");
  app.add_flag("--preview", options.preview, "Run rules that are on trial too");
  app.add_option("--today", options.today, "The day that `until` is measured against: YYYY-MM-DD")->type_name("DATE");
}

std::string format_help() {
  std::string names;
  for (const Format& format : formats()) names += (names.empty() ? "" : ", ") + std::string(format.name);
  return names + "; to stdout, F:PATH writes to a file (repeatable)";
}

void add_check(CLI::App& app, CheckOptions& options) {
  add_input(app, options.input, options.input.complete);
  add_selection(app, options.input);
  auto* format = app.add_option("--format", options.formats, format_help())->allow_extra_args(false)->type_name("F[:PATH]");
  auto* omit = app.add_flag("--omit-suppressed", options.omit_suppressed, "Leave suppressed findings out of formats that would mark them");
  auto* category = app.add_option("--category", options.category, "What this run is about, for SARIF: two runs over one commit need two")
                       ->type_name("NAME");
  auto* fail_on = app.add_option("--fail-on", options.fail_on, "Exit with 1 from this severity on: error, warning or info")
                      ->check(CLI::IsMember({"error", "warning", "info"}))
                      ->type_name("SEVERITY");
  add_color(app, options.color);
  auto* fix = app.add_flag("--fix", options.fix, "Make the safe fixes, then report what remains");
  auto* diff = app.add_flag("--diff", options.diff, "Print the fixes as a patch and change nothing; exits with 1 if there are any");
  app.add_flag("--unsafe-fixes", options.unsafe_fixes, "With --fix or --diff: also fixes that may change what happens in production");
  app.add_option("--baseline", options.baseline, "Report only what this baseline does not hold")->type_name("FILE");
  app.add_option("--only-affected-by", options.affected_by,
                 "Report only what one of these files has a part in, at either end: the paths themselves, one per line (repeatable)")
      ->allow_extra_args(false)
      ->type_name("PATHS");
  auto* statistics = app.add_flag("--statistics", options.statistics, "Counts per rule and times per stage, on stderr");
  app.add_flag("--exit-zero", options.exit_zero, "Exit with 0 although there are findings");
  auto* most = app.add_option("--max-diagnostics", options.max_diagnostics, "Show no more findings than this, the severe ones first")
                   ->check(CLI::NonNegativeNumber)
                   ->type_name("N");
  // A patch is no report.
  for (CLI::Option* const other : {fix, format, omit, category, fail_on, statistics, most}) diff->excludes(other);
}

void add_trace(CLI::App& app, TraceOptions& options) {
  add_input(app, options.input, options.input.complete);
  app.get_option("paths")->description("The request's URL, unless --all is given; then files and folders of manifests");
  app.add_flag("--all", options.all, "Every request that can come in, by host");
  app.add_option("--from", options.from, "A workload of the mesh that sends the request: mesh/NAMESPACE/WORKLOAD")->type_name("WORKLOAD");
  app.add_option("--method", options.method, "Method of the request; GET unless given")->type_name("METHOD");
  app.add_option("--header", options.headers, "A header of the request, `NAME: VALUE` (repeatable)")
      ->allow_extra_args(false)
      ->type_name("HEADER");
  std::vector<std::string> names;
  for (const TraceFormat& format : trace_formats()) names.emplace_back(format.name);
  app.add_option("--format", options.format, "How it is shown")->check(CLI::IsMember(names))->type_name("F");
  app.add_option("--require", options.require, "Exit with 1 unless this is proved of every chain: reachable, encrypted or mtls")
      ->check(CLI::IsMember({"reachable", "encrypted", "mtls"}))
      ->type_name("WHAT");
  app.add_option("--limit", options.limit, "Show no more chains than this")->check(CLI::PositiveNumber)->type_name("N");
  add_color(app, options.color);
}

/// The first word is the request, unless all are asked for.
void take_url(TraceOptions& options) {
  if (options.all || options.input.paths.empty()) return;
  options.url = options.input.paths.front();
  options.input.paths.erase(options.input.paths.begin());
}

void add_baseline_action(CLI::App& app, BaselineOptions& options, BaselineOptions::Action action, const std::string& name,
                         const std::string& help) {
  CLI::App& sub = *app.add_subcommand(name, help);
  sub.parse_complete_callback([&options, action] { options.action = action; });
  add_input(sub, options.input, options.input.complete);
  add_selection(sub, options.input);
  add_color(sub, options.color);
  sub.add_option("--baseline", options.path, "The baseline's file")->type_name("FILE")->capture_default_str();
}

void add_baseline(CLI::App& app, BaselineOptions& options) {
  using Action = BaselineOptions::Action;
  options.path = default_baseline;
  app.require_subcommand(1);
  add_baseline_action(app, options, Action::create, "create", "Write what is found now; refuses to replace a baseline");
  add_baseline_action(app, options, Action::update, "update", "Write the baseline anew: what is gone leaves it, what is new enters");
  add_baseline_action(app, options, Action::check, "check", "Report what is new; exits with 1 too where the baseline holds what is gone");
}

void add_suppress(CLI::App& app, SuppressOptions& options) {
  add_input(app, options.input, options.input.complete);
  add_selection(app, options.input);
  app.add_option("--reason", options.reason, "Why these findings are allowed")->required()->type_name("TEXT");
  app.add_option("--until", options.until, "The last day of it: YYYY-MM-DD")->type_name("DATE");
  app.add_option("--least", options.least, "From this severity on: error, warning or info")
      ->check(CLI::IsMember({"error", "warning", "info"}))
      ->type_name("SEVERITY");
  app.add_flag("--diff", options.diff, "Print the comments as a patch and change nothing; exits with 1 if there are any");
}

CLI::App& add_config_action(CLI::App& app, ConfigOptions& options, ConfigOptions::Action action, const std::string& name,
                            const std::string& help) {
  CLI::App& sub = *app.add_subcommand(name, help);
  sub.parse_complete_callback([&options, action] { options.action = action; });
  return sub;
}

void add_config(CLI::App& app, ConfigOptions& options) {
  using Action = ConfigOptions::Action;
  app.require_subcommand(1);
  CLI::App& show =
      add_config_action(app, options, Action::show, "show", "Print what is in force for a path, and where each key comes from");
  CLI::App& check = add_config_action(app, options, Action::check, "check", "Check configuration files and what they extend; nothing else");
  CLI::App& init =
      add_config_action(app, options, Action::init, "init", "Look at the manifests and write a first .hoplint.yaml, with comments");
  CLI::App& known = add_config_action(app, options, Action::known, "known",
                                      "Make stubs for `known:` of what `kubectl get … -o json` prints: names, ports and labels only");
  show.add_option("path", options.paths, "File or folder that would be checked; the working directory if left out")->expected(0, 1);
  show.add_option("--config", options.config, "Configuration file, instead of the nearest .hoplint.yaml")->type_name("FILE");
  check.add_option("paths", options.paths, "Configuration files, or what they are for; the working directory if left out");
  init.add_option("path", options.paths, "Folder of the manifests, the working directory if left out")->expected(0, 1);
  init.add_flag("--print", options.print, "Print it and write nothing");
  known.add_option("paths", options.paths, "Files that hold the output; `-` reads stdin")->required();
  for (CLI::App* const sub : {&show, &check, &init, &known}) {
    for (CLI::Option* const option : sub->get_options()) {
      if (option->get_lnames().empty() && option->get_snames().empty()) option->type_name("PATH");
    }
  }
}

/// The options of every command, and what fills them.
struct Parser {
  CLI::App app{"hoplint: will a request that arrives at the load balancer reach the pod, encrypted on every hop?", "hoplint"};
  CheckOptions check;
  TraceOptions trace;
  BaselineOptions baseline;
  SuppressOptions suppress;
  RefsOptions refs;
  RulesOptions rules;
  ExplainOptions explain;
  ConfigOptions config;
  SchemaOptions schema;
  CompletionOptions completion;
  LspOptions lsp;

  Parser() {
    app.set_version_flag("--version", "hoplint " + std::string(this_release_text()));
    app.require_subcommand(1);
    app.footer("`hoplint PATH…` is `hoplint check PATH…`.\nExit codes: 0 nothing to complain about, 1 findings, 2 could not run.");
    add_check(*app.add_subcommand("check", "Check manifests (the default)"), check);
    CLI::App& trace_app = *app.add_subcommand("trace", "Follow a request from the load balancer to the pods");
    add_trace(trace_app, trace);
    trace_app.parse_complete_callback([this] { take_url(trace); });
    add_baseline(*app.add_subcommand("baseline", "Keep a list of findings that need not be mended now"), baseline);
    add_suppress(*app.add_subcommand("suppress", "Add suppression comments to everything that is found"), suppress);
    CLI::App& refs_app = *app.add_subcommand("refs", "List references between resources");
    add_input(refs_app, refs.input, refs.input.complete);
    refs_app.add_flag("--outside", refs.outside, "Only those that point outside the given manifests");
    refs_app.add_flag("--as-known", refs.as_known, "Print those that point outside as a `known:` list for .hoplint.yaml");
    CLI::App& rules_app = *app.add_subcommand("rules", "List all rules");
    rules_app.add_option("--format", rules.format, "text, markdown or json")
        ->check(CLI::IsMember({"text", "markdown", "json"}))
        ->type_name("F");
    rules_app.add_flag("--fixable", rules.fixable, "Only those whose findings may carry fixes");
    CLI::App& explain_app = *app.add_subcommand("explain", "Explain a rule, given its id or a peer's code for it");
    explain_app.add_option("rule", explain.rule, "Rule id or alias")->required()->type_name("RULE");
    add_color(explain_app, explain.color);
    add_config(*app.add_subcommand("config", "Look at the configuration, or begin one"), config);
    CLI::App& schema_app = *app.add_subcommand("schema", "Print a JSON schema");
    schema_app
        .add_option("what", schema.what, "findings: of `check --format json`; trace: of `trace --format json`; config: of .hoplint.yaml")
        ->required()
        ->check(CLI::IsMember({"findings", "trace", "config"}));
    CLI::App& completion_app = *app.add_subcommand("completion", "Print the completions of a shell");
    completion_app.add_option("shell", completion.shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
    app.add_subcommand("manual", "Print the manual page");
    CLI::App& lsp_app = *app.add_subcommand("lsp", "Serve editors: the Language Server Protocol on stdin and stdout");
    lsp_app.add_flag("--stdio", lsp.stdio, "Use stdin and stdout, as always");
    lsp_app.add_option("--clientProcessId", lsp.parent, "End when this process does")->check(CLI::NonNegativeNumber)->type_name("N");
    lsp_app.add_option("--jobs", lsp.jobs, "Number of threads; 0 for one per processor")->check(CLI::Range(0, 1024))->type_name("N");
  }

  Command command() {
    if (app.got_subcommand("trace")) return std::move(trace);
    if (app.got_subcommand("baseline")) return std::move(baseline);
    if (app.got_subcommand("suppress")) return std::move(suppress);
    if (app.got_subcommand("refs")) return std::move(refs);
    if (app.got_subcommand("rules")) return std::move(rules);
    if (app.got_subcommand("explain")) return std::move(explain);
    if (app.got_subcommand("config")) return std::move(config);
    if (app.got_subcommand("completion")) return std::move(completion);
    if (app.got_subcommand("manual")) return ManualOptions{};
    if (app.got_subcommand("lsp")) return lsp;
    if (app.got_subcommand("schema")) return std::move(schema);
    return std::move(check);
  }
};

/// "WHEN:{auto,always,never}" holds the value's name and its choices, "N:INT in [0 - 9]" what it must be.
void read_type(std::string_view type, OptionText& text) {
  std::size_t colon = type.find(':');
  if (colon != std::string_view::npos && colon > 0 && type[colon - 1] == '[') colon = type.find(':', colon + 1);  // F[:PATH]
  text.value = type.substr(0, colon);
  const std::size_t open = type.find('{');
  if (open == std::string_view::npos || type.back() != '}') return;
  for (const std::string_view choice : split_list(type.substr(open + 1, type.size() - open - 2), ',')) text.choices.emplace_back(choice);
}

OptionText text_of(const CLI::Option& option) {
  OptionText text;
  for (const std::string& name : option.get_snames()) text.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) text.names.push_back("--" + name);
  text.help = option.get_description();
  if (option.get_items_expected_max() > 0) read_type(option.get_type_name(), text);
  const bool is_format = !text.names.empty() && text.names.back() == "--format" && text.choices.empty();
  if (is_format) {
    for (const Format& format : formats()) text.choices.emplace_back(format.name);
  }
  return text;
}

CommandText text_of(const CLI::App& app) {
  CommandText text{app.get_name(), app.get_description(), {}, {}};
  for (const CLI::Option* const option : app.get_options()) text.options.push_back(text_of(*option));
  for (const CLI::App* const command : app.get_subcommands([](const CLI::App*) { return true; }))
    text.commands.push_back(text_of(*command));
  return text;
}

/// What is wrong with the command line.
Finished wrong(const std::string& text) { return {2, "hoplint: " + text}; }

/// `--complete=a,b` is taken out before parsing: the library would let a flag's value be true, false or a number only. Several add up.
Result<std::optional<std::string>> take_complete(std::vector<std::string>& arguments) {
  constexpr std::string_view prefix = "--complete=";
  static constexpr std::string_view readers[] = {"check", "trace", "baseline", "suppress", "refs"};
  std::optional<std::string> value;
  if (std::ranges::find(readers, arguments[0]) == std::end(readers)) return value;
  const auto end_of_options = std::find(arguments.begin(), arguments.end(), "--");
  bool names_none = false;
  const auto is_complete = [&](const std::string& argument) {
    if (!argument.starts_with(prefix)) return false;
    const std::string namespaces = argument.substr(prefix.size());
    names_none = names_none || split_list(namespaces, ',').empty();
    value = value ? *value + "," + namespaces : namespaces;
    return true;
  };
  arguments.erase(std::remove_if(arguments.begin(), end_of_options, is_complete), end_of_options);
  if (names_none) return Failure{"--complete=: name the namespaces; `--complete` alone is about all of them"};
  return value;
}

bool is_command(std::string_view word) { return std::ranges::find(command_names, word) != std::end(command_names); }

/// Whether an option of any command takes the word behind it.
bool takes_value(const CLI::App& app, const std::string& argument) {
  if (argument.find('=') != std::string::npos) return false;
  const auto has = [&](const CLI::App* command) {
    const CLI::Option* const option = command->get_option_no_throw(argument);
    return option != nullptr && option->get_items_expected_max() > 0;
  };
  const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
  return std::ranges::any_of(commands, has);
}

/// The first word that is no option, nor the value of one.
std::vector<std::string>::iterator first_word(const CLI::App& app, std::vector<std::string>& arguments) {
  for (auto at = arguments.begin(); at != arguments.end(); ++at) {
    if (*at == "--") break;
    if (!at->starts_with('-') || *at == "-") return at;
    if (takes_value(app, *at) && at + 1 != arguments.end()) ++at;
  }
  return arguments.end();
}

/// Puts the command in front; `check` where none is named.
Result<std::vector<std::string>> arguments_of(const CLI::App& app, int argc, const char* const* argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  const auto is_for_all = [](const std::string& word) { return word == "--help" || word == "-h" || word == "--version"; };
  if (!arguments.empty() && is_for_all(arguments[0])) return arguments;
  const auto word = first_word(app, arguments);
  if (word == arguments.end()) {
    arguments.insert(arguments.begin(), "check");
  } else if (is_command(*word)) {
    std::rotate(arguments.begin(), word, word + 1);
  } else if (disk_files()->type(*word) != FileType::missing) {
    arguments.insert(arguments.begin(), "check");
  } else if (*word == "help") {
    arguments.erase(word);
    arguments.emplace_back("--help");
  } else if (const auto near = nearest(*word, command_names)) {
    return Failure{format("`{}` is neither a command nor a path; did you mean `{}`?", *word, *near)};
  } else {
    arguments.insert(arguments.begin(), "check");
  }
  return arguments;
}

/// The command that lacks one of its own commands: "baseline: name one of `create`, `update` and `check`".
std::string lacking_command(const CLI::App& app) {
  for (const CLI::App* const command : app.get_subcommands()) {
    std::vector<std::string_view> names;
    for (const CLI::App* const own : command->get_subcommands([](const CLI::App*) { return true; })) names.push_back(own->get_name());
    if (names.empty() || !command->get_subcommands().empty()) continue;
    return format("{}: name one of {}", command->get_name(), list_words(names, names.size()));
  }
  return {};
}

Finished finished_by(const CLI::App& app, const CLI::ParseError& error) {
  std::ostringstream out, complaints;
  if (app.exit(error, out, complaints) == 0) return Finished{0, out.str()};
  const std::string lacking = lacking_command(app);
  return wrong(format("{}\nhoplint: --help says what there is", lacking.empty() ? error.what() : lacking));
}

}  // namespace

CommandText command_text() { return text_of(Parser().app); }

Command parse_command_line(int argc, const char* const* argv) {
  Parser parser;
  auto arguments = arguments_of(parser.app, argc, argv);
  if (!arguments) return wrong(arguments.reason());
  const auto complete = take_complete(*arguments);
  if (!complete) return wrong(complete.reason());
  try {
    std::reverse(arguments->begin(), arguments->end());  // as the library wants them
    parser.app.parse(std::move(*arguments));
  } catch (const CLI::ParseError& error) {
    return finished_by(parser.app, error);
  }
  for (InputOptions* input :
       {&parser.check.input, &parser.trace.input, &parser.baseline.input, &parser.suppress.input, &parser.refs.input}) {
    if (!input->complete) input->complete = *complete;  // `--complete` is about more than any `--complete=…`
  }
  return parser.command();
}

}  // namespace hop
