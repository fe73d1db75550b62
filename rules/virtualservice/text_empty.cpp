// Matches and origins without text.
#include "model/field_path.h"
#include "model/istio/field_sets.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  // An empty prefix of a path fits every request.
  for (const std::string_view path :
       {"http[].match[].headers.*.prefix", "http[].match[].withoutHeaders.*.prefix", "http[].match[].queryParams.*.prefix",
        "http[].match[].authority.prefix", "http[].match[].method.prefix", "http[].match[].scheme.prefix"}) {
    for (yaml::Node node : nodes_at(resource.spec(), path)) {
      if (node.is_scalar() && !node.is_null() && node.str().empty()) report.at(resource, node, "a prefix without text").alias("IST0106");
    }
  }
  for (yaml::Node origin : nodes_at(resource.spec(), "http[].corsPolicy.allowOrigins[]")) {
    const bool any = istio::is_set(origin["exact"]) || istio::is_set(origin["prefix"]) || origin.has("regex");
    if (origin.is_mapping() && !any) report.at(resource, origin, "an allowed origin without text").alias("IST0106");
  }
}

}  // namespace

extern constinit const Rule virtualservice_text_empty = {
    .info = {.id = "virtualservice-text-empty",
             .summary = "a prefix or an allowed origin has no text",
             .docs = "An empty `prefix` of a header or a query parameter is refused; to ask that a header is there at all, "
                     "write `headers: {x-name: {}}`. Every one of CORS' `allowOrigins` says which origins it means: `{regex: "
                     "\".*\"}` for all.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#StringMatch",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
