// Fields of what makes pods.
// Source: kubernetes.io/docs/reference/kubernetes-api/workload-resources, Kubernetes 1.37; argo-rollouts.readthedocs.io.
#include "model/fields/tables.h"

namespace hop::fields {
namespace {

constexpr Choice strategy_word{"Recreate", "RollingUpdate"};
constexpr Choice retention_word{"Delete", "Retain"};
constexpr Choice pod_management_policy{"OrderedReady", "Parallel"};
constexpr Choice update_strategy_word{"OnDelete", "RollingUpdate"};
constexpr Choice completion_mode{"Indexed", "NonIndexed"};
constexpr Choice failure_action{"Count", "FailIndex", "FailJob", "Ignore"};
constexpr Choice exit_code_operator{"In", "NotIn"};
constexpr Choice pod_replacement_policy{"Failed", "TerminatingOrFailed"};
constexpr Choice concurrency_policy{"Allow", "Forbid", "Replace"};
constexpr Object rolling_update_deployment{{{"maxSurge", int_or_text}, {"maxUnavailable", int_or_text}}};
constexpr Object deployment_strategy{{{"rollingUpdate", rolling_update_deployment}, {"type", strategy_word}}};
constexpr Object deployment_spec{{{"minReadySeconds", whole},
                                  {"paused", flag},
                                  {"progressDeadlineSeconds", whole},
                                  {"replicas", whole},
                                  {"revisionHistoryLimit", whole},
                                  must("selector", label_selector),
                                  {"strategy", deployment_strategy},
                                  must("template", pod_template),
                                  moved("rollbackTo", "`kubectl rollout undo`")}};
constexpr Root deployment{{must("spec", deployment_spec)}};
constexpr Object stateful_set_ordinals{{{"start", whole}}};
constexpr Object claim_retention{{{"whenDeleted", retention_word}, {"whenScaled", retention_word}}};
constexpr Object rolling_update_stateful_set{{{"maxUnavailable", int_or_text}, {"partition", whole}}};
constexpr Object stateful_set_update_strategy{{{"rollingUpdate", rolling_update_stateful_set}, {"type", update_strategy_word}}};
constexpr Root persistent_volume_claim{{{"spec", claim_spec}}};
constexpr Object stateful_set_spec{{{"minReadySeconds", whole},
                                    {"ordinals", stateful_set_ordinals},
                                    {"persistentVolumeClaimRetentionPolicy", claim_retention},
                                    {"podManagementPolicy", pod_management_policy},
                                    {"replicas", whole},
                                    {"revisionHistoryLimit", whole},
                                    must("selector", label_selector),
                                    {"serviceName", text},
                                    must("template", pod_template),
                                    {"updateStrategy", stateful_set_update_strategy},
                                    {"volumeClaimTemplates", list<persistent_volume_claim>}}};
constexpr Root stateful_set{{must("spec", stateful_set_spec)}};
constexpr Object daemon_set_update_strategy{{{"rollingUpdate", rolling_update_deployment}, {"type", update_strategy_word}}};
constexpr Object daemon_set_spec{{{"minReadySeconds", whole},
                                  {"revisionHistoryLimit", whole},
                                  must("selector", label_selector),
                                  must("template", pod_template),
                                  moved("templateGeneration", "nothing"),
                                  {"updateStrategy", daemon_set_update_strategy}}};
constexpr Root daemon_set{{must("spec", daemon_set_spec)}};
constexpr Object replica_set_spec{
    {{"minReadySeconds", whole}, {"replicas", whole}, must("selector", label_selector), {"template", pod_template}}};
constexpr Root replica_set{{must("spec", replica_set_spec)}};
constexpr Object replication_controller_spec{
    {{"minReadySeconds", whole}, {"replicas", whole}, {"selector", map<text>}, {"template", pod_template}}};
constexpr Root replication_controller{{{"spec", replication_controller_spec}}};
constexpr Object on_exit_codes{{{"containerName", text}, must("operator", exit_code_operator), must("values", list<whole>)}};
constexpr Object on_pod_condition{{{"status", text}, must("type", text)}};
constexpr Object pod_failure_policy_rule{
    {must("action", failure_action), {"onExitCodes", on_exit_codes}, {"onPodConditions", list<on_pod_condition>}}};
constexpr Object pod_failure_policy{{must("rules", list<pod_failure_policy_rule>)}};
constexpr Object success_policy_rule{{{"succeededCount", whole}, {"succeededIndexes", text}}};
constexpr Object success_policy{{must("rules", list<success_policy_rule>)}};
constexpr Object job_spec{{{"activeDeadlineSeconds", whole},
                           {"backoffLimit", whole},
                           {"backoffLimitPerIndex", whole},
                           {"completionMode", completion_mode},
                           {"completions", whole},
                           {"managedBy", text},
                           {"manualSelector", flag},
                           {"maxFailedIndexes", whole},
                           {"parallelism", whole},
                           {"podFailurePolicy", pod_failure_policy},
                           {"podReplacementPolicy", pod_replacement_policy},
                           {"scheduling", any},
                           {"selector", label_selector},
                           {"successPolicy", success_policy},
                           {"suspend", flag},
                           must("template", pod_template),
                           {"ttlSecondsAfterFinished", whole}}};
constexpr Root job{{{"spec", job_spec}}};
constexpr Object job_template_spec{{{"metadata", object_meta}, {"spec", job_spec}}};
constexpr Object cron_job_spec{{{"concurrencyPolicy", concurrency_policy},
                                {"failedJobsHistoryLimit", whole},
                                must("jobTemplate", job_template_spec),
                                must("schedule", text),
                                {"startingDeadlineSeconds", whole},
                                {"successfulJobsHistoryLimit", whole},
                                {"suspend", flag},
                                {"timeZone", text}}};
constexpr Root cron_job{{must("spec", cron_job_spec)}};
// Argo Rollouts, as of 1.8: the strategies are left to their controller.
constexpr Object workload_ref{{{"apiVersion", text}, {"kind", text}, {"name", text}, {"scaleDown", text}}};
constexpr Object rollout_spec{{{"analysis", any},
                               {"minReadySeconds", whole},
                               {"paused", flag},
                               {"progressDeadlineAbort", flag},
                               {"progressDeadlineSeconds", whole},
                               {"replicas", whole},
                               {"restartAt", text},
                               {"revisionHistoryLimit", whole},
                               {"rollbackWindow", any},
                               {"selector", label_selector},
                               {"strategy", any},
                               {"template", pod_template},
                               {"workloadRef", workload_ref}},
                              Unlisted::doubtful};
constexpr Root rollout{{{"spec", rollout_spec}}};

}  // namespace

std::span<const Table> workload_tables() {
  static constexpr Table tables[] = {
      {Kind::deployment, "apps/v1", deployment},
      {Kind::stateful_set, "apps/v1", stateful_set},
      {Kind::daemon_set, "apps/v1", daemon_set},
      {Kind::replica_set, "apps/v1", replica_set},
      {Kind::replication_controller, "v1", replication_controller},
      {Kind::job, "batch/v1", job},
      {Kind::cron_job, "batch/v1", cron_job},
      {Kind::rollout, "argoproj.io/v1alpha1", rollout},
  };
  return tables;
}

}  // namespace hop::fields
