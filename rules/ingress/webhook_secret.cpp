// The certificate of the load balancer controller's own webhook, named as that of an Ingress.
#include "model/aws/controller.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const Ingress& ingress : graph.linted<Ingress>()) {
    for (yaml::Node tls : ingress.spec()["tls"].items()) {
      const yaml::Node secret = tls["secretName"];
      if (!aws::is_webhook_secret(secret.str())) continue;
      Finding finding = report.at(ingress, secret, format("the Secret `{}` is that of the controller's own webhook", secret.str()));
      if (graph.is_alb(ingress) != Truth::yes) continue;
      finding.label("an ALB reads no Secret").effect("the entry does nothing: the ALB takes its certificates from ACM");
      if (auto edit = remove_pair(tls, secret)) finding.fix("remove `secretName`", {*edit});
    }
  }
}

}  // namespace

extern constinit const Rule ingress_webhook_secret = {
    .info =
        {.id = "ingress-webhook-secret",
         .summary = "an Ingress names the Secret of the AWS Load Balancer Controller's webhook as its certificate",
         .docs =
             "`aws-load-balancer-tls` (in the raw manifests `aws-load-balancer-webhook-tls`) serves the controller's admission webhook. "
             "Its names are inside the cluster, its authority is private, and the chart makes it anew with every render. An ALB takes "
             "certificates from ACM, by `certificate-arn` or by the hosts of the Ingress.",
         .effect = "clients get a certificate for a name inside the cluster, and its key is shared with the webhook",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/cert_discovery/",
         .severity = Severity::warning,
         .fixes = FixPolicy::sometimes},
    .reads = {Kind::ingress, Kind::ingress_class},
    .check = check,
};

}  // namespace hop::rules
