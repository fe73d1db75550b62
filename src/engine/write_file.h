#pragma once
// Replaces the contents of files on disk so that whoever looks, and whenever we are killed, each is the old one or the new one.
// Knows nothing of what is in them.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hop {

/// What is to be in a file, and what was in it when that was decided. Bytes as stored.
struct Rewrite {
  std::string path;
  std::string_view before;
  std::string_view after;
};

struct Rewritten {
  std::vector<std::string> changed;    ///< paths that no longer hold what was read: left alone
  std::optional<std::string> failure;  ///< why not everything was written: "cannot write `a.yaml`: permission denied"
};

/// All contents are written to files beside their targets first, synced, then renamed one after the other; on a failure before that
/// no target has changed. A link stays and its target changes; the mode stays, and the owner where we may set it. Hard links come apart.
/// Interrupts wait until it is done. No file of ours is left behind unless we are killed: then it is hidden, `.name.hoplint-XXXXXX`.
Rewritten rewrite_files(std::span<const Rewrite> rewrites);

}  // namespace hop
