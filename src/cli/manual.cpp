// `hoplint manual`: the manual page, made of the command line itself.

#include <string>
#include <string_view>

#include "cli/command_text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "text/format.h"
#include "version.h"

namespace hop {
namespace {

/// Text that troff shows as it is.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '\n') {
      out += "\n.br\n";
    } else {
      out += (c == '.' || c == '\'') && (out.empty() || out.back() == '\n') ? "\\&" : "";
      out += c;
    }
  }
  return out;
}

void add_options(const CommandText& command, std::string& out) {
  for (const OptionText& option : command.options) {
    std::string names;
    for (const std::string& name : option.names) names += format("{}\\fB{}\\fR", names.empty() ? "" : ", ", plain(name));
    if (!option.value.empty()) names += format("{}\\fI{}\\fR", names.empty() ? "" : " ", plain(option.value));
    if (!names.empty()) out += format(".TP\n{}\n{}\n", names, plain(option.help));
  }
}

void add_command(const CommandText& command, const std::string& path, std::string& out) {
  out += format(".SS {}\n{}.\n", plain(path), plain(command.help));
  add_options(command, out);
  for (const CommandText& sub : command.commands) add_command(sub, path + " " + sub.name, out);
}

}  // namespace

int run_command(const ManualOptions&) {
  const CommandText program = command_text();
  std::string out = format(".TH HOPLINT 1 \"\" \"hoplint {}\"\n.SH NAME\nhoplint \\- {}\n", program_version,
                           plain("static linter for ALB, Istio and Kubernetes manifests"));
  out += ".SH SYNOPSIS\n.B hoplint\n[\\fICOMMAND\\fR] [\\fIOPTION\\fR]... [\\fIPATH\\fR]...\n";
  out += format(".SH DESCRIPTION\n{}\n", plain(program.help));
  out += ".SH COMMANDS\n";
  for (const CommandText& command : program.commands) add_command(command, command.name, out);
  out += ".SH EXIT STATUS\n0 nothing to complain about, 1 findings, 2 could not run.\n";
  out += ".SH FILES\n.TP\n.B .hoplint.yaml\nThe configuration, the nearest upwards from the input to the repository root.\n";
  out += format(".TP\n.B .hoplint\\-baseline.yaml\n{}\n", plain("What `hoplint baseline` reads and writes."));
  out += format(".SH SEE ALSO\n{}\n", plain(homepage));
  return print(out);
}

}  // namespace hop
