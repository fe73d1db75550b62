#pragma once
// The same manifests written otherwise: what a finding must not depend on. Knows nothing of rules and findings.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "support/case.h"
#include "yaml/document.h"

namespace hop {

/// Whether the files may be renamed, cut and joined without a change of meaning: no kustomization, chart, configuration or ignore list
/// among them, no suppression of a whole file, nothing but manifests.
bool is_rearrangeable(const FileTexts& files);

/// Documents change their order inside each file, and files get other names in another order.
FileTexts shuffled(const FileTexts& files, std::uint32_t seed);
/// A file for each document.
FileTexts split_up(const FileTexts& files);
/// One file for all documents.
FileTexts joined(const FileTexts& files);
/// A JSON file for each document; nothing if a document has what JSON cannot say: anchors, tags, suppressions, duplicate keys, mistakes,
/// templates, values that YAML 1.1 reads otherwise than JSON.
std::optional<FileTexts> as_json(const FileTexts& files);
/// One value; nothing where JSON cannot say the same.
std::optional<std::string> json_of(yaml::Node node);

/// A comment line above each file that is not JSON.
FileTexts with_leading_comment(const FileTexts& files);
FileTexts with_crlf(const FileTexts& files);
FileTexts with_byte_order_mark(const FileTexts& files);
/// Whether all files are UTF-8 without mark and with plain line feeds, so that the variants above say what they claim.
bool is_plain(const FileTexts& files);

/// The first `lines` lines of a text.
std::string_view first_lines(const File& file, std::uint32_t lines);
/// Text with `line` above its line `number`, 1-based.
std::string with_line_above(const File& file, std::uint32_t number, std::string_view line);

}  // namespace hop
