// A certificate in a Secret, for an ALB that reads none.
#include "model/aws/controller.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Annotations by which cert-manager makes a certificate for an Ingress.
yaml::Node issuer_of(const Ingress& ingress) {
  for (std::string_view key : {"cert-manager.io/cluster-issuer", "cert-manager.io/issuer"}) {
    if (const yaml::Node issuer = ingress->annotation(key)) return issuer;
  }
  return {};
}

void check_secrets(const Ingress& ingress, Report& report) {
  const yaml::Node issuer = issuer_of(ingress);
  for (yaml::Node tls : ingress.spec()["tls"].items()) {
    const yaml::Node secret = tls["secretName"];
    if (!secret || secret.is_null() || aws::is_webhook_secret(secret.str())) continue;
    Finding finding = report.at(ingress, secret, format("an ALB does not read Secret `{}`", shorten(secret.str(), 60)));
    if (issuer) finding.note(issuer, "cert-manager makes the certificate, and nothing here uses it");
    auto edit = issuer ? std::nullopt : remove_pair(tls, secret);
    if (edit) finding.fix("remove `secretName`", {*edit});
  }
}

void check(const Graph& graph, Report& report) {
  for (const Ingress& ingress : graph.linted<Ingress>()) {
    if (ingress.spec()["tls"].size() > 0 && graph.is_alb(ingress) == Truth::yes) check_secrets(ingress, report);
  }
}

}  // namespace

extern constinit const Rule alb_tls_secret_ignored = {
    .info =
        {.id = "alb-tls-secret-ignored",
         .summary = "an ALB Ingress names a certificate in a Secret",
         .docs =
             "An ALB takes certificates from ACM (or IAM) only: by `certificate-arn`, or found by the hosts of `rules` and `tls`. "
             "`spec.tls[].secretName` is never read, and what cert-manager writes into it never reaches the ALB.\n\nKeep the hosts, drop "
             "the Secret's name; a certificate of cert-manager belongs on the Istio Gateway behind the ALB.",
         .effect = "the Secret's certificate is not served; without one in ACM the HTTPS listener is not made",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/cert_discovery/",
         .severity = Severity::warning,
         .fixes = FixPolicy::sometimes,
         .ineffective = true},
    .reads = {Kind::ingress, Kind::ingress_class},
    .check = check,
};

}  // namespace hop::rules
