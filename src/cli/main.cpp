#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <new>
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

/// A stream that we were started without stays one that fails: else the next file opened would take its number, and what is said would
/// go into it.
void keep_streams_apart() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    const bool is_open = ::fcntl(stream, F_GETFD) != -1;
    if (!is_open) ::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);  // takes the lowest number, which is this one
  }
}

int run(int argc, char** argv) {
  keep_streams_apart();
  std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is told apart by the error of write()
  std::signal(SIGXFSZ, SIG_IGN);  // as is a file that must not grow
  std::signal(SIGABRT, exit_as_internal_error);
  try {
    return std::visit([](const auto& options) { return run_command(options); }, parse_command_line(argc, argv));
  } catch (const std::bad_alloc&) {
    complain("hoplint: not enough memory");
    return 2;
  } catch (const std::exception& error) {
    complain(std::string("hoplint: internal error: ") + error.what());
    return 2;
  }
}

}  // namespace
}  // namespace hop

int main(int argc, char** argv) { return hop::run(argc, argv); }
