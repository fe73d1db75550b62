#include "model/istio/views.h"

namespace hop {
namespace {

void add_routes(yaml::Node routes, RouteKind kind, std::vector<RouteDestination>& out) {
  for (yaml::Node route : routes.items()) {
    for (yaml::Node target : route["route"].items()) out.push_back({target["destination"], kind, false});
    if (kind != RouteKind::http) continue;
    if (const yaml::Node mirror = route["mirror"]) out.push_back({mirror, kind, true});
    for (yaml::Node mirror : route["mirrors"].items()) out.push_back({mirror["destination"], kind, true});
  }
}

}  // namespace

bool VirtualService::applies_to_mesh() const {
  const yaml::Items named = gateways();
  for (yaml::Node gateway : named) {
    if (gateway.str() == "mesh") return true;
  }
  return named.empty();
}

std::vector<RouteDestination> VirtualService::destinations() const {
  std::vector<RouteDestination> all;
  add_routes(spec()["http"], RouteKind::http, all);
  add_routes(spec()["tls"], RouteKind::tls, all);
  add_routes(spec()["tcp"], RouteKind::tcp, all);
  return all;
}

Value<MtlsMode> mtls_mode(yaml::Node mode) {
  const auto text = text_of(mode);
  if (text.is_absent()) return Value<MtlsMode>::absent(mode);
  if (text.is_known()) {
    if (*text == "STRICT") return Value<MtlsMode>::known(MtlsMode::strict, mode);
    if (*text == "PERMISSIVE") return Value<MtlsMode>::known(MtlsMode::permissive, mode);
    if (*text == "DISABLE") return Value<MtlsMode>::known(MtlsMode::disable, mode);
    if (*text == "UNSET") return Value<MtlsMode>::known(MtlsMode::unset, mode);
  }
  return Value<MtlsMode>::unknown(mode);
}

std::string_view to_string(MtlsMode mode) {
  switch (mode) {
    case MtlsMode::strict:
      return "STRICT";
    case MtlsMode::permissive:
      return "PERMISSIVE";
    case MtlsMode::disable:
      return "DISABLE";
    case MtlsMode::unset:
      break;
  }
  return "UNSET";
}

}  // namespace hop
