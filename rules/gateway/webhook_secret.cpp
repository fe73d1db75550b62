// The certificate of the load balancer controller's own webhook, served by an Istio gateway.
#include "model/aws/controller.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node server : resource.spec()["servers"].items()) {
    std::vector<yaml::Node> names{server["tls"]["credentialName"]};
    for (yaml::Node name : server["tls"]["credentialNames"].items()) names.push_back(name);
    for (yaml::Node name : names) {
      std::string_view secret = name.str();
      if (secret.starts_with("kubernetes://")) secret.remove_prefix(secret.rfind('/') + 1);
      if (aws::is_webhook_secret(secret))
        report.at(resource, name, format("the Secret `{}` is that of the AWS Load Balancer Controller's webhook", secret)).explains_place();
    }
  }
}

}  // namespace

extern constinit const Rule gateway_webhook_secret = {
    .info = {.id = "gateway-webhook-secret",
             .summary = "a Gateway server takes the Secret of the AWS Load Balancer Controller's webhook for its certificate",
             .docs =
                 "`aws-load-balancer-tls` (in the raw manifests `aws-load-balancer-webhook-tls`) serves the controller's admission webhook "
                 "in its own namespace. Its names are inside the cluster and the chart makes it anew with every render.\n\nGive the "
                 "gateway a certificate of its own; what stands between it and an ALB may be self-signed.",
             .effect = "the gateway finds no such Secret, or shares the webhook's private key until the next upgrade replaces it",
             .source =
                 "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4605; its Helm chart, templates/webhook.yaml",
             .severity = Severity::error,
             .group = Group::security},
    .reads = {Kind::gateway},
    .check_one = check_one,
};

}  // namespace hop::rules
