// WasmPlugins whose module cannot be fetched or verified.
#include <map>

#include "model/istio/field_sets.h"
#include "model/istio/value_syntax.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool is_hash(std::string_view text) { return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

void check_url(const Resource& resource, yaml::Node node, Report& report) {
  const auto url = text_of(node);
  if (!url.is_known()) return;
  const std::size_t end = (*url).find("://");
  const std::string scheme = end == std::string_view::npos ? "" : lower((*url).substr(0, end));
  const bool blank = (*url).find_first_of(" \t") != std::string_view::npos;
  if ((*url).empty() || blank) {
    report.at(resource, node, format("{} is no address of a module", istio::shown(*url))).alias("IST0106");
  } else if (!scheme.empty() && scheme != "file" && scheme != "http" && scheme != "https" && scheme != "oci") {
    report.at(resource, node, format("modules come from `oci`, `http`, `https` and `file`, not from `{}`", scheme)).alias("IST0106");
  }
}

/// An image may be named by its digest: `registry/image@sha256:…`.
void check_digest(const Resource& resource, yaml::Node url, const Value<std::string_view>& hash, Report& report) {
  constexpr std::string_view sign = "@sha256:";
  const auto address = text_of(url);
  if (!address.is_known() || !hash.is_known() || !is_hash(*hash)) return;
  const std::size_t at = (*address).find(sign);
  if (at == std::string_view::npos || (*address).substr(at + sign.size()) == *hash) return;
  report.at(resource, hash.node(), "`sha256` is another checksum than that in `url`")
      .note(url, "the image is this one")
      .effect("the proxies refuse the module, and requests pass or fail as `failStrategy` says");
}

void check_environment(const Resource& resource, yaml::Node environment, Report& report) {
  std::map<std::string_view, yaml::Node> seen;
  for (yaml::Node variable : environment.items()) {
    const auto name = text_of(variable["name"]);
    if (!name.is_known() || (*name).empty()) continue;
    const auto [first, fresh] = seen.emplace(*name, name.node());
    if (!fresh)
      report.at(resource, name.node(), format("two variables have the name `{}`", *name))
          .alias("IST0106")
          .note(first->second, "the other one");
    const bool from_host = text_of(variable["valueFrom"]).equals("HOST") == Truth::yes;
    if (from_host && istio::is_set(variable["value"])) {
      report.at_key(resource, variable["value"], "a variable from the host has no `value`").alias("IST0106");
    }
  }
}

void check_one(const Resource& resource, Report& report) {
  // A TrafficExtension holds the same in a block of its own.
  const yaml::Node module = resource.kind == Kind::traffic_extension ? resource.spec()["wasm"] : resource.spec();
  check_url(resource, module["url"], report);
  const auto hash = text_of(module["sha256"]);
  if (hash.is_known() && !(*hash).empty() && !is_hash(*hash)) {
    report.at(resource, hash.node(), "`sha256` has 64 digits, 0 to 9 and a to f").alias("IST0106");
  }
  check_digest(resource, module["url"], hash, report);
  check_environment(resource, module["vmConfig"]["env"], report);
}

}  // namespace

extern constinit const Rule wasmplugin_source_invalid = {
    .info = {.id = "wasmplugin-source-invalid",
             .summary = "a WasmPlugin or TrafficExtension has an address, a checksum or a variable that Istio refuses",
             .docs = "`url` begins with `oci://` (also where no scheme is written), `https://`, `http://` or `file://`. "
                     "`sha256` has 64 hexadecimal digits in lower case, and is the digest of the image where `url` names one. Variables of "
                     "`vmConfig.env` have different names, and "
                     "those from the host no value.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/proxy_extensions/wasm-plugin/",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::wasm_plugin, Kind::traffic_extension},
    .check_one = check_one,
};

}  // namespace hop::rules
