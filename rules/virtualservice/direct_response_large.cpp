// Direct responses that istiod has to carry to every proxy.
#include "model/field_path.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  constexpr std::size_t most = std::size_t{1024} * 1024;
  constexpr std::size_t much = std::size_t{100} * 1024;
  for (const std::string_view field : {"string", "bytes"}) {
    for (yaml::Node body : nodes_at(resource.spec(), "http[].directResponse.body")) {
      const std::size_t size = field == "bytes" ? body[field].str().size() / 4 * 3 : body[field].str().size();
      if (size <= much) continue;
      Finding finding = report.at_key(resource, body[field], format("the body has {} KiB", size / 1024));
      if (size <= most)
        finding.alias("IST0133")
            .severity(Severity::warning)
            .effect("every proxy that has the route carries the body, and istiod slows down");
    }
  }
}

}  // namespace

extern constinit const Rule virtualservice_direct_response_large = {
    .info = {.id = "virtualservice-direct-response-large",
             .summary = "the body of a direct response is large",
             .docs = "The body is part of the configuration of every proxy that has the route. More than 1 MiB is refused; more "
                     "than 100 KiB slows the control plane down.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPDirectResponse",
             .severity = Severity::error,
             .aliases = {"IST0133"}},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
