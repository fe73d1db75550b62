#pragma once
// Which fields of Istio's kinds hold values of which syntax, as a table: what rules about single values read.
// Source: istio.io/docs/reference/config, pkg/config/validation.

#include <string>
#include <vector>

#include "model/field_path.h"
#include "model/istio/value_syntax.h"
#include "model/resource.h"

namespace hop::istio {

/// A value that Istio refuses.
struct BadValue {
  Field field;
  Syntax syntax;
  std::string message;  ///< the value and what is wrong with it
};

/// In no particular order. Rules read those that are remembered (model/mistakes.h).
std::vector<BadValue> find_bad_values(const Resource& resource);

/// The kinds that have such fields.
inline constexpr KindSet value_kinds{Kind::gateway,      Kind::virtual_service,       Kind::destination_rule,     Kind::service_entry,
                                     Kind::sidecar,      Kind::envoy_filter,          Kind::workload_entry,       Kind::workload_group,
                                     Kind::proxy_config, Kind::peer_authentication,   Kind::authorization_policy, Kind::telemetry,
                                     Kind::wasm_plugin,  Kind::request_authentication};

}  // namespace hop::istio
