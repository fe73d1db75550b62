#pragma once
// A unified patch as `git apply` and `patch -p1` take it. Bytes of the files go into it as they are, line ends included.
// Knows nothing of why the files change.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace hop {

struct PatchedFile {
  std::string path;  ///< relative to where the patch is applied
  std::string_view before, after;
  /// Whether a line must not be shown, by its index. Lines end with "\n".
  std::function<bool(std::size_t line)> is_secret, is_secret_after;
};

/// Three lines of context, fewer beside lines that must not be shown. Nothing if such a line changes, or stands right behind a change,
/// where a patch cannot do without.
std::optional<std::string> render_patch(const PatchedFile& file);

}  // namespace hop
