#pragma once
// argv to options. CLI11 lives behind command_line.cpp only: it is slow to compile.

#include "cli/options.h"

namespace hop {

/// `check` is the command where none is named. Options never take a path that stands behind them for their value.
Command parse_command_line(int argc, const char* const* argv);

}  // namespace hop
