#pragma once
// Every safe fix of a file or of everything, each tried before it is offered. Knows nothing of who asks.

#include "lsp/asked.h"

namespace hop::lsp {

/// A WorkspaceEdit, empty if nothing can be fixed. `path` absolute, or "" for all files of the root.
Json fix_all_json(const Workspace& workspace, const Abilities& client, const Root& root, const std::string& path);

}  // namespace hop::lsp
