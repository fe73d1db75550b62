#pragma once
// The folders that an editor has open, as live roots: one for each folder with a configuration of its own, and one for each open file that
// lies below none of them. Knows nothing of messages.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/live.h"
#include "engine/user_words.h"
#include "lsp/buffers.h"
#include "lsp/json_value.h"

namespace hop::lsp {

/// What the client's settings say.
struct UserSettings {
  UserWords words;  ///< paths are relative to the folder that the editor has open
  bool isolated = false;
  bool code_lens = true;
  friend bool operator==(const UserSettings&, const UserSettings&) = default;
};
UserSettings read_user_settings(const JsonValue& settings);

/// A root, and what is wrong with its configuration: nothing is linted then, but relations are there.
struct Root {
  std::unique_ptr<LiveRoot> live;
  std::string folder;  ///< absolute
  std::string config;  ///< absolute path of its configuration file; "" if there is none
  std::vector<Diagnostic> config_mistakes;
  std::shared_ptr<const File> config_text;
  std::set<std::string> extended;  ///< absolute paths of what the configuration extends
  bool loose = false;              ///< a file by itself
  bool nested = false;             ///< found below another root
};

/// A file of a root, as features want it.
struct Spot {
  const Root* root = nullptr;
  const LiveFile* file = nullptr;
  const LiveRoot& live() const { return *root->live; }
};

class Workspace {
 public:
  /// `today` is the only clock. `jobs` as in Settings.
  Workspace(const FileSystem& disk, std::string today, unsigned jobs);

  Buffers& buffers() { return buffers_; }
  const Buffers& buffers() const { return buffers_; }
  const std::vector<Root>& roots() const { return roots_; }

  /// Absolute paths.
  void set_folders(std::set<std::string> folders);
  const std::set<std::string>& folders() const { return folders_; }
  /// False if nothing changed.
  bool set_user_settings(UserSettings settings);
  const UserSettings& user_settings() const { return user_; }

  /// An open document came or went.
  void document_moved(const std::string& path);
  /// An open document holds something else.
  void document_changed(const std::string& path);
  /// A file changed on disk, came or went.
  void file_changed(const std::string& path);
  /// Anything may have changed on disk.
  void rescan();

  /// One slice; false if there is nothing to do.
  bool step();
  bool settled() const;
  unsigned percent() const;
  /// Changes whenever what roots found does.
  std::size_t generation() const;

  /// Of an absolute path; nothing if no root has it.
  std::optional<Spot> find(const std::string& path) const;
  /// As the editor calls it if it is open.
  std::string uri_of(std::string_view path) const;

 private:
  void rebuild();
  Root make_root(const std::string& folder, bool loose) const;
  /// What paths in the client's settings start from, for the root of this folder or file.
  std::string open_folder(const std::string& folder) const;
  void add_nested_roots();
  bool is_configuration(const std::string& path) const;
  /// Whether a root's settings come from this file, or would if it were there.
  bool makes_settings(const std::string& path) const;
  /// Tells the roots whether an editor holds the document; one that is in none of them gets a root of its own.
  void place_document(const std::string& path);

  Buffers buffers_;
  std::string today_;
  unsigned jobs_;
  std::set<std::string> folders_;
  UserSettings user_;
  std::vector<Root> roots_;
  std::size_t rebuilt_ = 0;
  std::size_t known_roots_ = 0;     ///< whose nested roots were looked for
  std::set<std::string> extended_;  ///< absolute paths of what configurations have extended so far: it may come back
};

}  // namespace hop::lsp
