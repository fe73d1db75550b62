#pragma once
// Paths as text: how they are shown, and what globs written for one folder mean in another. Does not touch the disk.

#include <optional>
#include <string>
#include <string_view>

namespace hop {

/// Without "." parts and doubled slashes; ".." stays, since behind a link it leads elsewhere than its text says.
std::string shown_path(std::string_view path);

/// "folder/name"; just the name below ".".
std::string child_path(std::string_view folder, std::string_view name);

/// What of `path` lies below `folder`: "b/c" of "a/b/c" below "a". Nothing if it lies elsewhere; "." holds every relative path.
std::optional<std::string_view> path_below(std::string_view folder, std::string_view path);

/// A glob in .gitignore syntax, written for the folder `base`, as it reads in the folder `here`; nothing if it can match nothing there.
/// Both folders are canonical.
std::optional<std::string> rebase_glob(std::string_view glob, std::string_view base, std::string_view here);

}  // namespace hop
