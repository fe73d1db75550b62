// Redirects to a scheme that is not HTTP.
#include "model/field_path.h"
#include "model/istio/value_syntax.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node node : nodes_at(resource.spec(), "http[].redirect.scheme")) {
    const auto scheme = text_of(node);
    if (!scheme.is_known() || (*scheme).empty() || *scheme == "http" || *scheme == "https") continue;
    report.at(resource, node, format("a redirect goes to `http` or `https`, not to {}", istio::shown(*scheme))).alias("IST0106");
  }
}

}  // namespace

extern constinit const Rule virtualservice_redirect_scheme_unknown = {
    .info = {.id = "virtualservice-redirect-scheme-unknown",
             .summary = "a redirect goes to a scheme that is neither `http` nor `https`",
             .docs = "`scheme` is `http` or `https`, in lower case and without `://`. Hosts and paths have fields of their own: "
                     "`authority` and `uri`.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRedirect",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
