#pragma once
// What a user says beside the configuration, on the command line or in an editor. It has the last word.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/settings.h"
#include "text/file_system.h"

namespace hop {

/// What is said to lie among the manifests: everything, or what is in these namespaces; neither for nothing.
struct Completeness {
  bool all = false;
  std::vector<std::string> namespaces = {};
  friend bool operator==(const Completeness&, const Completeness&) = default;
};

struct UserWords {
  std::vector<std::string> select, ignore;
  bool preview = false;
  std::vector<std::string> known;        ///< `Kind namespace/name`, or paths
  std::optional<Completeness> complete;  ///< takes the place of the configuration's
  friend bool operator==(const UserWords&, const UserWords&) = default;
};

/// What cannot be meant, as complaints: words that name no rule, and of `known` what is neither of its forms nor a path that is there.
std::vector<std::string> mistakes_in(const UserWords& words, const FileSystem& files, const std::string& folder);

/// Adds to what the configuration knows, for knowing one thing more makes nothing else unknown; all else takes the configuration's place.
/// Paths are relative to `folder`; of what is mistaken nothing is taken.
void overrule(Settings& settings, const UserWords& words, const std::string& folder);

}  // namespace hop
