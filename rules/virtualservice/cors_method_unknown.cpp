// Methods that CORS allows and HTTP does not have.
#include <algorithm>

#include "model/field_path.h"
#include "model/istio/value_syntax.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view methods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE"};

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node node : nodes_at(resource.spec(), "http[].corsPolicy.allowMethods[]")) {
    const auto method = text_of(node);
    if (!method.is_known() || std::find(std::begin(methods), std::end(methods), *method) != std::end(methods)) continue;
    Finding finding = report.at(resource, node, format("{} is no HTTP method", istio::shown(*method)));
    finding.alias("IST0106");
    if (const auto meant = nearest(*method, methods)) finding.fix(format("change it to `{}`", *meant), node, *meant, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule virtualservice_cors_method_unknown = {
    .info = {.id = "virtualservice-cors-method-unknown",
             .summary = "a CORS policy allows a method that HTTP does not have",
             .docs = "`allowMethods` lists methods in capitals. There is no wildcard: list every method that is allowed.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#CorsPolicy",
             .severity = Severity::error,
             .aliases = {"IST0106"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
