#include "model/fields/tables.h"

#include <array>

#include "text/short_text.h"

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
  if (object.places == nullptr) return nullptr;
  for (std::size_t at = first_place(name, object.place_count); object.places[at] != 0; at = (at + 1) & (object.place_count - 1)) {
    const Field& field = object.fields[object.places[at] - 1];
    if (same_short_text(field.name, name)) return &field;
  }
  return nullptr;
}

}  // namespace hop::fields
