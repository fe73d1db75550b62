#include "model/fields/tables.h"

#include <algorithm>
#include <array>

namespace hop::fields {
namespace {

constexpr std::size_t kinds = static_cast<std::size_t>(Kind::count_);

/// The tables of each kind.
std::array<std::span<const Table>, kinds> sort_by_kind() {
  std::array<std::span<const Table>, kinds> of_kind;
  for (const auto tables : all_tables()) {
    for (std::size_t begin = 0, end = 0; begin < tables.size(); begin = end) {
      while (end < tables.size() && tables[end].kind == tables[begin].kind) ++end;
      of_kind[static_cast<std::size_t>(tables[begin].kind)] = tables.subspan(begin, end - begin);
    }
  }
  return of_kind;
}

}  // namespace

std::span<const std::span<const Table>> all_tables() {
  static const std::span<const Table> all[] = {
      pod_tables(),          workload_tables(),   core_tables(), policy_tables(), istio_networking_tables(),
      istio_policy_tables(), gatewayapi_tables(), aws_tables(),  secret_tables(), installation_tables()};
  return all;
}

const Type* find_table(Kind kind, std::string_view api_version) {
  static const auto of_kind = sort_by_kind();
  for (const Table& table : of_kind[static_cast<std::size_t>(kind)]) {
    if (table.api_version == api_version) return &table.root;
  }
  return nullptr;
}

const Field* find_field(const Type& object, std::string_view name) {
  const Field* end = object.fields + object.size;
  const Field* found =
      std::lower_bound(object.fields, end, name, [](const Field& field, std::string_view key) { return before(field.name, key); });
  return found != end && found->name == name ? found : nullptr;
}

}  // namespace hop::fields
