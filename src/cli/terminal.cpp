#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "text/unicode.h"
#include "text/words.h"

namespace hop {
namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): no thread is running yet, and none sets it
  return value != nullptr ? std::string_view(value) : std::string_view{};
}

bool is_set(const char* name) { return !environment(name).empty() && environment(name) != "0"; }

bool wants_colour(std::string_view choice, bool terminal) {
  if (choice != "auto") return choice == "always";
  if (!environment("NO_COLOR").empty()) return false;
  if (is_set("CLICOLOR_FORCE") || is_set("FORCE_COLOR")) return true;
  return terminal && environment("TERM") != "dumb";
}

unsigned terminal_width() {
  unsigned columns = 0;
  const std::string_view wanted = environment("COLUMNS");
  if (std::from_chars(wanted.begin(), wanted.end(), columns).ptr == wanted.end() && columns > 0) return columns;
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/// The first of the three that is set decides, as for the C library.
bool locale_is_unicode() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string value = lower(environment(name));
    if (!value.empty()) return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
  }
  return false;
}

}  // namespace

TextStyle stdout_style(std::string_view choice) {
  const bool terminal = ::isatty(STDOUT_FILENO) == 1;
  return {wants_colour(choice, terminal), !terminal || locale_is_unicode(), terminal ? terminal_width() : 0};
}

std::string_view default_format() { return environment("GITHUB_ACTIONS") == "true" ? "github" : "text"; }

void complain(std::string_view text) {
  const std::string line = escape_controls(text) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace hop
