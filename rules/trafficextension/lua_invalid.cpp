// Lua of a TrafficExtension that is refused, or that Envoy never calls.
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::size_t most = 65536;  // bytes

void check_one(const Resource& resource, Report& report) {
  const auto code = text_of(resource.spec()["lua"]["inlineCode"]);
  // Lua has braces of its own, so the text of a script is looked at even where it looks like a template.
  const std::string_view text = code.node().str();
  if (code.is_absent()) return;
  if (text.empty() || text.size() > most) {
    report.at_key(resource, code.node(), text.empty() ? "the script is empty" : "the script is longer than 65,536 bytes").alias("IST0106");
  } else if (text.find("envoy_on_request") == std::string_view::npos && text.find("envoy_on_response") == std::string_view::npos) {
    report.at_key(resource, code.node(), "the script defines neither `envoy_on_request` nor `envoy_on_response`")
        .severity(Severity::warning)
        .effect("nothing of it is called: requests pass as if the extension were not there");
  }
}

}  // namespace

extern constinit const Rule trafficextension_lua_invalid = {
    .info = {.id = "trafficextension-lua-invalid",
             .summary = "a TrafficExtension's script is empty, too long, or defines nothing that Envoy calls",
             .docs = "Envoy calls `envoy_on_request` for a request and `envoy_on_response` for a response; a script defines one or both. "
                     "It has at most 65,536 bytes: what is longer belongs into a Wasm module.",
             .effect = "the API server refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/proxy_extensions/traffic_extension/#LuaConfig",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::traffic_extension},
    .check_one = check_one,
};

}  // namespace hop::rules
