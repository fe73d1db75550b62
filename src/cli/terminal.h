#pragma once
// What the terminal can show: colour, width, Unicode. Reads the environment; writes nothing.

#include <string>
#include <string_view>

#include "report/render.h"

namespace hop {

/// For text on stdout. Colour: `choice` (auto, always, never), then NO_COLOR, then CLICOLOR_FORCE and FORCE_COLOR, then whether stdout is a
/// terminal. A terminal has a width, from COLUMNS or from itself, and shows Unicode if its locale does. Everything else, logs above all, is
/// taken to be UTF-8 and without end.
TextStyle stdout_style(std::string_view choice);

/// For text in a file: no colour, no width, always Unicode.
inline TextStyle file_style() { return {}; }

/// The format that suits where we run, when none is named: what GitHub Actions turns into annotations, or text. GitLab reads reports from
/// files, so its log is for people.
std::string_view default_format();

/// To stderr, with a line end and without control characters.
void complain(std::string_view text);

}  // namespace hop
