#include "model/aws/actions.h"

#include <algorithm>

#include "model/aws/values.h"
#include "text/format.h"

namespace hop::aws {
namespace {

using Faults = std::vector<JsonFault>;

bool has(yaml::Node object, std::string_view key) {
  const yaml::Node value = json_member(object, key);
  return value && !value.is_null();
}

void check_tuple(yaml::Node group, bool several, Faults& faults) {
  const bool service = has(group, "serviceName");
  const bool target_group = has(group, "targetGroupARN") || has(group, "targetGroupName");
  if (service == target_group) {
    faults.push_back({group, service ? "a target group names both a Service and a target group of AWS"
                                     : "a target group needs `serviceName`, `targetGroupARN` or `targetGroupName`"});
  }
  if (service && !has(group, "servicePort")) faults.push_back({group, "`serviceName` needs `servicePort`"});
  if (several && !has(group, "weight")) faults.push_back({group, "each of several target groups needs a `weight`"});
}

void check_forward(yaml::Node action, Faults& faults) {
  const bool direct = has(action, "targetGroupARN") || has(action, "targetGroupName");
  const yaml::Node config = json_member(action, "forwardConfig");
  if (direct == has(action, "forwardConfig")) {
    faults.push_back({action, direct ? "a forward action takes a target group or `forwardConfig`, not both"
                                     : "a forward action needs `forwardConfig` or `targetGroupARN`"});
  }
  const yaml::Node groups = json_member(config, "targetGroups");
  for (yaml::Node group : groups.items()) check_tuple(group, groups.size() > 1, faults);
  if (groups.size() > 5) faults.push_back({groups, format("`targetGroups` has {} items; an ALB takes 5", groups.size())});
}

void check_fixed_response(yaml::Node config, Faults& faults) {
  const yaml::Node code = json_member(config, "statusCode");
  const auto number = parse_int(code.str());
  if (code && (!number || *number < 200 || *number > 599 || (*number >= 300 && *number < 400)))
    faults.push_back({code, "`statusCode` of a fixed response must be 2XX, 4XX or 5XX"});
  const yaml::Node body = json_member(config, "messageBody");
  if (body.str().size() > 1024) faults.push_back({body, format("`messageBody` has {} bytes; an ALB takes 1024", body.str().size())});
}

void check_action(yaml::Node action, Faults& faults) {
  const std::string_view type = json_member(action, "type").str();
  if (type == "forward") check_forward(action, faults);
  if (type == "redirect" && !has(action, "redirectConfig")) faults.push_back({action, "a redirect action needs `redirectConfig`"});
  if (type == "fixed-response") {
    if (!has(action, "fixedResponseConfig")) faults.push_back({action, "a fixed-response action needs `fixedResponseConfig`"});
    check_fixed_response(json_member(action, "fixedResponseConfig"), faults);
  }
}

/// Which member an item needs for its kind.
struct ConfigOf {
  std::string_view word, member;
};
constexpr ConfigOf condition_configs[] = {{"host-header", "hostHeaderConfig"},   {"path-pattern", "pathPatternConfig"},
                                          {"http-header", "httpHeaderConfig"},   {"http-request-method", "httpRequestMethodConfig"},
                                          {"query-string", "queryStringConfig"}, {"source-ip", "sourceIPConfig"}};
constexpr ConfigOf transform_configs[] = {{"url-rewrite", "urlRewriteConfig"}, {"host-header-rewrite", "hostHeaderRewriteConfig"}};

template <std::size_t size>
yaml::Node config_of(const ConfigOf (&table)[size], yaml::Node item, std::string_view discriminator, Faults& faults) {
  const std::string_view word = json_member(item, discriminator).str();
  for (const ConfigOf& row : table) {
    if (row.word != word) continue;
    if (!has(item, row.member)) faults.push_back({item, format("`{}` needs `{}`", row.word, row.member)});
    return json_member(item, row.member);
  }
  return {};
}

void check_condition(yaml::Node item, Faults& faults) {
  const yaml::Node config = config_of(condition_configs, item, "field", faults);
  const std::string_view field = json_member(item, "field").str();
  const bool known =
      std::any_of(std::begin(condition_configs), std::end(condition_configs), [&](const ConfigOf& row) { return row.word == field; });
  if (!known) faults.push_back({json_member(item, "field"), "`field` is no condition that an ALB has", false, true});
  if (!config || (field != "host-header" && field != "path-pattern" && field != "http-header")) return;
  const bool values = json_member(config, "values").size() > 0;
  const bool patterns = json_member(config, "regexValues").size() > 0;
  if (values == patterns)
    faults.push_back({config, values ? "`values` and `regexValues` exclude each other" : "`values` or `regexValues` is missing"});
}

void check_mutual(yaml::Node item, Faults& faults) {
  const std::string_view mode = json_member(item, "mode").str();
  if (mode == "verify") {
    if (!has(item, "trustStore")) faults.push_back({item, "mode `verify` needs a `trustStore`"});
    return;
  }
  if (mode != "off" && mode != "passthrough") return;
  for (std::string_view key : {"trustStore", "ignoreClientCertificateExpiry", "advertiseTrustStoreCaNames"}) {
    if (has(item, key)) faults.push_back({json_member(item, key), format("`{}` goes with mode `verify` only", key)});
  }
}

}  // namespace

std::vector<JsonFault> json_conflicts(std::string_view suffix, yaml::Node root) {
  Faults faults;
  if (suffix.starts_with("actions.")) check_action(root, faults);
  for (yaml::Node item : root.items()) {
    if (suffix.starts_with("conditions.")) check_condition(item, faults);
    if (suffix.starts_with("transforms.")) config_of(transform_configs, item, "type", faults);
    if (suffix == "mutual-authentication") check_mutual(item, faults);
  }
  return faults;
}

}  // namespace hop::aws
