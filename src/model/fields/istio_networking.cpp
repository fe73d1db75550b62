// Fields of Istio's networking kinds: every API version has the same.
// Source: istio.io/docs/reference/config/networking and the CustomResourceDefinitions of Istio 1.32, which take lowerCamelCase names only.
#include "model/fields/tables.h"

namespace hop::fields {
namespace {

constexpr Choice h2_upgrade_policy{"DEFAULT", "DO_NOT_UPGRADE", "UPGRADE"};
constexpr Choice load_balancing{"UNSPECIFIED", "LEAST_CONN", "RANDOM", "PASSTHROUGH", "ROUND_ROBIN", "LEAST_REQUEST"};
constexpr Choice client_tls_mode{"DISABLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL"};
constexpr Choice proxy_protocol_version{"V1", "V2"};
constexpr Choice apply_to{"INVALID",      "LISTENER",   "FILTER_CHAIN", "NETWORK_FILTER",   "HTTP_FILTER", "ROUTE_CONFIGURATION",
                          "VIRTUAL_HOST", "HTTP_ROUTE", "CLUSTER",      "EXTENSION_CONFIG", "BOOTSTRAP",   "LISTENER_FILTER"};
constexpr Choice context{"ANY", "SIDECAR_INBOUND", "SIDECAR_OUTBOUND", "GATEWAY", "WAYPOINT"};
constexpr Choice route_action{"ANY", "ROUTE", "REDIRECT", "DIRECT_RESPONSE"};
constexpr Choice filter_class{"UNSPECIFIED", "AUTHN", "AUTHZ", "STATS"};
constexpr Choice operation{
    "INVALID", "MERGE", "ADD", "REMOVE", "INSERT_BEFORE", "INSERT_AFTER", "INSERT_FIRST", "REPLACE", "MERGE_AND_REPLACE_LIST"};
constexpr Choice tls_version{"TLS_AUTO", "TLSV1_0", "TLSV1_1", "TLSV1_2", "TLSV1_3"};
constexpr Choice server_tls_mode{"PASSTHROUGH", "SIMPLE", "MUTUAL", "AUTO_PASSTHROUGH", "ISTIO_MUTUAL", "OPTIONAL_MUTUAL"};
constexpr Choice location{"MESH_EXTERNAL", "MESH_INTERNAL"};
constexpr Choice resolution{"NONE", "STATIC", "DNS", "DNS_ROUND_ROBIN", "DYNAMIC_DNS"};
constexpr Choice capture_mode{"DEFAULT", "IPTABLES", "NONE"};
constexpr Choice outbound_mode{"REGISTRY_ONLY", "ALLOW_ANY"};
constexpr Choice unmatched_preflights{"UNSPECIFIED", "FORWARD", "IGNORE"};
constexpr Choice derive_port{"FROM_PROTOCOL_DEFAULT", "FROM_REQUEST_PORT"};
constexpr Object http2_keep_alive{{{"interval", duration}, {"timeout", duration}}};
constexpr Object http_pool{{{"h2UpgradePolicy", h2_upgrade_policy},
                            {"http1MaxPendingRequests", whole},
                            {"http2KeepAlive", http2_keep_alive},
                            {"http2MaxRequests", whole},
                            {"idleTimeout", duration},
                            {"maxConcurrentStreams", whole},
                            {"maxRequestsPerConnection", whole},
                            {"maxRetries", whole},
                            {"useClientProtocol", flag}}};
constexpr Object tcp_keepalive{{{"interval", duration}, {"probes", count}, {"time", duration}}};
constexpr Object tcp_pool{{{"connectTimeout", duration},
                           {"idleTimeout", text},
                           {"maxConnectionDuration", duration},
                           {"maxConnections", whole},
                           {"tcpKeepalive", tcp_keepalive}}};
constexpr Object connection_pool{{{"http", http_pool}, {"tcp", tcp_pool}}};
constexpr Object backend_utilization{{{"errorUtilizationPenaltyPercent", count},
                                      {"metricNamesForComputingUtilization", list<text>},
                                      {"weightExpirationPeriod", text},
                                      {"weightStabilizationPeriod", text},
                                      {"weightUpdatePeriod", text}}};
constexpr Object attribute{{must("name", text), {"value", text}}};
constexpr Object http_cookie{{{"attributes", list<attribute>}, must("name", text), {"path", text}, {"ttl", text}}};
constexpr Object maglev{{{"tableSize", count}}};
constexpr Object ring_hash{{{"minimumRingSize", count}}};
constexpr Object consistent_hash{{{"httpCookie", http_cookie},
                                  {"httpHeaderName", text},
                                  {"httpQueryParameterName", text},
                                  {"maglev", maglev},
                                  {"minimumRingSize", count},
                                  {"ringHash", ring_hash},
                                  {"useSourceIp", flag}}};
constexpr Object distribute{{{"from", text}, {"to", map<count>}}};
constexpr Object failover{{{"from", text}, {"to", text}}};
constexpr Object locality_lb_setting{
    {{"distribute", list<distribute>}, {"enabled", flag}, {"failover", list<failover>}, {"failoverPriority", list<text>}}};
constexpr Object warmup{{{"aggression", number}, must("duration", duration), {"minimumPercent", number}}};
constexpr Object zone_aware_lb_setting{
    {{"enabled", flag}, {"failover", list<failover>}, {"failoverPriority", list<text>}, {"minClusterSize", range<1, 4294967295>}}};
constexpr Object load_balancer{{{"backendUtilization", backend_utilization},
                                {"consistentHash", consistent_hash},
                                {"localityLbSetting", locality_lb_setting},
                                {"simple", load_balancing},
                                {"warmup", warmup},
                                {"warmupDurationSecs", duration},
                                {"zoneAwareLbSetting", zone_aware_lb_setting}}};
constexpr Object outlier_detection{{{"baseEjectionTime", duration},
                                    {"consecutive5xxErrors", count},
                                    {"consecutiveErrors", whole},
                                    {"consecutiveGatewayErrors", count},
                                    {"consecutiveLocalOriginFailures", count},
                                    {"failurePercentageThreshold", range<0, 100>},
                                    {"interval", duration},
                                    {"maxEjectionPercent", whole},
                                    {"minHealthPercent", whole},
                                    {"outlierDetectionHttpErrorCodes", list<range<100, 599>>},
                                    {"splitExternalLocalOriginErrors", flag}}};
constexpr Object port_number{{{"number", count}}};
constexpr Object client_tls{{{"caCertCredentialName", text},
                             {"caCertificates", text},
                             {"caCrl", text},
                             {"clientCertificate", text},
                             {"credentialName", text},
                             {"insecureSkipVerify", flag},
                             {"mode", client_tls_mode},
                             {"privateKey", text},
                             {"sni", text},
                             {"subjectAltNames", list<text>}}};
constexpr Object port_level_policy{{{"connectionPool", connection_pool},
                                    {"loadBalancer", load_balancer},
                                    {"outlierDetection", outlier_detection},
                                    {"port", port_number},
                                    {"tls", client_tls}}};
constexpr Object proxy_protocol{{{"version", proxy_protocol_version}}};
constexpr Object retry_budget{{{"budgetInterval", text}, {"minRetryConcurrency", count}, {"percent", number}}};
constexpr Object tunnel{{{"protocol", text}, must("targetHost", text), must("targetPort", count)}};
constexpr Object traffic_policy{{{"connectionPool", connection_pool},
                                 {"loadBalancer", load_balancer},
                                 {"outlierDetection", outlier_detection},
                                 {"portLevelSettings", list<port_level_policy>},
                                 {"proxyProtocol", proxy_protocol},
                                 {"retryBudget", retry_budget},
                                 {"tls", client_tls},
                                 {"tunnel", tunnel}}};
constexpr Object subset{{{"labels", map<text>}, must("name", text), {"trafficPolicy", traffic_policy}}};
constexpr Object workload_selector{{{"matchLabels", map<text>}}};
constexpr Object destination_rule_spec{{{"exportTo", list<text>},
                                        must("host", text),
                                        {"subsets", list<subset>},
                                        {"trafficPolicy", traffic_policy},
                                        {"workloadSelector", workload_selector}}};
constexpr Root destination_rule{{{"spec", destination_rule_spec}}};
constexpr Object cluster_match{{{"name", text}, {"portNumber", count}, {"service", text}, {"subset", text}}};
constexpr Object sub_filter{{{"name", text}}};
constexpr Object network_filter{{{"name", text}, {"subFilter", sub_filter}}};
constexpr Object filter_chain{{{"applicationProtocols", text},
                               {"destinationPort", count},
                               {"filter", network_filter},
                               {"name", text},
                               {"sni", text},
                               {"transportProtocol", text},
                               {"transportSocket", text}}};
constexpr Object listener_match{
    {{"filterChain", filter_chain}, {"listenerFilter", text}, {"name", text}, {"portName", text}, {"portNumber", count}}};
constexpr Object proxy{{{"metadata", map<text>}, {"proxyVersion", text}}};
constexpr Object route_name{{{"action", route_action}, {"name", text}}};
constexpr Object vhost{{{"domainName", text}, {"name", text}, {"route", route_name}}};
constexpr Object route_configuration{{{"gateway", text}, {"name", text}, {"portName", text}, {"portNumber", count}, {"vhost", vhost}}};
constexpr Object waypoint{{{"filter", network_filter}, {"portNumber", count}, {"route", sub_filter}}};
constexpr Object patch_match{{{"cluster", cluster_match},
                              {"context", context},
                              {"listener", listener_match},
                              {"proxy", proxy},
                              {"routeConfiguration", route_configuration},
                              {"waypoint", waypoint}}};
constexpr Object patch{{{"filterClass", filter_class}, {"operation", operation}, {"value", any}}};
constexpr Object config_patch{{{"applyTo", apply_to}, {"match", patch_match}, {"patch", patch}}};
constexpr Object target_ref{{{"group", text}, must("kind", text), must("name", text), {"namespace", text}}};
constexpr Object workload_labels{{{"labels", map<text>}}};
constexpr Object envoy_filter_spec{{{"configPatches", list<config_patch>},
                                    moved("filters", "`configPatches`"),
                                    {"priority", whole},
                                    {"targetRefs", list<target_ref>},
                                    moved("workloadLabels", "`workloadSelector.labels`"),
                                    {"workloadSelector", workload_labels}}};
constexpr Root envoy_filter{{{"spec", envoy_filter_spec}}};
constexpr Object gateway_port{{must("name", text), must("number", count), must("protocol", text), {"targetPort", count}}};
constexpr Object tls_certificate{{{"caCertificates", text}, {"privateKey", text}, {"serverCertificate", text}}};
constexpr Object server_tls{{{"alpnProtocols", list<text>},
                             {"caCertCredentialName", text},
                             {"caCertificates", text},
                             {"caCrl", text},
                             {"cipherSuites", list<text>},
                             {"credentialName", text},
                             {"credentialNames", list<text>},
                             {"ecdhCurves", list<text>},
                             {"httpsRedirect", flag},
                             {"insecureSkipVerify", flag},
                             {"maxProtocolVersion", tls_version},
                             {"minProtocolVersion", tls_version},
                             {"mode", server_tls_mode},
                             {"privateKey", text},
                             {"serverCertificate", text},
                             {"subjectAltNames", list<text>},
                             {"tlsCertificates", list<tls_certificate>},
                             {"verifyCertificateHash", list<text>},
                             {"verifyCertificateSpki", list<text>}}};
constexpr Object server{{{"bind", text},
                         {"defaultEndpoint", text},
                         must("hosts", list<text>),
                         {"name", text},
                         must("port", gateway_port),
                         {"tls", server_tls}}};
constexpr Object gateway_spec{{{"selector", map<text>}, {"servers", list<server>}}};
constexpr Root gateway{{{"spec", gateway_spec}}};
constexpr Object image{{{"imageType", text}}};
constexpr Object proxy_config_spec{
    {{"concurrency", count}, {"environmentVariables", map<text>}, {"image", image}, {"selector", workload_selector}}};
constexpr Root proxy_config{{{"spec", proxy_config_spec}}};
constexpr Object endpoint{{{"address", text},
                           {"labels", map<text>},
                           {"locality", text},
                           {"network", text},
                           {"ports", map<count>},
                           {"serviceAccount", text},
                           {"weight", count}}};
constexpr Object service_port{{must("name", text), must("number", count), {"protocol", text}, {"targetPort", count}}};
constexpr Object service_entry_spec{{{"addresses", list<text>},
                                     {"endpoints", list<endpoint>},
                                     {"exportTo", list<text>},
                                     must("hosts", list<text>),
                                     {"location", location},
                                     {"ports", list<service_port>},
                                     {"resolution", resolution},
                                     {"subjectAltNames", list<text>},
                                     {"workloadSelector", workload_labels}}};
constexpr Root service_entry{{must("spec", service_entry_spec)}};
constexpr Object sidecar_port{{{"name", text}, {"number", count}, {"protocol", text}, {"targetPort", count}}};
constexpr Object egress_listener{{{"bind", text}, {"captureMode", capture_mode}, must("hosts", list<text>), {"port", sidecar_port}}};
constexpr Object ingress_listener{{{"bind", text},
                                   {"captureMode", capture_mode},
                                   {"connectionPool", connection_pool},
                                   {"defaultEndpoint", text},
                                   must("port", sidecar_port),
                                   {"tls", server_tls}}};
constexpr Object destination{{must("host", text), {"port", port_number}, {"subset", text}}};
constexpr Object outbound_traffic_policy{{{"egressProxy", destination}, {"mode", outbound_mode}}};
constexpr Object sidecar_spec{{{"egress", list<egress_listener>},
                               {"inboundConnectionPool", connection_pool},
                               {"ingress", list<ingress_listener>},
                               {"outboundTrafficPolicy", outbound_traffic_policy},
                               {"workloadSelector", workload_labels}}};
constexpr Root sidecar{{{"spec", sidecar_spec}}};
constexpr Object string_match{{{"exact", text}, {"prefix", text}, {"regex", text}}};
constexpr Object cors_policy{{{"allowCredentials", flag},
                              {"allowHeaders", list<text>},
                              {"allowMethods", list<text>},
                              {"allowOrigin", list<text>},
                              {"allowOrigins", list<string_match>},
                              {"exposeHeaders", list<text>},
                              {"maxAge", duration},
                              {"unmatchedPreflights", unmatched_preflights}}};
constexpr Object delegate{{{"name", text}, {"namespace", text}}};
constexpr Object body{{{"bytes", text}, {"string", text}}};
constexpr Object direct_response{{{"body", body}, must("status", count)}};
constexpr Object percentage{{{"value", number}}};
constexpr Object abort{{{"grpcStatus", text},
                        {"http2Error", text},
                        {"httpStatus", whole},
                        moved("percent", "`percentage.value`"),
                        {"percentage", percentage}}};
constexpr Object delay{{{"exponentialDelay", duration}, {"fixedDelay", duration}, {"percent", whole}, {"percentage", percentage}}};
constexpr Object fault{{{"abort", abort}, {"delay", delay}}};
constexpr Object header_operations{{{"add", map<text>}, {"remove", list<text>}, {"set", map<text>}}};
constexpr Object headers{{{"request", header_operations}, {"response", header_operations}}};
constexpr Object http_match{{{"authority", string_match},
                             {"gateways", list<text>},
                             {"headers", map<string_match>},
                             {"ignoreUriCase", flag},
                             {"method", string_match},
                             {"name", text},
                             {"port", whole},
                             {"queryParams", map<string_match>},
                             {"scheme", string_match},
                             {"sourceLabels", map<text>},
                             {"sourceNamespace", text},
                             {"statPrefix", text},
                             {"uri", string_match},
                             {"withoutHeaders", map<string_match>}}};
constexpr Object mirror{{must("destination", destination), {"percentage", percentage}}};
constexpr Object redirect{{{"authority", text},
                           {"derivePort", derive_port},
                           {"port", whole},
                           {"prefixRewrite", text},
                           {"redirectCode", count},
                           {"scheme", text},
                           {"uri", text}}};
constexpr Object retries{{{"attempts", whole},
                          {"backoff", duration},
                          {"perTryTimeout", duration},
                          {"retryIgnorePreviousHosts", flag},
                          {"retryOn", text},
                          {"retryRemoteLocalities", flag}}};
constexpr Object uri_regex_rewrite{{{"match", text}, {"rewrite", text}}};
constexpr Object rewrite{{{"authority", text}, {"uri", text}, {"uriRegexRewrite", uri_regex_rewrite}}};
constexpr Object http_route_destination{{must("destination", destination), {"headers", headers}, {"weight", whole}}};
constexpr Object http_route{{moved("appendHeaders", "`headers.request.add`"),
                             moved("appendRequestHeaders", "`headers.request.add`"),
                             moved("appendResponseHeaders", "`headers.response.add`"),
                             {"corsPolicy", cors_policy},
                             {"delegate", delegate},
                             {"directResponse", direct_response},
                             {"fault", fault},
                             {"headers", headers},
                             {"match", list<http_match>},
                             {"mirror", destination},
                             {"mirrorPercent", count},
                             {"mirrorPercentage", percentage},
                             {"mirror_percent", count},
                             {"mirrors", list<mirror>},
                             {"name", text},
                             {"redirect", redirect},
                             moved("removeRequestHeaders", "`headers.request.remove`"),
                             moved("removeResponseHeaders", "`headers.response.remove`"),
                             {"retries", retries},
                             {"rewrite", rewrite},
                             {"route", list<http_route_destination>},
                             {"timeout", duration},
                             moved("websocketUpgrade", "nothing: upgrades are always allowed")}};
constexpr Object tcp_match{{{"destinationSubnets", list<text>},
                            {"gateways", list<text>},
                            {"port", whole},
                            {"sourceLabels", map<text>},
                            {"sourceNamespace", text},
                            {"sourceSubnet", text}}};
constexpr Object route_destination{{must("destination", destination), {"weight", whole}}};
constexpr Object tcp_route{{{"match", list<tcp_match>}, {"route", list<route_destination>}}};
constexpr Object tls_match{{{"destinationSubnets", list<text>},
                            {"gateways", list<text>},
                            {"port", whole},
                            must("sniHosts", list<text>),
                            {"sourceLabels", map<text>},
                            {"sourceNamespace", text}}};
constexpr Object tls_route{{must("match", list<tls_match>), {"route", list<route_destination>}}};
constexpr Object virtual_service_spec{{{"exportTo", list<text>},
                                       {"gateways", list<text>},
                                       {"hosts", list<text>},
                                       {"http", list<http_route>},
                                       {"tcp", list<tcp_route>},
                                       {"tls", list<tls_route>}}};
constexpr Root virtual_service{{{"spec", virtual_service_spec}}};
constexpr Root workload_entry{{must("spec", endpoint)}};
constexpr Object template_metadata{{{"annotations", map<text>}, {"labels", map<text>}}};
constexpr Object exec{{must("command", list<text>)}};
constexpr Object grpc{{{"port", whole}, {"service", text}}};
constexpr Object http_header{{{"name", text}, {"value", text}}};
constexpr Object http_get{{{"host", text}, {"httpHeaders", list<http_header>}, {"path", text}, must("port", whole), {"scheme", text}}};
constexpr Object tcp_socket{{{"host", text}, must("port", whole)}};
constexpr Object probe{{{"exec", exec},
                        {"failureThreshold", count},
                        {"grpc", grpc},
                        {"httpGet", http_get},
                        {"initialDelaySeconds", count},
                        {"periodSeconds", count},
                        {"successThreshold", count},
                        {"tcpSocket", tcp_socket},
                        {"timeoutSeconds", count}}};
constexpr Object workload_group_spec{{{"metadata", template_metadata}, {"probe", probe}, must("template", endpoint)}};
constexpr Root workload_group{{must("spec", workload_group_spec)}};

}  // namespace

std::span<const Table> istio_networking_tables() {
  static constexpr Table tables[] = {
      {Kind::gateway, "networking.istio.io/v1", gateway},
      {Kind::gateway, "networking.istio.io/v1beta1", gateway},
      {Kind::gateway, "networking.istio.io/v1alpha3", gateway},
      {Kind::virtual_service, "networking.istio.io/v1", virtual_service},
      {Kind::virtual_service, "networking.istio.io/v1beta1", virtual_service},
      {Kind::virtual_service, "networking.istio.io/v1alpha3", virtual_service},
      {Kind::destination_rule, "networking.istio.io/v1", destination_rule},
      {Kind::destination_rule, "networking.istio.io/v1beta1", destination_rule},
      {Kind::destination_rule, "networking.istio.io/v1alpha3", destination_rule},
      {Kind::service_entry, "networking.istio.io/v1", service_entry},
      {Kind::service_entry, "networking.istio.io/v1beta1", service_entry},
      {Kind::service_entry, "networking.istio.io/v1alpha3", service_entry},
      {Kind::sidecar, "networking.istio.io/v1", sidecar},
      {Kind::sidecar, "networking.istio.io/v1beta1", sidecar},
      {Kind::sidecar, "networking.istio.io/v1alpha3", sidecar},
      {Kind::workload_entry, "networking.istio.io/v1", workload_entry},
      {Kind::workload_entry, "networking.istio.io/v1beta1", workload_entry},
      {Kind::workload_entry, "networking.istio.io/v1alpha3", workload_entry},
      {Kind::workload_group, "networking.istio.io/v1", workload_group},
      {Kind::workload_group, "networking.istio.io/v1beta1", workload_group},
      {Kind::workload_group, "networking.istio.io/v1alpha3", workload_group},
      {Kind::envoy_filter, "networking.istio.io/v1alpha3", envoy_filter},
      {Kind::proxy_config, "networking.istio.io/v1beta1", proxy_config},
  };
  return tables;
}

}  // namespace hop::fields
