// Fields of Istio's security, telemetry and extension kinds.
// Source: istio.io/docs/reference/config/security, /telemetry, /proxy_extensions and the CustomResourceDefinitions of Istio 1.32.
#include "model/fields/tables.h"

namespace hop::fields {
namespace {

constexpr Choice fail_strategy{"FAIL_CLOSE", "FAIL_OPEN", "FAIL_RELOAD"};
constexpr Choice image_pull_policy{"UNSPECIFIED_POLICY", "IfNotPresent", "Always"};
constexpr Choice wasm_mode{"UNDEFINED", "CLIENT", "SERVER", "CLIENT_AND_SERVER"};
constexpr Choice wasm_phase{"UNSPECIFIED_PHASE", "AUTHN", "AUTHZ", "STATS"};
constexpr Choice wasm_type{"UNSPECIFIED_PLUGIN_TYPE", "HTTP", "NETWORK"};
constexpr Choice value_from{"INLINE", "HOST"};
constexpr Choice authorization_action{"ALLOW", "DENY", "AUDIT", "CUSTOM"};
constexpr Choice mtls_mode{"UNSET", "DISABLE", "PERMISSIVE", "STRICT"};
constexpr Choice presence{"OPTIONAL", "REQUIRED"};
constexpr Choice telemetry_mode{"CLIENT_AND_SERVER", "CLIENT", "SERVER"};
constexpr Choice metric_word{"ALL_METRICS",        "REQUEST_COUNT",          "REQUEST_DURATION",       "REQUEST_SIZE",
                             "RESPONSE_SIZE",      "TCP_OPENED_CONNECTIONS", "TCP_CLOSED_CONNECTIONS", "TCP_SENT_BYTES",
                             "TCP_RECEIVED_BYTES", "GRPC_REQUEST_MESSAGES",  "GRPC_RESPONSE_MESSAGES"};
constexpr Choice tag_operation{"UPSERT", "REMOVE"};
constexpr Object port_number{{must("number", port)}};
constexpr Object wasm_match{{{"mode", wasm_mode}, {"ports", list<port_number>}}};
constexpr Object selector{{{"matchLabels", map<text>}}};
constexpr Object target_ref{{{"group", text}, must("kind", text), must("name", text), {"namespace", text}}};
constexpr Object wasm_env{{must("name", text), {"value", text}, {"valueFrom", value_from}}};
constexpr Object vm_config{{{"env", list<wasm_env>}}};
constexpr Object wasm_plugin_spec{{{"failStrategy", fail_strategy},
                                   {"imagePullPolicy", image_pull_policy},
                                   {"imagePullSecret", text},
                                   {"match", list<wasm_match>},
                                   {"phase", wasm_phase},
                                   {"pluginConfig", any},
                                   {"pluginName", text},
                                   {"priority", whole},
                                   {"selector", selector},
                                   {"sha256", text},
                                   {"targetRef", target_ref},
                                   {"targetRefs", list<target_ref>},
                                   {"type", wasm_type},
                                   must("url", text),
                                   {"verificationKey", text},
                                   {"vmConfig", vm_config}}};
constexpr Root wasm_plugin{{must("spec", wasm_plugin_spec)}};
constexpr Choice execution_phase{"UNSPECIFIED", "EXECUTION_PHASE_UNSPECIFIED", "AUTHN", "AUTHZ", "STATS"};
constexpr Object wasm_filter{{{"failStrategy", fail_strategy},
                              {"imagePullPolicy", image_pull_policy},
                              {"imagePullSecret", text},
                              {"pluginConfig", any},
                              {"pluginName", text},
                              {"sha256", text},
                              {"type", wasm_type},
                              must("url", text),
                              {"verificationKey", text},
                              {"vmConfig", vm_config}}};
constexpr Object lua_filter{{must("inlineCode", text)}};
constexpr Object traffic_extension_spec{{{"lua", lua_filter},
                                         {"match", list<wasm_match>},
                                         {"phase", execution_phase},
                                         {"priority", whole},
                                         {"selector", selector},
                                         {"targetRefs", list<target_ref>},
                                         {"wasm", wasm_filter}}};
constexpr Root traffic_extension{{must("spec", traffic_extension_spec)}};
constexpr Object provider{{{"name", text}}};
constexpr Object source{{{"ipBlocks", list<text>},
                         {"namespaces", list<text>},
                         {"notIpBlocks", list<text>},
                         {"notNamespaces", list<text>},
                         {"notPrincipals", list<text>},
                         {"notRemoteIpBlocks", list<text>},
                         {"notRequestPrincipals", list<text>},
                         {"notServiceAccounts", list<text>},
                         {"notTrustDomains", list<text>},
                         {"principals", list<text>},
                         {"remoteIpBlocks", list<text>},
                         {"requestPrincipals", list<text>},
                         {"serviceAccounts", list<text>},
                         {"trustDomains", list<text>}}};
constexpr Object from{{{"source", source}}};
constexpr Object request_operation{{{"hosts", list<text>},
                                    {"methods", list<text>},
                                    {"notHosts", list<text>},
                                    {"notMethods", list<text>},
                                    {"notPaths", list<text>},
                                    {"notPorts", list<text>},
                                    {"paths", list<text>},
                                    {"ports", list<text>}}};
constexpr Object to{{{"operation", request_operation}}};
constexpr Object when{{must("key", text), {"notValues", list<text>}, {"values", list<text>}}};
constexpr Object rule{{{"from", list<from>}, {"to", list<to>}, {"when", list<when>}}};
constexpr Object authorization_policy_spec{{{"action", authorization_action},
                                            {"provider", provider},
                                            {"rules", list<rule>},
                                            {"selector", selector},
                                            {"targetRef", target_ref},
                                            {"targetRefs", list<target_ref>}}};
constexpr Root authorization_policy{{{"spec", authorization_policy_spec}}};
constexpr Object mtls{{{"mode", mtls_mode}}};
constexpr Object peer_authentication_spec{{{"mtls", mtls}, {"portLevelMtls", map<mtls>}, moved("peers", "`mtls`"), {"selector", selector}}};
constexpr Root peer_authentication{{{"spec", peer_authentication_spec}}};
constexpr Object from_header{{must("name", text), {"prefix", text}}};
constexpr Object output_claim_to_header{{must("claim", text), must("header", text)}};
constexpr Object jwt_rule{{{"audiences", list<text>},
                           {"forwardOriginalToken", flag},
                           {"fromCookies", list<text>},
                           {"fromHeaders", list<from_header>},
                           {"fromParams", list<text>},
                           {"issuer", text},
                           {"jwks", text},
                           {"jwksUri", text},
                           {"jwks_uri", text},
                           {"outputClaimToHeaders", list<output_claim_to_header>},
                           {"outputPayloadToHeader", text},
                           {"presence", presence},
                           {"spaceDelimitedClaims", list<text>},
                           {"timeout", duration}}};
constexpr Object request_authentication_spec{
    {{"jwtRules", list<jwt_rule>}, {"selector", selector}, {"targetRef", target_ref}, {"targetRefs", list<target_ref>}}};
constexpr Root request_authentication{{{"spec", request_authentication_spec}}};
constexpr Object log_filter{{{"expression", text}}};
constexpr Object telemetry_match{{{"mode", telemetry_mode}}};
constexpr Object named_provider{{must("name", text)}};
constexpr Object access_logging{
    {{"disabled", flag}, {"filter", log_filter}, {"match", telemetry_match}, {"providers", list<named_provider>}}};
constexpr Object metric_match{{{"customMetric", text}, {"metric", metric_word}, {"mode", telemetry_mode}}};
constexpr Object tag_overrides{{{"operation", tag_operation}, {"value", text}}};
constexpr Object metric_override{{{"disabled", flag}, {"match", metric_match}, {"tagOverrides", map<tag_overrides>}}};
constexpr Object metrics_of_telemetry{
    {{"overrides", list<metric_override>}, {"providers", list<named_provider>}, {"reportingInterval", duration}}};
constexpr Object environment{{{"defaultValue", text}, must("name", text)}};
constexpr Object formatter{{must("value", text)}};
constexpr Object custom_tags{{{"environment", environment}, {"formatter", formatter}, {"header", environment}, {"literal", formatter}}};
constexpr Object tracing{{{"customTags", map<custom_tags>},
                          {"disableContextPropagation", flag},
                          {"disableSpanReporting", flag},
                          {"enableIstioTags", flag},
                          {"match", telemetry_match},
                          {"providers", list<named_provider>},
                          {"randomSamplingPercentage", number},
                          {"useRequestIdForTraceSampling", flag}}};
constexpr Object telemetry_spec{{{"accessLogging", list<access_logging>},
                                 {"metrics", list<metrics_of_telemetry>},
                                 {"selector", selector},
                                 {"targetRef", target_ref},
                                 {"targetRefs", list<target_ref>},
                                 {"tracing", list<tracing>}}};
constexpr Root telemetry{{{"spec", telemetry_spec}}};

}  // namespace

std::span<const Table> istio_policy_tables() {
  static constexpr Table tables[] = {
      {Kind::peer_authentication, "security.istio.io/v1", peer_authentication},
      {Kind::peer_authentication, "security.istio.io/v1beta1", peer_authentication},
      {Kind::request_authentication, "security.istio.io/v1", request_authentication},
      {Kind::request_authentication, "security.istio.io/v1beta1", request_authentication},
      {Kind::authorization_policy, "security.istio.io/v1", authorization_policy},
      {Kind::authorization_policy, "security.istio.io/v1beta1", authorization_policy},
      {Kind::telemetry, "telemetry.istio.io/v1", telemetry},
      {Kind::telemetry, "telemetry.istio.io/v1alpha1", telemetry},
      {Kind::wasm_plugin, "extensions.istio.io/v1alpha1", wasm_plugin},
      {Kind::traffic_extension, "extensions.istio.io/v1alpha1", traffic_extension},
  };
  return tables;
}

}  // namespace hop::fields
