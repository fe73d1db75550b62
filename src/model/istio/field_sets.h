#pragma once
// Fields of Istio's kinds that exclude each other, and blocks that need one field out of several to mean anything, as tables.
// Source: istio.io/docs/reference/config, pkg/config/validation and the oneOf conditions of the CRDs.

#include <span>
#include <string_view>
#include <vector>

#include "model/resource.h"

namespace hop::istio {

/// Two fields of one block that are both set, in source order.
struct Clash {
  std::string_view first_name, second_name;
  yaml::Node first, second;
  bool validated;  ///< istiod's validation says so; else only the CRD does
};

/// A block without any of the fields that make it mean something.
struct EmptyBlock {
  yaml::Node node;  ///< absent or null: an object without `spec`
  std::span<const std::string_view> needs;
  bool refused;  ///< or only warned of
};

struct SetMistakes {
  std::vector<Clash> clashes;
  std::vector<EmptyBlock> empty_blocks;
};
/// In no particular order. Rules read those that are remembered (model/mistakes.h).
SetMistakes find_set_mistakes(const Resource& resource);

/// Whether the field says something: not null, no empty text and no empty list.
bool is_set(yaml::Node node);

inline constexpr KindSet field_set_kinds{Kind::gateway,     Kind::virtual_service,      Kind::destination_rule,       Kind::service_entry,
                                         Kind::sidecar,     Kind::authorization_policy, Kind::request_authentication, Kind::telemetry,
                                         Kind::wasm_plugin, Kind::traffic_extension,    Kind::workload_group};

}  // namespace hop::istio
