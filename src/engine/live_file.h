#pragma once
// One file while it is edited: its newest text, and what of it the graph is to see. A document that was a resource and does not parse at
// the moment is seen as it was when it last did, so that other files do not light up meanwhile. Knows nothing of roots and rules.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/read.h"
#include "engine/walk.h"
#include "graph/input.h"
#include "text/version_map.h"

namespace hop {

struct LiveFile {
  FoundFile found;  ///< without content
  FileId id = no_file;
  bool open = false;                 ///< in an editor, which has the say about what it holds
  std::shared_ptr<const File> text;  ///< the newest; null before it is read for the first time
  ReadFile read;                     ///< what the graph is to see
  std::shared_ptr<const File> seen;  ///< the text of that
  std::vector<Span> spared;          ///< documents of the newest text in whose place an older one is seen
  VersionMap map;                    ///< from what the graph sees now to the newest text
  std::vector<Diagnostic> broken;    ///< what is wrong with the spared documents; places are those of the newest text
};

/// The newest text with older documents in the place of broken ones.
struct Spliced {
  std::string text;
  std::vector<Span> spared;  ///< in the newest text
};

/// Nothing if no document of `newest` is broken that was a resource in `older`.
std::optional<Spliced> splice_last_good(const ReadFile& newest, std::string_view text, const ReadFile& older, std::string_view older_text);

/// From a spliced text to the newest one, or from one version to another: document by document where they have equally many.
VersionMap map_documents(std::string_view from, std::string_view to);

/// Whether nobody can tell the two apart: comments that are not ours, blank lines and places may differ.
bool same_documents(const ReadFile& a, const ReadFile& b);

/// Whether one of the documents that differ decides how other files are read, or brings resources into being.
bool touches_other_files(const ReadFile& before, const ReadFile& after);

}  // namespace hop
