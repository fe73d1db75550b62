#pragma once
// Folders that stay open from their listing to the reading of their files, which spares the system the way there a second time. Knows
// nothing of what is in them.

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace hop {

/// Owns the descriptors it keeps; safe to share between threads. Meant for one run: what is kept is the folder as it was, even where
/// another stands in its place meanwhile.
class KeptFolders {
 public:
  /// Keeps at most half of the files that the process may have open, and none where these are few.
  KeptFolders();
  ~KeptFolders();
  KeptFolders(const KeptFolders&) = delete;
  KeptFolders& operator=(const KeptFolders&) = delete;

  /// Takes over an open folder, or closes it if there are enough.
  void keep(const std::string& path, int descriptor);
  /// Hands the folder over to who asks; -1 if it is not kept.
  int take(std::string_view path);

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::mutex mutex_;
  std::size_t most_ = 0;
  std::unordered_map<std::string, int, Hash, std::equal_to<>> descriptors_;
};

/// Lets the process have as many files open as the system allows it, so that more folders can be kept. For programs, once.
void raise_file_limit();

}  // namespace hop
