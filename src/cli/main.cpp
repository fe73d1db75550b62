#include <csignal>
#include <cstdlib>
#include <exception>
#include <string>
#include <variant>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "text/words.h"

namespace hop {

int run_command(const Finished& finished) {
  if (finished.exit_code == 0) return print(finished.text);
  for (std::string_view line : split_list(finished.text, '\n')) complain(line);
  return finished.exit_code;
}

namespace {

/// Our own mistakes end in abort(): a tool that calls us is to see "could not run", not a signal.
void exit_as_internal_error(int) { std::_Exit(2); }

int run(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is told apart by the error of write()
  std::signal(SIGABRT, exit_as_internal_error);
  try {
    return std::visit([](const auto& options) { return run_command(options); }, parse_command_line(argc, argv));
  } catch (const std::exception& error) {
    complain(std::string("hoplint: internal error: ") + error.what());
    return 2;
  }
}

}  // namespace
}  // namespace hop

int main(int argc, char** argv) { return hop::run(argc, argv); }
