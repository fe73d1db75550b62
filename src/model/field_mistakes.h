#pragma once
// What in a document does not fit the fields of its API version: one walk finds every mistake, and the rules of the family `field` tell
// them apart. Knows nothing of other resources.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/fields/type.h"
#include "model/resource.h"
#include "yaml/document.h"

namespace hop {

enum class Mistake : std::uint8_t {
  unknown,     ///< a key that the object does not have
  wrong_type,  ///< a number where a string is wanted, a mapping where a list is
  missing,     ///< a field the API server asks for
  invalid,     ///< a word that is no choice, a number out of range, text that is no quantity or duration
  moved,       ///< a field of another API version
};

struct FieldMistake {
  Mistake what = Mistake::unknown;
  yaml::Node place;                      ///< the value; of a missing field the mapping that lacks it
  std::string_view name;                 ///< the key
  const fields::Type* type = nullptr;    ///< what is wanted there; for a key: the object that does not have it
  const fields::Field* field = nullptr;  ///< the missing or moved field
  std::string home;                      ///< of an unknown key: path of the object near by that has a field of this name; else ""
};

/// Every mistake in source order; empty for kinds and API versions without a table. What templates, patches or decryption fill in later is
/// left alone, and so is `status`. Rules read those that are remembered (model/mistakes.h).
std::vector<FieldMistake> find_field_mistakes(Kind kind, std::string_view api_version, yaml::Node root);

/// The listed field that `name` is probably a slip for; "" if there is none.
std::string_view meant_field(const fields::Type& object, std::string_view name);

/// The last step of a node's path: `containers[0]`, `spec`; the kind at the resource's root.
std::string short_path(const Resource& resource, yaml::Node node);
/// The same for the object that a key stands in.
std::string short_parent_path(const Resource& resource, yaml::Node value);

/// "a string", "a list", "one of `A` and `B`": what a type wants.
std::string wanted(const fields::Type& type);

/// The kinds that have tables.
inline constexpr KindSet kinds_with_fields{Kind::namespace_,
                                           Kind::service,
                                           Kind::pod,
                                           Kind::secret,
                                           Kind::config_map,
                                           Kind::service_account,
                                           Kind::node,
                                           Kind::persistent_volume_claim,
                                           Kind::deployment,
                                           Kind::stateful_set,
                                           Kind::daemon_set,
                                           Kind::replica_set,
                                           Kind::replication_controller,
                                           Kind::job,
                                           Kind::cron_job,
                                           Kind::rollout,
                                           Kind::pod_disruption_budget,
                                           Kind::horizontal_pod_autoscaler,
                                           Kind::network_policy,
                                           Kind::role,
                                           Kind::role_binding,
                                           Kind::cluster_role,
                                           Kind::cluster_role_binding,
                                           Kind::mutating_webhook,
                                           Kind::validating_webhook,
                                           Kind::ingress,
                                           Kind::ingress_class,
                                           Kind::ingress_class_params,
                                           Kind::target_group_binding,
                                           Kind::certificate,
                                           Kind::external_secret,
                                           Kind::sealed_secret,
                                           Kind::gateway,
                                           Kind::virtual_service,
                                           Kind::destination_rule,
                                           Kind::service_entry,
                                           Kind::sidecar,
                                           Kind::envoy_filter,
                                           Kind::workload_entry,
                                           Kind::workload_group,
                                           Kind::proxy_config,
                                           Kind::peer_authentication,
                                           Kind::request_authentication,
                                           Kind::authorization_policy,
                                           Kind::telemetry,
                                           Kind::wasm_plugin,
                                           Kind::traffic_extension,
                                           Kind::istio_operator,
                                           Kind::istio,
                                           Kind::k8s_gateway,
                                           Kind::gateway_class,
                                           Kind::http_route,
                                           Kind::grpc_route,
                                           Kind::tls_route,
                                           Kind::tcp_route,
                                           Kind::reference_grant,
                                           Kind::backend_tls_policy};

}  // namespace hop
