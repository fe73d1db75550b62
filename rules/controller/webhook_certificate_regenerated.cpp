// The controller's webhook gets a new certificate with every render of its chart.
#include "model/aws/controller.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool is_on(yaml::Node value) { return value.str() == "true"; }

/// Certificates by cert-manager, or given as values, stay what they are.
bool has_own_certificate(const ChartUse& use) { return is_on(use.value({"enableCertManager"})) || use.value({"webhookTLS", "tlsCert"}); }

void check_one(const Resource& resource, Report& report) {
  for (const ChartUse& use : charts_of(resource)) {
    if (use.chart.str() != aws::controller_chart || use.open || has_own_certificate(use)) continue;
    const yaml::Node keeps = use.value({"keepTLSSecret"});
    if (resource.kind == Kind::helm_release) {
      if (keeps.str() == "false") report.at(resource, keeps, "every upgrade gives the controller's webhook a new certificate");
      continue;
    }
    if (resource.spec()["ignoreDifferences"].size() > 0) continue;
    report.at(resource, use.chart, "every sync gives the controller's webhook a new certificate")
        .label(is_on(keeps) ? "`keepTLSSecret` asks the cluster, which Argo CD's rendering cannot"
                            : "the chart makes one with each render");
  }
}

}  // namespace

extern constinit const Rule controller_webhook_certificate_regenerated = {
    .info =
        {.id = "controller-webhook-certificate-regenerated",
         .summary = "the AWS Load Balancer Controller's webhook gets a new certificate with every render",
         .docs =
             "Unless told otherwise the chart makes a new authority and certificate whenever it is rendered. `keepTLSSecret` looks the "
             "old one up in the cluster, which works for Helm and Flux, but not where Argo CD renders the chart: there use "
             "`enableCertManager`, values of `webhookTLS`, or `ignoreDifferences` for the Secret and the webhooks.\n\nStays silent where "
             "further values come from files.",
         .effect = "between two syncs Ingresses, Services and bindings are refused with \"x509: certificate signed by unknown authority\"",
         .source = "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4605; issues/2237",
         .severity = Severity::warning,
         .group = Group::reliability},
    .reads = {Kind::application, Kind::helm_release},
    .check_one = check_one,
};

}  // namespace hop::rules
