// Fields of Istio's installation and mesh configuration. Every release adds some, and Helm values are free: only slips are told.
// Source: istio.io/docs/reference/config/istio.operator.v1alpha1 and istio.mesh.v1alpha1, Istio 1.32.
#include "model/fields/tables.h"

namespace hop::fields {
namespace {

constexpr Object topology{{{"forwardClientCertDetails", text}, {"numTrustedProxies", any}, {"proxyProtocol", any}}, Unlisted::doubtful};
constexpr Object proxy_config{{{"availabilityZone", text},
                               {"binaryPath", text},
                               {"caCertificatesPem", list<text>},
                               {"concurrency", any},
                               {"configPath", text},
                               {"connectionSettings", any},
                               {"controlPlaneAuthPolicy", any},
                               {"customConfigFile", text},
                               {"discoveryAddress", text},
                               {"discoveryRefreshDelay", any},
                               {"drainDuration", any},
                               {"envoyAccessLogService", any},
                               {"envoyMetricsService", any},
                               {"envoyMetricsServiceAddress", text},
                               {"extraStatTags", list<text>},
                               {"fileFlushInterval", any},
                               {"fileFlushMinSizeKb", any},
                               {"gatewayTopology", topology},
                               {"holdApplicationUntilProxyStarts", flag},
                               {"image", any},
                               {"interceptionMode", any},
                               {"meshId", text},
                               {"parentShutdownDuration", any},
                               {"privateKeyProvider", any},
                               {"proxyAdminPort", any},
                               {"proxyBootstrapTemplatePath", text},
                               {"proxyHeaders", any},
                               {"proxyMetadata", map<text>},
                               {"proxyStatsMatcher", any},
                               {"readinessProbe", any},
                               {"runtimeValues", map<text>},
                               {"sds", any},
                               {"serviceCluster", text},
                               {"statNameLength", any},
                               {"statsCompression", flag},
                               {"statsdUdpAddress", text},
                               {"statusPort", any},
                               {"terminationDrainDuration", any},
                               {"tracing", any},
                               {"tracingServiceName", any},
                               {"zipkinAddress", text}},
                              Unlisted::doubtful};
constexpr Object mesh_config{{{"accessLogEncoding", any},
                              {"accessLogFile", text},
                              {"accessLogFormat", text},
                              {"ca", any},
                              {"caCertificates", any},
                              {"certificates", any},
                              {"configSources", any},
                              {"connectTimeout", any},
                              {"defaultConfig", proxy_config},
                              {"defaultDestinationRuleExportTo", list<text>},
                              {"defaultHttpRetryPolicy", any},
                              {"defaultInboundHttpRetryPolicy", any},
                              {"defaultProviders", any},
                              {"defaultServiceExportTo", list<text>},
                              {"defaultTrafficPolicy", any},
                              {"defaultVirtualServiceExportTo", list<text>},
                              {"disableEnvoyListenerLog", flag},
                              {"disableMixerHttpReports", flag},
                              {"discoverySelectors", any},
                              {"dnsRefreshRate", any},
                              {"enableAutoMtls", flag},
                              {"enableEnvoyAccessLogService", flag},
                              {"enablePrometheusMerge", flag},
                              {"enableTracing", flag},
                              {"extensionProviders", any},
                              {"h2UpgradePolicy", any},
                              {"hboneIdleTimeout", any},
                              {"inboundClusterStatName", text},
                              {"inboundTrafficPolicy", any},
                              {"ingressClass", text},
                              {"ingressControllerMode", any},
                              {"ingressSelector", text},
                              {"ingressService", text},
                              {"localityLbSetting", any},
                              {"meshMTLS", any},
                              {"mixerCheckServer", any},
                              {"mixerReportServer", any},
                              {"outboundClusterStatName", text},
                              {"outboundTrafficPolicy", any},
                              {"pathNormalization", any},
                              {"protocolDetectionTimeout", any},
                              {"proxyHttpPort", any},
                              {"proxyInboundListenPort", any},
                              {"proxyListenPort", any},
                              {"rootNamespace", text},
                              {"sdsUdsPath", text},
                              {"serviceEntryVisibility", any},
                              {"serviceScopeConfigs", any},
                              {"serviceSettings", any},
                              {"tcpKeepalive", any},
                              {"tlsDefaults", any},
                              {"trustDomain", text},
                              {"trustDomainAliases", list<text>},
                              {"verifyCertificateAtClient", flag},
                              {"zoneAwareLbSetting", any}},
                             Unlisted::doubtful};
constexpr Object component{{{"enabled", flag}, {"hub", text}, {"k8s", any}, {"spec", any}, {"tag", any}}, Unlisted::doubtful};
constexpr Object gateway_component{
    {{"enabled", flag}, {"hub", text}, {"k8s", any}, {"label", map<text>}, {"name", text}, {"namespace", text}, {"tag", any}},
    Unlisted::doubtful};
constexpr Object components{{{"base", component},
                             {"cni", component},
                             {"egressGateways", list<gateway_component>},
                             {"ingressGateways", list<gateway_component>},
                             {"istiodRemote", component},
                             {"pilot", component},
                             {"ztunnel", component}},
                            Unlisted::doubtful};
constexpr Object operator_spec{{{"addonComponents", any},
                                {"compatibilityVersion", any},
                                {"components", components},
                                {"defaultRevision", any},
                                {"hub", text},
                                {"installPackagePath", text},
                                {"meshConfig", mesh_config},
                                {"namespace", text},
                                {"profile", text},
                                {"resourceSuffix", text},
                                {"revision", any},
                                {"tag", any},
                                {"unvalidatedValues", any},
                                {"values", any}},
                               Unlisted::doubtful};
constexpr Root istio_operator{{{"spec", operator_spec}}};
// Source: istio-ecosystem/sail-operator api/v1/istio_types.go; `minimal` was one of v1alpha1.
constexpr Choice sail_profile{"ambient",   "default",           "demo",    "empty",  "external", "minimal",
                              "openshift", "openshift-ambient", "preview", "remote", "stable"};
constexpr Object istio_spec{{{"namespace", text}, {"profile", sail_profile}, {"updateStrategy", any}, {"values", any}, {"version", text}},
                            Unlisted::doubtful};
constexpr Root istio{{{"spec", istio_spec}}};

}  // namespace

std::span<const Table> installation_tables() {
  static constexpr Table tables[] = {
      {Kind::istio_operator, "install.istio.io/v1alpha1", istio_operator},
      {Kind::istio, "sailoperator.io/v1", istio},
      {Kind::istio, "sailoperator.io/v1alpha1", istio},
  };
  return tables;
}

}  // namespace hop::fields
