// Fields of pods and of what every object has.
// Source: kubernetes.io/docs/reference/kubernetes-api, Pod v1 of Kubernetes 1.37.
#include "model/fields/tables.h"

namespace hop::fields {
namespace {

constexpr Choice label_operator{"DoesNotExist", "Exists", "In", "NotIn"};
constexpr Object label_requirement{{must("key", text), must("operator", label_operator), {"values", list<text>}}};
constexpr Object label_selector_object{{{"matchExpressions", list<label_requirement>}, {"matchLabels", map<text>}}};
constexpr Object owner_reference{{must("apiVersion", text),
                                  {"blockOwnerDeletion", flag},
                                  {"controller", flag},
                                  must("kind", text),
                                  must("name", text),
                                  must("uid", text)}};
// Labels and annotations that are no strings: metadata-annotation-not-string. `clusterName` and `initializers` are gone, but old dumps have
// them.
constexpr Object object_meta_object{{{"annotations", any},
                                     told("clusterName"),
                                     {"creationTimestamp", text},
                                     {"deletionGracePeriodSeconds", whole},
                                     {"deletionTimestamp", text},
                                     {"finalizers", list<text>},
                                     {"generateName", text},
                                     {"generation", whole},
                                     told("initializers"),
                                     {"labels", any},
                                     {"managedFields", any},
                                     {"name", text},
                                     {"namespace", text},
                                     {"ownerReferences", list<owner_reference>},
                                     {"resourceVersion", text},
                                     {"selfLink", text},
                                     {"uid", text}}};
constexpr Choice node_operator{"DoesNotExist", "Exists", "Gt", "In", "Lt", "NotIn"};
constexpr Choice image_pull_policy{"Always", "IfNotPresent", "Never"};
constexpr Choice scheme{"HTTP", "HTTPS"};
constexpr Choice protocol_words{"SCTP", "TCP", "UDP"};
constexpr Choice resize_restart{"NotRequired", "RestartContainer"};
constexpr Choice restart_policy{"Always", "Never", "OnFailure"};
constexpr Choice profile_type{"Localhost", "RuntimeDefault", "Unconfined"};
constexpr Choice proc_mount{"Default", "Unmasked"};
constexpr Choice termination_message_policy{"FallbackToLogsOnError", "File"};
constexpr Choice mount_propagation{"Bidirectional", "HostToContainer", "None"};
constexpr Choice recursive_read_only{"Disabled", "Enabled", "IfPossible"};
constexpr Choice dns_policy{"ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"};
constexpr Choice os_name{"linux", "windows"};
constexpr Choice preemption_policy{"Never", "PreemptLowerPriority"};
constexpr Choice fs_group_change_policy{"Always", "OnRootMismatch"};
constexpr Choice supplemental_groups_policy{"Merge", "Strict"};
constexpr Choice effect{"NoExecute", "NoSchedule", "PreferNoSchedule"};
constexpr Choice toleration_word{"Equal", "Exists", "Gt", "Lt"};
constexpr Choice node_inclusion{"Honor", "Ignore"};
constexpr Choice when_unsatisfiable{"DoNotSchedule", "ScheduleAnyway"};
constexpr Choice caching_mode{"None", "ReadOnly", "ReadWrite"};
constexpr Choice azure_disk_kind{"Dedicated", "Managed", "Shared"};
constexpr Choice access_mode{"ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"};
constexpr Choice volume_mode{"Block", "Filesystem"};
constexpr Choice host_path_type{"BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"};
constexpr Object node_selector_requirement{{must("key", text), must("operator", node_operator), {"values", list<text>}}};
constexpr Object node_selector_term{
    {{"matchExpressions", list<node_selector_requirement>}, {"matchFields", list<node_selector_requirement>}}};
constexpr Object preferred_scheduling_term{{must("preference", node_selector_term), must("weight", whole)}};
constexpr Object node_selector{{must("nodeSelectorTerms", list<node_selector_term>)}};
constexpr Object node_affinity{{{"preferredDuringSchedulingIgnoredDuringExecution", list<preferred_scheduling_term>},
                                {"requiredDuringSchedulingIgnoredDuringExecution", node_selector}}};
constexpr Object pod_affinity_term{{{"labelSelector", label_selector},
                                    {"matchLabelKeys", list<text>},
                                    {"mismatchLabelKeys", list<text>},
                                    {"namespaceSelector", label_selector},
                                    {"namespaces", list<text>},
                                    must("topologyKey", text)}};
constexpr Object weighted_pod_affinity_term{{must("podAffinityTerm", pod_affinity_term), must("weight", whole)}};
constexpr Object pod_affinity{{{"preferredDuringSchedulingIgnoredDuringExecution", list<weighted_pod_affinity_term>},
                               {"requiredDuringSchedulingIgnoredDuringExecution", list<pod_affinity_term>}}};
constexpr Object affinity{{{"nodeAffinity", node_affinity}, {"podAffinity", pod_affinity}, {"podAntiAffinity", pod_affinity}}};
constexpr Object config_map_key_selector{{must("key", text), {"name", text}, {"optional", flag}}};
constexpr Object object_field_selector{{{"apiVersion", text}, must("fieldPath", text)}};
constexpr Object file_key_selector{{must("key", text), {"optional", flag}, must("path", text), must("volumeName", text)}};
constexpr Object resource_field_selector{{{"containerName", text}, {"divisor", quantity}, must("resource", text)}};
constexpr Object env_var_source{{{"configMapKeyRef", config_map_key_selector},
                                 {"fieldRef", object_field_selector},
                                 {"fileKeyRef", file_key_selector},
                                 {"resourceFieldRef", resource_field_selector},
                                 {"secretKeyRef", config_map_key_selector}}};
constexpr Object env_var{{must("name", text), {"value", text}, {"valueFrom", env_var_source}}};
constexpr Object config_map_env_source{{{"name", text}, {"optional", flag}}};
constexpr Object env_from_source{{{"configMapRef", config_map_env_source}, {"prefix", text}, {"secretRef", config_map_env_source}}};
constexpr Object exec_action{{{"command", list<text>}}};
constexpr Object name_and_value{{must("name", text), must("value", text)}};
constexpr Object http_get_action{{{"host", text},
                                  {"httpHeaders", list<name_and_value>},
                                  {"path", text},
                                  must("port", int_or_text),
                                  {"protocol", text},
                                  {"scheme", scheme}}};
constexpr Object sleep_action{{must("seconds", whole)}};
constexpr Object tcp_socket_action{{{"host", text}, must("port", int_or_text)}};
constexpr Object lifecycle_handler{
    {{"exec", exec_action}, {"httpGet", http_get_action}, {"sleep", sleep_action}, {"tcpSocket", tcp_socket_action}}};
constexpr Object lifecycle{{{"postStart", lifecycle_handler}, {"preStop", lifecycle_handler}, {"stopSignal", text}}};
constexpr Object grpc_action{{{"mode", text}, must("port", port), {"service", text}}};
constexpr Object probe{{{"exec", exec_action},
                        {"failureThreshold", whole},
                        {"grpc", grpc_action},
                        {"httpGet", http_get_action},
                        {"initialDelaySeconds", whole},
                        {"periodSeconds", whole},
                        {"successThreshold", whole},
                        {"tcpSocket", tcp_socket_action},
                        {"terminationGracePeriodSeconds", whole},
                        {"timeoutSeconds", whole}}};
constexpr Object container_port{
    {must("containerPort", port), {"hostIP", text}, {"hostPort", port_or_zero}, {"name", text}, {"protocol", protocol_words}}};
constexpr Object container_resize_policy{{must("resourceName", text), must("restartPolicy", resize_restart)}};
constexpr Object resource_claim{{must("name", text), {"request", text}}};
constexpr Object resources{{{"claims", list<resource_claim>}, {"limits", map<quantity>}, {"requests", map<quantity>}}};
constexpr Object container_restart_rule_on_exit_codes{{must("operator", text), {"values", list<whole>}}};
constexpr Object container_restart_rule{{must("action", text), {"exitCodes", container_restart_rule_on_exit_codes}}};
constexpr Object profile{{{"localhostProfile", text}, must("type", profile_type)}};
constexpr Object capabilities{{{"add", list<text>}, {"drop", list<text>}}};
constexpr Object se_linux_options{{{"level", text}, {"role", text}, {"type", text}, {"user", text}}};
constexpr Object windows_security_context_options{
    {{"gmsaCredentialSpec", text}, {"gmsaCredentialSpecName", text}, {"hostProcess", flag}, {"runAsUserName", text}}};
constexpr Object security_context{{{"allowPrivilegeEscalation", flag},
                                   {"appArmorProfile", profile},
                                   {"capabilities", capabilities},
                                   {"privileged", flag},
                                   {"procMount", proc_mount},
                                   {"readOnlyRootFilesystem", flag},
                                   {"runAsGroup", whole},
                                   {"runAsNonRoot", flag},
                                   {"runAsUser", whole},
                                   {"seLinuxOptions", se_linux_options},
                                   {"seccompProfile", profile},
                                   {"windowsOptions", windows_security_context_options}}};
constexpr Object volume_device{{must("devicePath", text), must("name", text)}};
constexpr Object volume_mount{{{"bindMountOptions", list<text>},
                               must("mountPath", text),
                               {"mountPropagation", mount_propagation},
                               must("name", text),
                               {"readOnly", flag},
                               {"recursiveReadOnly", recursive_read_only},
                               {"subPath", text},
                               {"subPathExpr", text}}};
constexpr Object container{{{"args", list<text>},
                            {"command", list<text>},
                            {"env", list<env_var>},
                            {"envFrom", list<env_from_source>},
                            {"image", text},
                            {"imagePullPolicy", image_pull_policy},
                            {"lifecycle", lifecycle},
                            {"livenessProbe", probe},
                            must("name", text),
                            {"ports", list<container_port>},
                            {"readinessProbe", probe},
                            {"resizePolicy", list<container_resize_policy>},
                            {"resources", resources},
                            {"restartPolicy", restart_policy},
                            {"restartPolicyRules", list<container_restart_rule>},
                            {"securityContext", security_context},
                            {"startupProbe", probe},
                            {"stdin", flag},
                            {"stdinOnce", flag},
                            {"terminationMessagePath", text},
                            {"terminationMessagePolicy", termination_message_policy},
                            {"tty", flag},
                            {"volumeDevices", list<volume_device>},
                            {"volumeMounts", list<volume_mount>},
                            {"workingDir", text}}};
constexpr Object pod_dns_config_option{{{"name", text}, {"value", text}}};
constexpr Object pod_dns_config{{{"nameservers", list<text>}, {"options", list<pod_dns_config_option>}, {"searches", list<text>}}};
constexpr Object ephemeral_container{{{"args", list<text>},
                                      {"command", list<text>},
                                      {"env", list<env_var>},
                                      {"envFrom", list<env_from_source>},
                                      {"image", text},
                                      {"imagePullPolicy", image_pull_policy},
                                      {"lifecycle", lifecycle},
                                      {"livenessProbe", probe},
                                      must("name", text),
                                      {"ports", list<container_port>},
                                      {"readinessProbe", probe},
                                      {"resizePolicy", list<container_resize_policy>},
                                      {"resources", resources},
                                      {"restartPolicy", restart_policy},
                                      {"restartPolicyRules", list<container_restart_rule>},
                                      {"securityContext", security_context},
                                      {"startupProbe", probe},
                                      {"stdin", flag},
                                      {"stdinOnce", flag},
                                      {"targetContainerName", text},
                                      {"terminationMessagePath", text},
                                      {"terminationMessagePolicy", termination_message_policy},
                                      {"tty", flag},
                                      {"volumeDevices", list<volume_device>},
                                      {"volumeMounts", list<volume_mount>},
                                      {"workingDir", text}}};
constexpr Object eviction_responder{{must("name", text), must("priority", whole)}};
constexpr Object host_alias{{{"hostnames", list<text>}, must("ip", text)}};
constexpr Object local_reference_object{{{"name", text}}};
constexpr Object pod_os{{must("name", os_name)}};
constexpr Object pod_readiness_gate{{must("conditionType", text)}};
constexpr Object pod_resource_claim{{must("name", text), {"resourceClaimName", text}, {"resourceClaimTemplateName", text}}};
constexpr Object pod_scheduling_gate{{must("name", text)}};
constexpr Object pod_scheduling_group{{{"podGroupName", text}}};
constexpr Object pod_security_context{{{"appArmorProfile", profile},
                                       {"fsGroup", whole},
                                       {"fsGroupChangePolicy", fs_group_change_policy},
                                       {"runAsGroup", whole},
                                       {"runAsNonRoot", flag},
                                       {"runAsUser", whole},
                                       {"seLinuxChangePolicy", text},
                                       {"seLinuxOptions", se_linux_options},
                                       {"seccompProfile", profile},
                                       {"supplementalGroups", list<whole>},
                                       {"supplementalGroupsPolicy", supplemental_groups_policy},
                                       {"sysctls", list<name_and_value>},
                                       {"windowsOptions", windows_security_context_options}}};
constexpr Object toleration{
    {{"effect", effect}, {"key", text}, {"operator", toleration_word}, {"tolerationSeconds", whole}, {"value", text}}};
constexpr Object topology_spread_constraint{{{"labelSelector", label_selector},
                                             {"matchLabelKeys", list<text>},
                                             must("maxSkew", whole),
                                             {"minDomains", whole},
                                             {"nodeAffinityPolicy", node_inclusion},
                                             {"nodeTaintsPolicy", node_inclusion},
                                             must("topologyKey", text),
                                             must("whenUnsatisfiable", when_unsatisfiable)}};
constexpr Object aws_elastic_block_store_volume_source{
    {{"fsType", text}, {"partition", whole}, {"readOnly", flag}, must("volumeID", text)}};
constexpr Object azure_disk_volume_source{{{"cachingMode", caching_mode},
                                           must("diskName", text),
                                           must("diskURI", text),
                                           {"fsType", text},
                                           {"kind", azure_disk_kind},
                                           {"readOnly", flag}}};
constexpr Object azure_file_volume_source{{{"readOnly", flag}, must("secretName", text), must("shareName", text)}};
constexpr Object ceph_fs_volume_source{{must("monitors", list<text>),
                                        {"path", text},
                                        {"readOnly", flag},
                                        {"secretFile", text},
                                        {"secretRef", local_reference_object},
                                        {"user", text}}};
constexpr Object cinder_volume_source{
    {{"fsType", text}, {"readOnly", flag}, {"secretRef", local_reference_object}, must("volumeID", text)}};
constexpr Object key_to_path{{must("key", text), {"mode", whole}, must("path", text), {"user", whole}}};
constexpr Object config_map_volume_source{
    {{"defaultMode", whole}, {"defaultUser", whole}, {"items", list<key_to_path>}, {"name", text}, {"optional", flag}}};
constexpr Object csi_volume_source{{must("driver", text),
                                    {"fsType", text},
                                    {"nodePublishSecretRef", local_reference_object},
                                    {"readOnly", flag},
                                    {"volumeAttributes", map<text>}}};
constexpr Object downward_api_volume_file{{{"fieldRef", object_field_selector},
                                           {"mode", whole},
                                           must("path", text),
                                           {"resourceFieldRef", resource_field_selector},
                                           {"user", whole}}};
constexpr Object downward_api_volume_source{{{"defaultMode", whole}, {"defaultUser", whole}, {"items", list<downward_api_volume_file>}}};
constexpr Object empty_dir_volume_source{{{"medium", text}, {"mode", whole}, {"sizeLimit", quantity}}};
constexpr Object typed_local_reference_object{{{"apiGroup", text}, must("kind", text), must("name", text)}};
constexpr Object typed_object_reference{{{"apiGroup", text}, must("kind", text), must("name", text), {"namespace", text}}};
constexpr Object volume_resource_requirements{{{"limits", map<quantity>}, {"requests", map<quantity>}}};
constexpr Object claim_spec_object{{{"accessModes", list<access_mode>},
                                    {"dataSource", typed_local_reference_object},
                                    {"dataSourceRef", typed_object_reference},
                                    {"resources", volume_resource_requirements},
                                    {"selector", label_selector},
                                    {"storageClassName", text},
                                    {"volumeAttributesClassName", text},
                                    {"volumeMode", volume_mode},
                                    {"volumeName", text}}};
constexpr Object persistent_volume_claim_template{{{"metadata", object_meta}, must("spec", claim_spec_object)}};
constexpr Object ephemeral_volume_source{{{"volumeClaimTemplate", persistent_volume_claim_template}}};
constexpr Object fc_volume_source{
    {{"fsType", text}, {"lun", whole}, {"readOnly", flag}, {"targetWWNs", list<text>}, {"wwids", list<text>}}};
constexpr Object flex_volume_source{
    {must("driver", text), {"fsType", text}, {"options", map<text>}, {"readOnly", flag}, {"secretRef", local_reference_object}}};
constexpr Object flocker_volume_source{{{"datasetName", text}, {"datasetUUID", text}}};
constexpr Object gce_persistent_disk_volume_source{{{"fsType", text}, {"partition", whole}, must("pdName", text), {"readOnly", flag}}};
constexpr Object git_repo_volume_source{{{"directory", text}, must("repository", text), {"revision", text}}};
constexpr Object glusterfs_volume_source{{must("endpoints", text), must("path", text), {"readOnly", flag}}};
constexpr Object host_path_volume_source{{must("path", text), {"type", host_path_type}}};
constexpr Object image_volume_source{{{"pullPolicy", text}, {"reference", text}}};
constexpr Object iscsi_volume_source{{{"chapAuthDiscovery", flag},
                                      {"chapAuthSession", flag},
                                      {"fsType", text},
                                      {"initiatorName", text},
                                      must("iqn", text),
                                      {"iscsiInterface", text},
                                      must("lun", whole),
                                      {"portals", list<text>},
                                      {"readOnly", flag},
                                      {"secretRef", local_reference_object},
                                      must("targetPortal", text)}};
constexpr Object nfs_volume_source{{must("path", text), {"readOnly", flag}, must("server", text)}};
constexpr Object persistent_volume_claim_volume_source{{must("claimName", text), {"readOnly", flag}}};
constexpr Object photon_persistent_disk_volume_source{{{"fsType", text}, must("pdID", text)}};
constexpr Object portworx_volume_source{{{"fsType", text}, {"readOnly", flag}, must("volumeID", text)}};
constexpr Object cluster_trust_bundle_projection{
    {{"labelSelector", label_selector}, {"name", text}, {"optional", flag}, must("path", text), {"signerName", text}, {"user", whole}}};
constexpr Object config_map_projection{{{"items", list<key_to_path>}, {"name", text}, {"optional", flag}}};
constexpr Object downward_api_projection{{{"items", list<downward_api_volume_file>}}};
constexpr Object pod_certificate_projection{{{"certificateChainPath", text},
                                             {"credentialBundlePath", text},
                                             {"keyPath", text},
                                             must("keyType", text),
                                             {"maxExpirationSeconds", whole},
                                             must("signerName", text),
                                             {"user", whole},
                                             {"userAnnotations", map<text>}}};
constexpr Object service_account_token_projection{{{"audience", text}, {"expirationSeconds", whole}, must("path", text), {"user", whole}}};
constexpr Object volume_projection{{{"clusterTrustBundle", cluster_trust_bundle_projection},
                                    {"configMap", config_map_projection},
                                    {"downwardAPI", downward_api_projection},
                                    {"podCertificate", pod_certificate_projection},
                                    {"secret", config_map_projection},
                                    {"serviceAccountToken", service_account_token_projection}}};
constexpr Object projected_volume_source{{{"defaultMode", whole}, {"defaultUser", whole}, {"sources", list<volume_projection>}}};
constexpr Object quobyte_volume_source{
    {{"group", text}, {"readOnly", flag}, must("registry", text), {"tenant", text}, {"user", text}, must("volume", text)}};
constexpr Object rbd_volume_source{{{"fsType", text},
                                    must("image", text),
                                    {"keyring", text},
                                    must("monitors", list<text>),
                                    {"pool", text},
                                    {"readOnly", flag},
                                    {"secretRef", local_reference_object},
                                    {"user", text}}};
constexpr Object scale_io_volume_source{{{"fsType", text},
                                         must("gateway", text),
                                         {"protectionDomain", text},
                                         {"readOnly", flag},
                                         must("secretRef", local_reference_object),
                                         {"sslEnabled", flag},
                                         {"storageMode", text},
                                         {"storagePool", text},
                                         must("system", text),
                                         {"volumeName", text}}};
constexpr Object secret_volume_source{
    {{"defaultMode", whole}, {"defaultUser", whole}, {"items", list<key_to_path>}, {"optional", flag}, {"secretName", text}}};
constexpr Object storage_os_volume_source{
    {{"fsType", text}, {"readOnly", flag}, {"secretRef", local_reference_object}, {"volumeName", text}, {"volumeNamespace", text}}};
constexpr Object vsphere_virtual_disk_volume_source{
    {{"fsType", text}, {"storagePolicyID", text}, {"storagePolicyName", text}, must("volumePath", text)}};
constexpr Object volume{{{"awsElasticBlockStore", aws_elastic_block_store_volume_source},
                         {"azureDisk", azure_disk_volume_source},
                         {"azureFile", azure_file_volume_source},
                         {"cephfs", ceph_fs_volume_source},
                         {"cinder", cinder_volume_source},
                         {"configMap", config_map_volume_source},
                         {"csi", csi_volume_source},
                         {"downwardAPI", downward_api_volume_source},
                         {"emptyDir", empty_dir_volume_source},
                         {"ephemeral", ephemeral_volume_source},
                         {"fc", fc_volume_source},
                         {"flexVolume", flex_volume_source},
                         {"flocker", flocker_volume_source},
                         {"gcePersistentDisk", gce_persistent_disk_volume_source},
                         {"gitRepo", git_repo_volume_source},
                         {"glusterfs", glusterfs_volume_source},
                         {"hostPath", host_path_volume_source},
                         {"image", image_volume_source},
                         {"iscsi", iscsi_volume_source},
                         must("name", text),
                         {"nfs", nfs_volume_source},
                         {"persistentVolumeClaim", persistent_volume_claim_volume_source},
                         {"photonPersistentDisk", photon_persistent_disk_volume_source},
                         {"portworxVolume", portworx_volume_source},
                         {"projected", projected_volume_source},
                         {"quobyte", quobyte_volume_source},
                         {"rbd", rbd_volume_source},
                         {"scaleIO", scale_io_volume_source},
                         {"secret", secret_volume_source},
                         {"storageos", storage_os_volume_source},
                         {"vsphereVolume", vsphere_virtual_disk_volume_source}}};
constexpr Object pod_spec_object{{{"activeDeadlineSeconds", whole},
                                  {"affinity", affinity},
                                  {"automountServiceAccountToken", flag},
                                  must("containers", list<container>),
                                  {"dnsConfig", pod_dns_config},
                                  {"dnsPolicy", dns_policy},
                                  {"enableServiceLinks", flag},
                                  {"ephemeralContainers", list<ephemeral_container>},
                                  {"evictionResponders", list<eviction_responder>},
                                  {"hostAliases", list<host_alias>},
                                  {"hostIPC", flag},
                                  {"hostNetwork", flag},
                                  {"hostPID", flag},
                                  {"hostUsers", flag},
                                  {"hostname", text},
                                  {"hostnameOverride", text},
                                  {"imagePullSecrets", list<local_reference_object>},
                                  {"initContainers", list<container>},
                                  {"nodeName", text},
                                  {"nodeSelector", map<text>},
                                  {"os", pod_os},
                                  {"overhead", map<quantity>},
                                  {"preemptionPolicy", preemption_policy},
                                  {"priority", whole},
                                  {"priorityClassName", text},
                                  {"readinessGates", list<pod_readiness_gate>},
                                  {"resourceClaims", list<pod_resource_claim>},
                                  {"resources", resources},
                                  {"restartPolicy", restart_policy},
                                  {"runtimeClassName", text},
                                  {"schedulerName", text},
                                  {"schedulingGates", list<pod_scheduling_gate>},
                                  {"schedulingGroup", pod_scheduling_group},
                                  {"securityContext", pod_security_context},
                                  {"serviceAccount", text},
                                  {"serviceAccountName", text},
                                  {"setHostnameAsFQDN", flag},
                                  {"shareProcessNamespace", flag},
                                  {"subdomain", text},
                                  {"terminationGracePeriodSeconds", whole},
                                  {"tolerations", list<toleration>},
                                  {"topologySpreadConstraints", list<topology_spread_constraint>},
                                  {"volumes", list<volume>}}};
constexpr Object pod_template_object{{{"metadata", object_meta}, {"spec", pod_spec_object}}};
constexpr Root pod{{{"spec", pod_spec_object}}};

}  // namespace

constinit const Type object_meta = object_meta_object;
constinit const Type label_selector = label_selector_object;
constinit const Type pod_spec = pod_spec_object;
constinit const Type pod_template = pod_template_object;
constinit const Type claim_spec = claim_spec_object;
constinit const Type local_reference = local_reference_object;
constinit const Type typed_local_reference = typed_local_reference_object;
constinit const Type protocol = protocol_words;
constinit const Type resource_requirements = resources;
constinit const Type tolerations = list<toleration>;
constinit const Type affinity_rules = affinity;

std::span<const Table> pod_tables() {
  static constexpr Table tables[] = {
      {Kind::pod, "v1", pod},
  };
  return tables;
}

}  // namespace hop::fields
