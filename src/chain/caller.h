#pragma once
// Requests from inside the mesh: who sends them, and what its short names mean. Knows nothing of command lines.

#include <string_view>

#include "chain/request.h"
#include "graph/graph.h"
#include "text/result.h"

namespace hop {

/// The workload that `mesh/NAMESPACE/WORKLOAD` names.
Result<Workload> find_caller(const Graph& graph, std::string_view text);

/// Inside the mesh names are short, `cart` and `cart.shop` as the cluster's DNS completes them, and the port is that of the Service.
Request request_from(const Graph& graph, const Workload& caller, Request request);

/// Adds `NAME: VALUE`; false if the text is not of that form.
bool add_header(std::string_view text, Request& request);

}  // namespace hop
