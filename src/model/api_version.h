#pragma once
// Which API versions serve a kind, which did, and which nobody ever served. Knows nothing of documents.

#include <optional>
#include <string>
#include <string_view>

namespace hop {

/// An API version that no supported release serves any more.
struct RemovedVersion {
  std::string_view api_version;
  std::string_view kinds;  ///< separated by spaces
  std::string_view since;  ///< the release that stopped serving it
  std::string_view instead;
  bool istio = false;               ///< a release of Istio, not of Kubernetes
  std::string_view successor = {};  ///< the kind that took its place, if it is another one
};
const RemovedVersion* find_removed(std::string_view api_version, std::string_view kind);

/// An `apiVersion` and a `kind` that no server knows together.
struct Unserved {
  enum class What { kind, group, version, other_group };
  What what;
  std::string meant;   ///< the kind, or the API version, that was meant; empty where several could be
  bool newer = false;  ///< a later version than those that are known: a newer release may serve it
};
/// Nothing for what is served or was, for groups that may have kinds of their own, and for versions still to come.
std::optional<Unserved> find_unserved(std::string_view api_version, std::string_view kind);

}  // namespace hop
