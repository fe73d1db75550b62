#include "engine/wanted_name.h"

#include <string>

#include "model/host.h"
#include "yaml/template.h"

namespace hop {
namespace {

std::string_view wanted_kind(Relation relation) {
  switch (relation) {
    case Relation::ingress_class:
      return "IngressClass";
    case Relation::ingress_backend:
    case Relation::virtualservice_destination:
    case Relation::destinationrule_host:
      return "Service";
    case Relation::virtualservice_gateway:
    case Relation::virtualservice_match_gateway:
      return "Gateway";
    case Relation::gateway_credential:
    case Relation::listener_certificate:
      return "Secret";
    case Relation::virtualservice_delegate:
      return "VirtualService";
    case Relation::policy_target:
    case Relation::workload_needs:
    case Relation::workload_account:
    case Relation::statefulset_service:
    case Relation::scale_target:
    case Relation::role_ref:
    case Relation::role_subject:
    case Relation::targetgroupbinding_service:  // the edge says it
    case Relation::count_:
      break;
  }
  return "object";
}

}  // namespace

KnownName wanted_name(const Edge& edge, std::string_view cluster_domain) {
  const std::string_view kind = edge.kind == Kind::other ? wanted_kind(edge.relation) : info(edge.kind).name;
  KnownName known{std::string(kind), std::string(edge.ns), std::string(edge.name)};
  if (edge.relation == Relation::ingress_class) known.ns.clear();
  if (edge.relation != Relation::virtualservice_destination && edge.relation != Relation::destinationrule_host) return known;
  if (const auto host = service_host(edge.name, cluster_domain)) {
    known.name = host->name;
    if (!host->ns.empty()) known.ns = host->ns;
  }
  return known;
}

bool can_be_declared(const KnownName& known) {
  return !known.name.empty() && !yaml::is_placeholder(known.name) && !yaml::is_placeholder(known.ns) &&
         known.name.find_first_of(".*/ ") == std::string::npos;
}

}  // namespace hop
