#pragma once
// The configuration file `.hoplint.yaml`: finding it, reading it, and saying what is wrong with it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "engine/settings.h"
#include "text/file.h"
#include "text/file_system.h"

namespace hop {

inline constexpr std::string_view config_name = ".hoplint.yaml";

/// The nearest `.hoplint.yaml` from `input` upwards, to the folder that holds `.git` or to the root; nothing if there is none.
std::optional<std::string> find_config(const FileSystem& files, const std::string& input);

/// Reads one configuration file into `settings`. Mistakes (unknown keys with a did-you-mean, wrong types, unknown rules) are
/// error diagnostics of rule `config-invalid` with their place in `sources`, which the file is added to and then those it extends, in the
/// order of Settings::extended; nothing is half-applied then. What cannot be read is the one diagnostic without a place.
std::vector<Diagnostic> read_config(const FileSystem& files, const std::string& path, Sources& sources, Settings& settings);

/// `Kind[.group] [ns/]name`, for `known:` and `--known`; nothing for any other text, as a path.
std::optional<KnownName> parse_known_name(std::string_view text);
/// The forms of `known:` and `--known`, as a mistake tells them.
inline constexpr std::string_view known_forms = "`Kind namespace/name`, or a path that ends in `/`, `.yaml`, `.yml` or `.json`";
/// Whether a word that is no name can only be meant for a path of manifests.
bool is_known_path(std::string_view word);
/// Why this kind may be a slip: "`Secrt` is no kind; did you mean `Secret`?". Other kinds than those of the table are fine.
std::optional<std::string> mistaken_kind(const KnownName& known);

extern const RuleInfo config_invalid;
extern const RuleInfo config_outdated;  ///< of Settings::hints

}  // namespace hop
