#include "engine/absent.h"

#include <algorithm>
#include <unordered_set>

#include "engine/paths.h"
#include "engine/walk.h"
#include "graph/kustomize.h"

namespace hop {
namespace {

constexpr auto none = std::string_view::npos;

/// Whether kustomize would take it for the address of a repository or file elsewhere where nothing local has that name:
/// `https://…`, `git@host:…`, `host.example/organisation/repository//path?ref=…`.
bool may_be_remote(std::string_view written) {
  if (written.find("://") != none || written.find('?') != none || written.find("::") != none || written.find('@') != none) return true;
  const std::string_view first = written.substr(0, written.find('/'));
  return first.size() < written.size() && first.find_first_not_of('.') != none && first.find('.') != none;
}

class AbsentPaths {
 public:
  AbsentPaths(const FileSystem& files, const std::vector<std::string>& folders, const Settings& settings, const Input& input)
      : files_(files), folders_(folders), settings_(settings) {
    for (const ReadFile& file : input.files) given_.insert(file.path);
  }

  std::vector<AbsentPath> of(const ReadFile& file) const {
    std::vector<AbsentPath> absent;
    for (const ReadDocument& document : file.documents) {
      for (ListedPath& listed : listed_paths(parent_path(file.path), document.document->root())) {
        if (given_.contains(listed.path) || may_be_remote(listed.place.str())) continue;
        const FileType type = files_.type(listed.path);
        const bool bare = type == FileType::directory && !listed.patch && !holds_kustomization(listed.path);
        if (type != FileType::missing && !bare) continue;
        if (would_find(files_, folders_, settings_, listed.path)) absent.push_back({listed.place, std::move(listed.path), bare});
      }
    }
    return absent;
  }

 private:
  bool holds_kustomization(const std::string& folder) const {
    return std::ranges::any_of(kustomization_names, [&](std::string_view name) {
      const std::string path = child_path(folder, name);
      return given_.contains(path) || files_.type(path) != FileType::missing;
    });
  }

  const FileSystem& files_;
  const std::vector<std::string>& folders_;
  const Settings& settings_;
  std::unordered_set<std::string_view> given_;  ///< only ever asked
};

}  // namespace

void note_absent(const FileSystem& files, const std::vector<std::string>& folders, const Settings& settings, Input& input) {
  const auto lists = [](const ReadFile& file) { return !file.known && is_kustomization_path(file.path); };
  if (folders.empty() || std::ranges::none_of(input.files, lists)) return;
  const AbsentPaths paths(files, folders, settings, input);
  for (ReadFile& file : input.files) {
    if (lists(file)) file.absent = paths.of(file);
  }
}

}  // namespace hop
