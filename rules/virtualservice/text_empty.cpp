// Matches and origins without text.
#include "model/field_path.h"
#include "model/istio/field_sets.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

enum Row : std::size_t { prefix, origin };

FieldPaths places() {
  FieldPaths paths;
  // An empty prefix of a path fits every request.
  for (const std::string_view match : {"headers.*", "withoutHeaders.*", "queryParams.*", "authority", "method", "scheme"}) {
    paths.add({"http[].match[]", match, "prefix"}, prefix);
  }
  paths.add({"http[].corsPolicy.allowOrigins[]"}, origin);
  return paths;
}

void check_one(const Resource& resource, Report& report) {
  static const FieldPaths paths = places();
  paths.visit(resource.spec(), [&](std::size_t row, const Field& field) {
    const yaml::Node node = field.node;
    if (row == prefix && node.is_scalar() && !node.is_null() && node.str().empty()) {
      report.at(resource, node, "a prefix without text").alias("IST0106");
    } else if (row == origin && node.is_mapping() && !istio::is_set(node["exact"]) && !istio::is_set(node["prefix"]) &&
               !node.has("regex")) {
      report.at(resource, node, "an allowed origin without text").alias("IST0106");
    }
  });
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
