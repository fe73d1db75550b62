#include "model/gatewayapi/views.h"

namespace hop {

std::span<const Kind> HttpRoute::kinds() {
  static constexpr Kind kinds[] = {Kind::http_route, Kind::grpc_route};
  return kinds;
}

RouteRef HttpRoute::ref(yaml::Node node, Kind usual) const {
  const std::string_view kind = node["kind"] ? node["kind"].str() : info(usual).name;
  const std::string_view usual_group = usual == Kind::service ? "" : info(usual).groups[0];
  const std::string_view group = node["group"] ? node["group"].str() : usual_group;
  RouteRef ref{node, Kind::other, node["namespace"] ? node["namespace"].str() : resource->ns};
  if (kind == "Service" && (group.empty() || group == "core")) ref.kind = Kind::service;
  if (kind == "Gateway" && group == info(Kind::k8s_gateway).groups[0]) ref.kind = Kind::k8s_gateway;
  return ref;
}

std::vector<RouteRef> HttpRoute::parents() const {
  std::vector<RouteRef> all;
  for (yaml::Node node : spec()["parentRefs"].items()) all.push_back(ref(node, Kind::k8s_gateway));
  return all;
}

std::vector<RouteRef> HttpRoute::backends() const {
  std::vector<RouteRef> all;
  for (yaml::Node rule : spec()["rules"].items()) {
    for (yaml::Node node : rule["backendRefs"].items()) all.push_back(ref(node, Kind::service));
    for (yaml::Node filter : rule["filters"].items()) {
      if (const yaml::Node mirror = filter["requestMirror"]["backendRef"]) all.push_back(ref(mirror, Kind::service));
    }
  }
  return all;
}

Truth ReferenceGrant::allows(std::string_view from_ns, std::string_view from_kind, std::string_view to_kind,
                             std::string_view wanted) const {
  if (resource->opaque) return Truth::unknown;
  Truth source = Truth::no;
  for (yaml::Node item : from()) {
    source = source ||
             (text_of(item["namespace"]).equals(std::string_view(from_ns)) && text_of(item["kind"]).equals(std::string_view(from_kind)));
  }
  Truth target = Truth::no;
  for (yaml::Node item : to()) {
    const auto name = text_of(item["name"]);
    const Truth named = name.is_absent() ? Truth::yes : name.equals(wanted);
    target = target || (text_of(item["kind"]).equals(to_kind) && named);
  }
  return source && target;
}

}  // namespace hop
