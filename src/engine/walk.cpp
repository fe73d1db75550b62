#include "engine/walk.h"

#include <algorithm>
#include <deque>
#include <unordered_set>
#include <utility>

#include "engine/config.h"
#include "engine/ignore.h"
#include "engine/paths.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

bool is_manifest_name(std::string_view name) {
  if (name.starts_with('.')) return false;
  if (name.ends_with(".yaml")) return true;
  const std::string folded = lower(name);
  return folded.ends_with(".yaml") || folded.ends_with(".yml") || folded.ends_with(".json") || name == "Kustomization";
}

bool has(const std::vector<DirectoryEntry>& entries, std::string_view name) {
  const auto at = std::lower_bound(entries.begin(), entries.end(), name,
                                   [](const DirectoryEntry& entry, std::string_view wanted) { return entry.name < wanted; });
  return at != entries.end() && at->name == name && at->type == FileType::regular;
}

struct Folder {
  std::string path;     ///< as shown
  std::string address;  ///< canonical, but for links on the way down: where ignore lists look for it
  std::string canonical;
  Ignores ignores;
  bool is_input = false;
  bool known = false;
  bool in_templates = false;
};

/// A link found on the way: followed when everything that needs no link has been reached.
struct Link {
  Folder target;
  bool is_folder = false;
};

class Walker {
 public:
  /// `folders` may be null.
  Walker(const FileSystem& files, const Settings& settings, KeptFolders* folders, const std::function<void(FoundFile&&)>& found)
      : files_(files), settings_(settings), folders_(folders), found_(found), base_(files.canonical(settings.base)) {
    for (const std::string& glob : settings.excludes) excludes_.add(glob);
  }

  /// Files named one by one come first, so that they count as named; known ones before folders, which may hold them.
  Walk run(const std::vector<InputPath>& inputs) {
    for (const InputPath& input : inputs) {
      if (input.content) add_given(input.path, *input.content);
      if (!input.content && files_.type(input.path) != FileType::directory) add_named(input.path, false);
    }
    for (const std::string& path : settings_.known_paths) {
      files_.type(path) == FileType::directory ? enter_input(path, true) : add_named(path, true);
    }
    for (const InputPath& input : inputs) {
      if (!input.content && files_.type(input.path) == FileType::directory) enter_input(input.path, false);
    }
    for (; !links_.empty(); links_.pop_front()) follow(links_.front());
    return std::move(walk_);
  }

  bool would_find(const std::vector<std::string>& folders, std::string_view path) const {
    return std::ranges::any_of(folders, [&](const std::string& folder) {
      const auto below = path_below(folder, path);
      return below && *below != ".." && !below->starts_with("../") && is_open_way(folder, *below);
    });
  }

