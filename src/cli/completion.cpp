// `hoplint completion`: what a shell needs to complete our command line, made of the command line itself.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command_text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "text/format.h"

namespace hop {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

/// What rules are called is asked of the binary when it is needed.
bool takes_rules(const OptionText& option) {
  const auto has = [&](std::string_view name) { return std::ranges::find(option.names, name) != option.names.end(); };
  return has("--select") || has("--ignore") || option.value == "RULE";
}

constexpr std::string_view list_rules = "hoplint rules 2>/dev/null | cut -d' ' -f1";

/// Single quotes for a shell; help holds backticks.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// --- bash

/// Cases of `case "$before"`: values of options of this command.
std::string bash_values(const CommandText& command) {
  std::string cases;
  for (const OptionText& option : command.options) {
    if (option.names.empty() || option.value.empty()) continue;
    std::string names;
    for (const std::string& name : option.names) names += (names.empty() ? "" : "|") + name;
    std::string reply = "compgen -f -- \"$word\"";
    if (!option.choices.empty()) reply = format("compgen -W '{}' -- \"$word\"", joined(option.choices));
    if (takes_rules(option)) reply = format("compgen -W \"$({})\" -- \"$word\"", list_rules);
    cases += format("        {}) COMPREPLY=($({})); return ;;\n", names, reply);
  }
  return cases;
}

/// What can stand where no option stands: choices, rules or files.
std::string bash_words(const CommandText& command) {
  if (!command.commands.empty()) {
    std::string names;
    for (const CommandText& sub : command.commands) names += sub.name + " ";
    return format("compgen -W '{}' -- \"$word\"", names);
  }
  for (const OptionText& option : command.options) {
    if (!option.names.empty()) continue;
    if (!option.choices.empty()) return format("compgen -W '{}' -- \"$word\"", joined(option.choices));
    if (takes_rules(option)) return format("compgen -W \"$({})\" -- \"$word\"", list_rules);
  }
  return "compgen -f -- \"$word\"";
}

std::string bash_command(const CommandText& command, const std::string& path) {
  std::string options;
  for (const OptionText& option : command.options) options += joined(option.names) + (option.names.empty() ? "" : " ");
  std::string out = format("    {})\n      case \"$before\" in\n{}      esac\n", quoted(path), bash_values(command));
  out += format("      case \"$word\" in -*) COMPREPLY=($(compgen -W '{}' -- \"$word\")); return ;; esac\n", options);
  out += format("      COMPREPLY=($({})) ;;\n", bash_words(command));
  for (const CommandText& sub : command.commands) out += bash_command(sub, path + " " + sub.name);
  return out;
}

/// Commands of commands, as cases: 'baseline create'|'config show'.
std::string commands_below(const CommandText& program) {
  std::string cases;
  for (const CommandText& command : program.commands) {
    for (const CommandText& sub : command.commands) cases += format("{}'{} {}'", cases.empty() ? "" : "|", command.name, sub.name);
  }
  return cases;
}

std::string bash_completion(const CommandText& program) {
  std::string names;
  for (const CommandText& command : program.commands) names += (names.empty() ? "" : "|") + command.name;
  std::string cases;
  for (const CommandText& command : program.commands) cases += bash_command(command, command.name);
  return format(
      R"(# hoplint completion bash > /usr/share/bash-completion/completions/hoplint
_hoplint() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command=check
  compopt -o filenames 2>/dev/null
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '{}' -- "$word") $(compgen -f -- "$word"))
    case "$word" in -*) ;; *) return ;; esac
  fi
  case "${{COMP_WORDS[1]}}" in {}) command=${{COMP_WORDS[1]}} ;; esac
  case "$command ${{COMP_WORDS[2]}}" in {})
    [ "$COMP_CWORD" -gt 2 ] && command="$command ${{COMP_WORDS[2]}}" ;;
  esac
  case "$command" in
{}  esac
}}
complete -F _hoplint hoplint
)",
      [&] {
        std::string words = names;
        std::replace(words.begin(), words.end(), '|', ' ');
        return words;
      }(),
      names, commands_below(program), cases);
}

// --- zsh and fish

/// zsh takes bash's completions.
std::string zsh_completion(const CommandText& program) {
  return "#compdef hoplint\nautoload -U +X bashcompinit && bashcompinit\n" + bash_completion(program);
}

void fish_command(const CommandText& command, const std::string& condition, std::string& out) {
  for (const OptionText& option : command.options) {
    std::string line = format("complete -c hoplint -n {}", quoted(condition));
    for (const std::string& name : option.names) {
      line += name.starts_with("--") ? format(" -l {}", name.substr(2)) : format(" -s {}", name.substr(1));
    }
    if (!option.value.empty() && !option.names.empty()) line += " -r";
    if (!option.choices.empty()) line += format(" -f -a {}", quoted(joined(option.choices)));
    if (takes_rules(option)) line += format(" -f -a {}", quoted(format("({})", list_rules)));
    const bool says_something = !option.names.empty() || !option.choices.empty() || takes_rules(option);
    if (says_something) out += line + format(" -d {}\n", quoted(option.help));
  }
  for (const CommandText& sub : command.commands) {
    const std::string below = format("{}; and not __fish_seen_subcommand_from {}", condition, sub.name);
    out += format("complete -c hoplint -n {} -f -a {} -d {}\n", quoted(below), sub.name, quoted(sub.help));
    fish_command(sub, format("{}; and __fish_seen_subcommand_from {}", condition, sub.name), out);
  }
}

std::string fish_completion(const CommandText& program) {
  std::string out = "# hoplint completion fish > ~/.config/fish/completions/hoplint.fish\n";
  for (const CommandText& command : program.commands) {
    out += format("complete -c hoplint -n __fish_use_subcommand -a {} -d {}\n", command.name, quoted(command.help));
    fish_command(command, "__fish_seen_subcommand_from " + command.name, out);
  }
  return out;
}

}  // namespace

int run_command(const CompletionOptions& options) {
  const CommandText program = command_text();
  if (options.shell == "zsh") return print(zsh_completion(program));
  return print(options.shell == "fish" ? fish_completion(program) : bash_completion(program));
}

}  // namespace hop
