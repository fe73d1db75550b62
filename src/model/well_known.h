#pragma once
// What exists in every cluster without a manifest.
// Source: kubernetes.io docs on namespaces, service accounts and the API server's own Service.

#include <string_view>

#include "model/kind.h"

namespace hop {

bool exists_by_construction(Kind kind, std::string_view ns, std::string_view name);

/// Whether the cluster keeps objects of its own of this kind in the namespace, so that one nobody wrote may well be there.
bool may_be_of_cluster(Kind kind, std::string_view ns);

}  // namespace hop
