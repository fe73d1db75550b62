#pragma once
// The configuration file `.hoplint.yaml`: finding it, reading it, and saying what is wrong with it.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "engine/settings.h"
#include "text/file.h"
#include "text/file_system.h"

namespace hop {

/// The nearest `.hoplint.yaml` from `input` upwards, to the folder that holds `.git` or to the root; nothing if there is none.
std::optional<std::string> find_config(const FileSystem& files, const std::string& input);

/// Reads one configuration file into `settings`. Mistakes (unknown keys with a did-you-mean, wrong types, unknown rules) are
/// error diagnostics of rule `config-invalid` with their place in `sources`, which the file is added to; nothing is half-applied then.
std::vector<Diagnostic> read_config(const FileSystem& files, const std::string& path, Sources& sources, Settings& settings);

/// `Kind[.group] [ns/]name`, for `known:` and `--known`.
std::optional<KnownName> parse_known_name(std::string_view text);

extern const RuleInfo config_invalid;

}  // namespace hop
