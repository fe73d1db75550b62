#pragma once
// Edits of manifests as the protocol's WorkspaceEdit, for the versions that the editor has. Knows nothing of why they are made.

#include <optional>
#include <string>
#include <vector>

#include "engine/fix.h"
#include "lsp/asked.h"

namespace hop::lsp {

/// Puts a WorkspaceEdit together.
class EditBuilder {
 public:
  EditBuilder(const Workspace& workspace, const Abilities& client) : workspace_(workspace), client_(client) {}
  /// Edits whose places are those of the root's run. False, and nothing is added, if one of them no longer stands as it was seen.
  bool add(const LiveRoot& root, const std::vector<Edit>& edits);
  /// An edit of a text that the editor has or the disk.
  void add(const File& file, Span place, std::string text);
  /// A new file with this text; only if the client creates files.
  void create(const std::string& path, std::string text);
  /// Everything that changed between the two, line by line.
  void add(const ChangedFile& changed);
  /// The client is to ask before it makes them, if it can.
  void needs_confirmation(std::string label) { label_ = std::move(label); }
  bool empty() const { return files_.empty() && created_.empty(); }
  Json json() const;

 private:
  struct One {
    Json range;
    std::string text;
  };
  Json edits_json(const std::vector<One>& edits, bool annotate) const;
  const Workspace& workspace_;
  const Abilities& client_;
  std::map<std::string, std::vector<One>> files_;  ///< by absolute path
  std::map<std::string, std::string> created_;
  std::string label_;
};

}  // namespace hop::lsp
