// Fields of the Gateway API, those of its experimental channel included.
// Source: gateway-api.sigs.k8s.io/reference/spec, version 1.6.
#include "model/fields/tables.h"

namespace hop::fields {
namespace {

constexpr Choice san_type{"Hostname", "URI"};
constexpr Choice listener_source{"All", "Selector", "Same", "None"};
constexpr Choice default_scope{"All", "None"};
constexpr Choice route_source{"All", "Selector", "Same"};
constexpr Choice listener_tls_mode{"Terminate", "Passthrough"};
constexpr Choice validation_mode{"AllowValidOnly", "AllowInsecureFallback"};
constexpr Choice grpc_filter_type{"ResponseHeaderModifier", "RequestHeaderModifier", "RequestMirror", "ExtensionRef"};
constexpr Choice match_type{"Exact", "RegularExpression"};
constexpr Choice lifetime_type{"Permanent", "Session"};
constexpr Choice session_type{"Cookie", "Header"};
constexpr Choice allow_method{"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "*"};
constexpr Choice auth_protocol{"HTTP", "GRPC"};
constexpr Choice path_modifier_type{"ReplaceFullPath", "ReplacePrefixMatch"};
constexpr Choice scheme{"http", "https"};
constexpr Choice http_filter_type{
    "RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror", "RequestRedirect", "URLRewrite", "ExtensionRef", "CORS",
    "ExternalAuth"};
constexpr Choice http_method{"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"};
constexpr Choice path_match_type{"Exact", "PathPrefix", "RegularExpression"};
constexpr Object target_ref{{must("group", text), must("kind", text), must("name", text), {"sectionName", text}}};
constexpr Object local_ref{{must("group", text), must("kind", text), must("name", text)}};
constexpr Object subject_alt_name{{{"hostname", text}, must("type", san_type), {"uri", text}}};
constexpr Object validation{{{"caCertificateRefs", list<local_ref>},
                             must("hostname", text),
                             {"subjectAltNames", list<subject_alt_name>},
                             {"wellKnownCACertificates", text}}};
constexpr Object backend_tls_policy_spec{{{"options", map<text>},
                                          moved("targetRef", "`targetRefs`"),
                                          moved("tls", "`validation`"),
                                          must("targetRefs", list<target_ref>),
                                          must("validation", validation)}};
constexpr Root backend_tls_policy{{must("spec", backend_tls_policy_spec)}};
constexpr Object parameters_ref{{must("group", text), must("kind", text), must("name", text), {"namespace", text}}};
constexpr Object gateway_class_spec{{must("controllerName", text), {"description", text}, {"parametersRef", parameters_ref}}};
constexpr Root gateway_class{{must("spec", gateway_class_spec)}};
constexpr Object address{{{"type", text}, {"value", text}}};
constexpr Object listener_namespaces{{{"from", listener_source}, {"selector", label_selector}}};
constexpr Object allowed_listeners{{{"namespaces", listener_namespaces}}};
constexpr Object infrastructure{{{"annotations", map<text>}, {"labels", map<text>}, {"parametersRef", local_ref}}};
constexpr Object route_kind{{{"group", text}, must("kind", text)}};
constexpr Object route_namespaces{{{"from", route_source}, {"selector", label_selector}}};
constexpr Object allowed_routes{{{"kinds", list<route_kind>}, {"namespaces", route_namespaces}}};
constexpr Object secret_ref{{{"group", text}, {"kind", text}, must("name", text), {"namespace", text}}};
constexpr Object listener_tls{{{"certificateRefs", list<secret_ref>}, {"mode", listener_tls_mode}, {"options", map<text>}}};
constexpr Object listener{{{"allowedRoutes", allowed_routes},
                           {"hostname", text},
                           must("name", text),
                           must("port", port),
                           must("protocol", text),
                           {"tls", listener_tls}}};
constexpr Object backend_tls{{{"clientCertificateRef", secret_ref}}};
constexpr Object frontend_validation{{must("caCertificateRefs", list<parameters_ref>), {"mode", validation_mode}}};
constexpr Object frontend_tls{{{"validation", frontend_validation}}};
constexpr Object per_port{{must("port", port), must("tls", frontend_tls)}};
constexpr Object frontend{{must("default", frontend_tls), {"perPort", list<per_port>}}};
constexpr Object gateway_tls{{{"backend", backend_tls}, {"frontend", frontend}}};
constexpr Object gateway_spec{{{"addresses", list<address>},
                               {"allowedListeners", allowed_listeners},
                               {"defaultScope", default_scope},
                               must("gatewayClassName", text),
                               {"infrastructure", infrastructure},
                               must("listeners", list<listener>),
                               {"tls", gateway_tls}}};
constexpr Root gateway{{must("spec", gateway_spec)}};
constexpr Object parent_ref{
    {{"group", text}, {"kind", text}, must("name", text), {"namespace", text}, {"port", port}, {"sectionName", text}}};
constexpr Object header_value{{must("name", text), must("value", text)}};
constexpr Object header_modifier{{{"add", list<header_value>}, {"remove", list<text>}, {"set", list<header_value>}}};
constexpr Object backend_ref{{{"group", text}, {"kind", text}, must("name", text), {"namespace", text}, {"port", port}}};
constexpr Object fraction{{{"denominator", range<1, 2'147'483'647>}, must("numerator", count)}};
constexpr Object request_mirror{{must("backendRef", backend_ref), {"fraction", fraction}, {"percent", range<0, 100>}}};
constexpr Object grpc_filter{{{"extensionRef", local_ref},
                              {"requestHeaderModifier", header_modifier},
                              {"requestMirror", request_mirror},
                              {"responseHeaderModifier", header_modifier},
                              must("type", grpc_filter_type)}};
constexpr Object grpc_backend_ref{{{"filters", list<grpc_filter>},
                                   {"group", text},
                                   {"kind", text},
                                   must("name", text),
                                   {"namespace", text},
                                   {"port", port},
                                   {"weight", range<0, 1000000>}}};
constexpr Object value_match{{must("name", text), {"type", match_type}, must("value", text)}};
constexpr Object grpc_method{{{"method", text}, {"service", text}, {"type", match_type}}};
constexpr Object grpc_match{{{"headers", list<value_match>}, {"method", grpc_method}}};
constexpr Object cookie_config{{{"lifetimeType", lifetime_type}}};
constexpr Object session_persistence{
    {{"absoluteTimeout", gateway_duration}, {"cookieConfig", cookie_config}, {"sessionName", text}, {"type", session_type}}};
constexpr Object grpc_rule{{{"backendRefs", list<grpc_backend_ref>},
                            {"filters", list<grpc_filter>},
                            {"matches", list<grpc_match>},
                            {"name", text},
                            {"sessionPersistence", session_persistence}}};
constexpr Object grpc_route_spec{
    {{"hostnames", list<text>}, {"parentRefs", list<parent_ref>}, {"rules", list<grpc_rule>}, {"useDefaultGateways", default_scope}}};
constexpr Root grpc_route{{must("spec", grpc_route_spec)}};
constexpr Object cors{{{"allowCredentials", flag},
                       {"allowHeaders", list<text>},
                       {"allowMethods", list<allow_method>},
                       {"allowOrigins", list<text>},
                       {"exposeHeaders", list<text>},
                       {"maxAge", range<1, 2'147'483'647>}}};
constexpr Object forward_body{{{"maxSize", whole}}};
constexpr Object grpc_auth{{{"allowedHeaders", list<text>}}};
constexpr Object http_auth{{{"allowedHeaders", list<text>}, {"allowedResponseHeaders", list<text>}, {"path", text}}};
constexpr Object external_auth{{must("backendRef", backend_ref),
                                {"forwardBody", forward_body},
                                {"grpc", grpc_auth},
                                {"http", http_auth},
                                must("protocol", auth_protocol)}};
constexpr Object path_modifier{{{"replaceFullPath", text}, {"replacePrefixMatch", text}, must("type", path_modifier_type)}};
constexpr Object request_redirect{{{"hostname", text}, {"path", path_modifier}, {"port", port}, {"scheme", scheme}, {"statusCode", whole}}};
constexpr Object url_rewrite{{{"hostname", text}, {"path", path_modifier}}};
constexpr Object http_filter{{{"cors", cors},
                              {"extensionRef", local_ref},
                              {"externalAuth", external_auth},
                              {"requestHeaderModifier", header_modifier},
                              {"requestMirror", request_mirror},
                              {"requestRedirect", request_redirect},
                              {"responseHeaderModifier", header_modifier},
                              must("type", http_filter_type),
                              {"urlRewrite", url_rewrite}}};
constexpr Object http_backend_ref{{{"filters", list<http_filter>},
                                   {"group", text},
                                   {"kind", text},
                                   must("name", text),
                                   {"namespace", text},
                                   {"port", port},
                                   {"weight", range<0, 1000000>}}};
constexpr Object path_match{{{"type", path_match_type}, {"value", text}}};
constexpr Object http_match{
    {{"headers", list<value_match>}, {"method", http_method}, {"path", path_match}, {"queryParams", list<value_match>}}};
constexpr Object retry{{{"attempts", range<1, 2'147'483'647>}, {"backoff", gateway_duration}, {"codes", list<range<400, 599>>}}};
constexpr Object timeouts{{{"backendRequest", gateway_duration}, {"request", gateway_duration}}};
constexpr Object http_rule{{{"backendRefs", list<http_backend_ref>},
                            {"filters", list<http_filter>},
                            {"matches", list<http_match>},
                            moved("forwardTo", "`backendRefs`"),
                            {"name", text},
                            {"retry", retry},
                            {"sessionPersistence", session_persistence},
                            {"timeouts", timeouts}}};
constexpr Object http_route_spec{{moved("gateways", "`parentRefs`"),
                                  {"hostnames", list<text>},
                                  {"parentRefs", list<parent_ref>},
                                  {"rules", list<http_rule>},
                                  {"useDefaultGateways", default_scope}}};
constexpr Root http_route{{must("spec", http_route_spec)}};
constexpr Object grant_from{{must("group", text), must("kind", text), must("namespace", text)}};
constexpr Object grant_to{{must("group", text), must("kind", text), {"name", text}}};
constexpr Object reference_grant_spec{{must("from", list<grant_from>), must("to", list<grant_to>)}};
constexpr Root reference_grant{{must("spec", reference_grant_spec)}};
constexpr Object weighted_backend_ref{
    {{"group", text}, {"kind", text}, must("name", text), {"namespace", text}, {"port", port}, {"weight", range<0, 1000000>}}};
constexpr Object stream_rule{{must("backendRefs", list<weighted_backend_ref>), {"name", text}}};
constexpr Object tcp_route_spec{
    {{"parentRefs", list<parent_ref>}, must("rules", list<stream_rule>), {"useDefaultGateways", default_scope}}};
constexpr Root tcp_route{{must("spec", tcp_route_spec)}};
constexpr Object tls_route_spec{{must("hostnames", list<text>),
                                 {"parentRefs", list<parent_ref>},
                                 must("rules", list<stream_rule>),
                                 {"useDefaultGateways", default_scope}}};
constexpr Root tls_route{{must("spec", tls_route_spec)}};
constexpr Object tls_route_spec_alpha{
    {{"hostnames", list<text>}, {"parentRefs", list<parent_ref>}, must("rules", list<stream_rule>), {"useDefaultGateways", default_scope}}};
constexpr Root tls_route_alpha{{must("spec", tls_route_spec_alpha)}};

}  // namespace

std::span<const Table> gatewayapi_tables() {
  static constexpr Table tables[] = {
      {Kind::k8s_gateway, "gateway.networking.k8s.io/v1", gateway},
      {Kind::k8s_gateway, "gateway.networking.k8s.io/v1beta1", gateway},
      {Kind::gateway_class, "gateway.networking.k8s.io/v1", gateway_class},
      {Kind::gateway_class, "gateway.networking.k8s.io/v1beta1", gateway_class},
      {Kind::http_route, "gateway.networking.k8s.io/v1", http_route},
      {Kind::http_route, "gateway.networking.k8s.io/v1beta1", http_route},
      {Kind::grpc_route, "gateway.networking.k8s.io/v1", grpc_route},
      {Kind::tls_route, "gateway.networking.k8s.io/v1", tls_route},
      {Kind::tls_route, "gateway.networking.k8s.io/v1alpha3", tls_route},
      {Kind::tls_route, "gateway.networking.k8s.io/v1alpha2", tls_route_alpha},
      {Kind::tcp_route, "gateway.networking.k8s.io/v1", tcp_route},
      {Kind::tcp_route, "gateway.networking.k8s.io/v1alpha2", tcp_route},
      {Kind::reference_grant, "gateway.networking.k8s.io/v1", reference_grant},
      {Kind::reference_grant, "gateway.networking.k8s.io/v1beta1", reference_grant},
      {Kind::backend_tls_policy, "gateway.networking.k8s.io/v1", backend_tls_policy},
      {Kind::backend_tls_policy, "gateway.networking.k8s.io/v1alpha3", backend_tls_policy},
  };
  return tables;
}

}  // namespace hop::fields