 private:
  /// Whether nothing on the way from an input down is left out.
  bool is_open_way(const std::string& folder, std::string_view below) const {
    Folder at{folder, files_.canonical(folder), {}, nullptr, true, false, false};
    if (settings_.use_gitignore) at.ignores = ignores_above(files_, at.address);
    const std::vector<std::string_view> parts = split_list(below, '/');
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const bool chart = files_.type(child_path(at.path, "Chart.yaml")) == FileType::regular;
      if (parts[i].starts_with('.') || is_vendored(parts[i], chart)) return false;
      const std::string list = child_path(at.path, ".gitignore");
      if (settings_.use_gitignore && files_.type(list) == FileType::regular) at.ignores = add_ignores(files_, list, at.address, at.ignores);
      at.path = child_path(at.path, parts[i]);
      at.address = child_path(at.address, parts[i]);
      // The last may have been either.
      const bool is_last = i + 1 == parts.size();
      if (is_left_out(at, true) || (is_last && is_left_out(at, false))) return false;
      if (!settings_.isolated && files_.type(child_path(at.path, config_name)) == FileType::regular) return false;
    }
    return true;
  }

  /// It stands for the file of its name, if there is one.
  void add_given(const std::string& path, const std::string& content) {
    seen_.insert(files_.canonical(path));
    files_may_repeat_ = true;
    found_({path, true, false, false, std::make_shared<const std::string>(content), nullptr});
  }

  void add_named(const std::string& path, bool known) {
    if (files_.type(path) == FileType::missing) {
      walk_.failures.push_back(format("`{}` does not exist", path));
      return;
    }
    const std::string canonical = files_.canonical(path);
    if (!seen_.insert(canonical).second) return;
    files_may_repeat_ = true;
    found_({shown(path), true, known, lies_in_templates(std::string(parent_path(canonical))), {}, {}});
  }

  void enter_input(const std::string& path, bool known) {
    Folder folder{shown(path), files_.canonical(path), {}, nullptr, true, known, false};
    if (!known) walk_.folders.push_back(folder.path);
    folder.canonical = folder.address;
    folder.in_templates = lies_in_templates(folder.address);
    if (settings_.use_gitignore) folder.ignores = ignores_above(files_, folder.address);
    enter(std::move(folder));
  }

  void enter(Folder folder) {
    if (!seen_.insert(folder.canonical).second) return;
    const auto entries = folders_ != nullptr ? files_.list(folder.path, *folders_) : files_.list(folder.path);
    if (!entries) return add_unreadable(folder, entries.reason());
    const bool other_root = !folder.is_input && !folder.known && !settings_.isolated && has(*entries, config_name);
    if (other_root) {
      seen_.erase(folder.canonical);  // it may be named as well
      walk_.other_roots.push_back(folder.path);
      return;
    }
    if (settings_.use_gitignore && has(*entries, ".gitignore")) {
      folder.ignores = add_ignores(files_, child_path(folder.path, ".gitignore"), folder.address, folder.ignores);
    }
    const bool chart = has(*entries, "Chart.yaml");
    for (const DirectoryEntry& entry : *entries) visit(folder, entry, chart);
  }

  void add_unreadable(const Folder& folder, const std::string& reason) {
    if (folder.is_input) {
      walk_.failures.push_back(format("cannot read `{}`: {}", folder.path, reason));
    } else {
      found_({folder.path, false, folder.known, false, {}, std::make_shared<const std::string>(reason)});
    }
  }

  void visit(const Folder& folder, const DirectoryEntry& entry, bool chart) {
    const bool is_folder = entry.type == FileType::directory;
    if (entry.name.starts_with('.')) return;
    if (is_folder ? is_vendored(entry.name, chart) : !is_manifest_name(entry.name)) return;
    const bool nothing_to_ask = !is_folder && !entry.link && !folder.ignores && excludes_.empty() && !files_may_repeat_;
    if (nothing_to_ask) return add_plain_file(folder, entry.name);
    Folder inner{
        child_path(folder.path, entry.name), child_path(folder.address, entry.name), {}, folder.ignores, false, folder.known, false};
    if (is_left_out(inner, is_folder)) return;
    inner.in_templates = folder.in_templates || (is_folder && chart && entry.name == "templates");
    inner.canonical = child_path(folder.canonical, entry.name);
    if (entry.link) {
      links_.push_back({std::move(inner), is_folder});
    } else if (is_folder) {
      enter(std::move(inner));
    } else {
      add_file(inner);
    }
  }

  static bool is_vendored(std::string_view name, bool chart) {
    return name == "node_modules" || name == "vendor" || (chart && name == "charts");
  }

  bool is_left_out(const Folder& inner, bool is_folder) const {
    if (is_ignored(inner.ignores.get(), inner.address, is_folder)) return true;
    const auto below_base = excludes_.empty() ? std::nullopt : path_below(base_, inner.address);
    return below_base && excludes_.match(*below_base, is_folder) == Globs::Verdict::matched;
  }

  void add_file(const Folder& file) {
    if (!seen_.insert(file.canonical).second) return;
    found_({file.path, false, file.known, file.in_templates, {}, {}});
  }

  /// A file that nothing but a link can lead to a second time. What the folder holds is remembered when the first link is followed.
  void add_plain_file(const Folder& folder, const std::string& name) {
    if (plain_folders_.empty() || plain_folders_.back().canonical != folder.canonical) {
      plain_folders_.push_back({folder.path, folder.canonical});
    }
    found_({child_path(folder.path, name), false, folder.known, folder.in_templates, {}, {}});
  }

  void remember_plain_files() {
    files_may_repeat_ = true;
    for (const PlainFolder& folder : plain_folders_) {
      const auto entries = files_.list(folder.path);
      if (!entries) continue;
      for (const DirectoryEntry& entry : *entries) {
        if (entry.type != FileType::directory && !entry.link && is_manifest_name(entry.name))
          seen_.insert(child_path(folder.canonical, entry.name));
      }
    }
    plain_folders_.clear();
  }

  void follow(Link& link) {
    remember_plain_files();
    const std::string target = files_.canonical(link.target.path);
    // A link to a folder around it, or to the root of the disk, would bring in what was never meant.
    const bool around = path_below(target, link.target.canonical).has_value();
    link.target.canonical = target;
    if (!link.is_folder) return add_file(link.target);
    if (!around) enter(std::move(link.target));
  }

  /// Whether this folder or one around it is a chart's `templates`.
  bool lies_in_templates(std::string folder) const {
    while (true) {
      const std::string parent(parent_path(folder));
      if (file_name(folder) == "templates" && files_.type(child_path(parent, "Chart.yaml")) == FileType::regular) return true;
      if (parent == folder) return false;
      folder = parent;
    }
  }

  /// Absolute paths below the working directory are shown relative to it, as the reports' contract wants.
  std::string shown(const std::string& path) const {
    std::string tidy = shown_path(path);
    const auto below_here = tidy.starts_with('/') ? path_below(here_, tidy) : std::nullopt;
    if (!below_here) return tidy == here_ ? "." : tidy;
    return std::string(*below_here);
  }

  const FileSystem& files_;
  const Settings& settings_;
  KeptFolders* folders_;
  const std::function<void(FoundFile&&)>& found_;
  std::string base_;
  std::string here_ = files_.canonical(".");
  Globs excludes_;
  std::unordered_set<std::string> seen_;  ///< canonical paths of files and folders; only ever asked, never listed
  bool files_may_repeat_ = false;         ///< a file was named or reached by a link
  struct PlainFolder {
    std::string path, canonical;
  };
  std::vector<PlainFolder> plain_folders_;  ///< those whose files are not yet in seen_
  std::deque<Link> links_;
  Walk walk_;
};

}  // namespace

Walk walk(const FileSystem& files, const std::vector<InputPath>& paths, const Settings& settings) {
  std::vector<FoundFile> all;
  Walk result = Walker(files, settings, nullptr, [&](FoundFile&& file) { all.push_back(std::move(file)); }).run(paths);
  std::ranges::stable_sort(all, {}, &FoundFile::path);
  result.files = std::move(all);
  return result;
}

Walk walk(const FileSystem& files, const std::vector<InputPath>& paths, const Settings& settings, KeptFolders& folders,
          const std::function<void(FoundFile&&)>& found) {
  return Walker(files, settings, &folders, found).run(paths);
}

bool would_find(const FileSystem& files, const std::vector<std::string>& folders, const Settings& settings, std::string_view path) {
  return Walker(files, settings, nullptr, [](FoundFile&&) {}).would_find(folders, path);
}

}  // namespace hop
