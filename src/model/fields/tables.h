#pragma once
// The field tables: which fields an API version of a kind has. One file per group of kinds. Knows nothing of documents.

#include <span>
#include <string_view>

#include "model/fields/type.h"
#include "model/kind.h"

namespace hop::fields {

struct Table {
  Kind kind;
  std::string_view api_version;
  const Type& root;
};

std::span<const Table> pod_tables();
std::span<const Table> workload_tables();
std::span<const Table> core_tables();
std::span<const Table> policy_tables();
std::span<const Table> istio_networking_tables();
std::span<const Table> istio_policy_tables();
std::span<const Table> gatewayapi_tables();
std::span<const Table> aws_tables();
std::span<const Table> secret_tables();
std::span<const Table> installation_tables();

// What several groups use (pods.cpp).
extern const Type object_meta, label_selector, pod_spec, pod_template, claim_spec, local_reference, typed_local_reference, protocol,
    resource_requirements, tolerations, affinity_rules;

/// Every group's tables; those of a kind stand side by side in one group.
std::span<const std::span<const Table>> all_tables();
/// nullptr for what is not checked: other kinds, and API versions that nobody serves any more.
const Type* find_table(Kind kind, std::string_view api_version);
/// The field of an object; nullptr if it lists none of that name.
const Field* find_field(const Type& object, std::string_view name);

}  // namespace hop::fields
