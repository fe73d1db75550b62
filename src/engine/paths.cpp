#include "engine/paths.h"

#include <algorithm>

#include "text/pattern.h"

namespace hop {
namespace {

/// Globs without a slash but the last match at any depth. Source: git-scm.com/docs/gitignore.
bool is_anchored(std::string_view glob) {
  const std::size_t slash = glob.find('/');
  return slash != std::string_view::npos && slash + 1 < glob.size();
}

/// Calls `use` with each part that means something.
template <class Use>
void each_part(std::string_view path, Use use) {
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    if (!part.empty() && part != ".") use(part);
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
}

/// Takes one folder level off the front of a glob.
std::optional<std::string> enter_folder(std::string_view glob, std::string_view folder) {
  const std::size_t slash = glob.find('/');
  const std::string_view first = glob.substr(0, slash);
  if (first == "**") return std::string(glob);
  if (!glob_match(first, folder)) return std::nullopt;
  if (slash == std::string_view::npos || slash + 1 >= glob.size()) return "**";  // the folder itself is matched, and so is all of it
  return std::string(glob.substr(slash + 1));
}

}  // namespace

std::string shown_path(std::string_view path) {
  std::string out = path.starts_with('/') ? "/" : "";
  each_part(path, [&](std::string_view part) {
    if (!out.empty() && !out.ends_with('/')) out += '/';
    out += part;
  });
  return out.empty() ? "." : out;
}

std::string child_path(std::string_view folder, std::string_view name) {
  if (folder == ".") return std::string(name);
  std::string out;
  out.reserve(folder.size() + 1 + name.size());
  out += folder;
  if (!out.ends_with('/')) out += '/';
  out += name;
  return out;
}

std::optional<std::string_view> path_below(std::string_view folder, std::string_view path) {
  if (folder == ".") return path.starts_with('/') ? std::nullopt : std::optional(path);
  if (!path.starts_with(folder)) return std::nullopt;
  path.remove_prefix(folder.size());
  if (folder.ends_with('/')) return path;
  if (!path.starts_with('/')) return std::nullopt;
  return path.substr(1);
}

std::optional<std::string> rebase_glob(std::string_view glob, std::string_view base, std::string_view here) {
  const bool negated = glob.starts_with('!');
  const std::string sign = negated ? "!" : "";
  if (negated) glob.remove_prefix(1);
  if (base == here || !is_anchored(glob)) return sign + std::string(glob);
  if (glob.starts_with('/')) glob.remove_prefix(1);
  if (const auto down = path_below(here, base)) return sign + '/' + std::string(*down) + '/' + std::string(glob);
  const auto up = path_below(base, here);
  if (!up) return std::nullopt;
  std::optional<std::string> rest(glob);
  each_part(*up, [&](std::string_view folder) { rest = rest ? enter_folder(*rest, folder) : std::nullopt; });
  return rest ? std::optional(sign + '/' + *rest) : std::nullopt;
}

}  // namespace hop
