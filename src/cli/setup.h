#pragma once
// From options to what lint() takes: finds and reads the configuration, and lets the command line have the last word.

#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "engine/settings.h"
#include "engine/walk.h"
#include "text/file_system.h"

namespace hop {

struct Setup {
  Settings settings;
  std::vector<InputPath> inputs;
};

/// The configuration for these inputs, or the one that is named; nothing if it is wrong, which has been said then.
std::optional<Settings> read_settings(const FileSystem& files, const std::vector<InputPath>& inputs, const std::string& config);

/// One line for stderr: ".hoplint.yaml:3:5: error[config-invalid] …".
std::string config_line(const Diagnostic& finding, const Sources& sources);

/// Nothing if something is wrong, which has been said on stderr then: the exit code is 2.
std::optional<Setup> set_up(const FileSystem& files, const InputOptions& options);

/// The same for a folder below the inputs that has a configuration of its own.
std::optional<Settings> settings_of_root(const FileSystem& files, const std::string& folder, const InputOptions& options);

/// The only place that asks what day it is; everything behind it is told. UTC, so that it is the same day for everyone.
std::string today();

}  // namespace hop
