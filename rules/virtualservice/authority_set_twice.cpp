// Two places that rewrite the host of a request.
#include "model/istio/field_sets.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node route : resource.spec()["http"].items()) {
    yaml::Node first;
    if (const yaml::Node rewritten = route["rewrite"]["authority"]; istio::is_set(rewritten)) first = rewritten;
    for (const std::string_view verb : {"set", "add"}) {
      for (const auto& [key, value] : route["headers"]["request"][verb].entries()) {
        const std::string name = lower(key.str());
        if (name != "host" && name != ":authority") continue;
        if (first)
          report.at_key(resource, value, format("`{}` is set a second time", key.str())).alias("IST0106").note(first, "it is set here");
        if (!first) first = value;
      }
    }
  }
}

}  // namespace

extern constinit const Rule virtualservice_authority_set_twice = {
    .info = {.id = "virtualservice-authority-set-twice",
             .summary = "a route rewrites the host of requests in two ways",
             .docs = "The host is set once: by `rewrite.authority`, or by a `Host` or `:authority` header in `headers.request`.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRewrite",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
