#pragma once
// Findings as the protocol's diagnostics, file by file. Knows nothing of when they are sent.

#include <map>
#include <string>
#include <vector>

#include "lsp/asked.h"

namespace hop::lsp {

/// A finding with the root that found it.
struct Found {
  const Root* root = nullptr;
  const Diagnostic* finding = nullptr;
  bool newest = false;  ///< its places are those of the newest text: what is wrong with a broken document, or with a configuration
  /// Its primary place in the newest text of its file, which `text` is.
  Span here() const;
  const File& text() const;
};

/// What is to be shown, by absolute path of the file; in the findings' order. What is suppressed is not.
std::map<std::string, std::vector<Found>> findings_by_path(const Workspace& workspace);

/// The protocol's diagnostics of one file, as a JSON list.
Json diagnostics_json(const Workspace& workspace, const Abilities& client, const std::vector<Found>& found);
Json diagnostic_json(const Workspace& workspace, const Abilities& client, const Found& found);

/// Changes whenever diagnostics_json() does; cheap.
std::uint64_t digest_of(const std::vector<Found>& found);

}  // namespace hop::lsp
