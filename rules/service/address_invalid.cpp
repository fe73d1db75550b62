// A Service of type ExternalName that names nothing, and addresses that are none.
#include "model/aws/identifiers.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool is_address(std::string_view text) { return text.empty() || text == "None" || aws::is_ipv4(text) || aws::is_ipv6(text); }

void check_one(const Resource& resource, Report& report) {
  const Service service(resource);
  if (service->opaque || service->patched) return;
  const bool external = service.type().equals("ExternalName") == Truth::yes;
  const auto name = text_of(service.spec()["externalName"]);
  if (external && (name.is_absent() || (name.is_known() && (*name).empty())))
    report.at(service, service.type_node(), format("the ExternalName Service `{}` has no `externalName`", service->name));
  const auto address = text_of(service.spec()["clusterIP"]);
  if (address.is_known() && !is_address(*address)) {
    Finding finding = report.at(service, address.node(), format("`{}` is no address", shorten(*address, 24)));
    if (slip(*address, "None") || lower(*address) == "none") finding.fix("write `None`", address.node(), "None", Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule service_address_invalid = {
    .info = {.id = "service-address-invalid",
             .summary = "a Service lacks the name or the address that its type asks for",
             .docs = "A Service of type ExternalName has a DNS name in `externalName`. `clusterIP` is an address, empty, or `None` for a "
                     "headless Service, in this spelling.",
             .effect = "the API server refuses the Service",
             .source = "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::service},
    .check_one = check_one,
};

}  // namespace hop::rules
