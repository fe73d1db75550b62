// Conditions for retries that Envoy does not know.
#include <algorithm>

#include "model/field_path.h"
#include "model/istio/value_syntax.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

// Source: envoyproxy.io, router filter: `x-envoy-retry-on` and `x-envoy-retry-grpc-on`.
constexpr std::string_view conditions[] = {
    "5xx",
    "gateway-error",
    "reset",
    "reset-before-request",
    "connect-failure",
    "envoy-ratelimited",
    "retriable-4xx",
    "refused-stream",
    "retriable-status-codes",
    "retriable-headers",
    "http3-post-connect-failure",
    "cancelled",
    "deadline-exceeded",
    "internal",
    "resource-exhausted",
    "unavailable",
};

/// A status that has a name; `retryOn` may hold statuses as well.
bool is_status(std::string_view word) {
  return word.size() == 3 && word.find_first_not_of("0123456789") == std::string_view::npos && word[0] >= '1' && word[0] <= '5';
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node node : nodes_at(resource.spec(), "http[].retries.retryOn")) {
    const auto text = text_of(node);
    if (!text.is_known() || (*text).empty()) continue;
    for (std::size_t begin = 0; begin <= (*text).size();) {
      const std::size_t end = std::min((*text).find(',', begin), (*text).size());
      const std::string_view word = (*text).substr(begin, end - begin);
      begin = end + 1;
      if (std::find(std::begin(conditions), std::end(conditions), word) != std::end(conditions) || is_status(word)) continue;
      const std::string_view trimmed = trim(word);
      Finding finding = report.at(resource, node,
                                  trimmed != word ? format("`retryOn` has a blank before or behind {}", istio::shown(trimmed))
                                                  : format("`retryOn` does not know {}", istio::shown(word)));
      finding.alias("IST0106");
      if (const auto meant = nearest(word, conditions)) finding.label(format("perhaps `{}`", *meant));
    }
  }
}

}  // namespace

extern constinit const Rule virtualservice_retry_on_unknown = {
    .info = {.id = "virtualservice-retry-on-unknown",
             .summary = "`retryOn` has a condition that Envoy does not know",
             .docs = "`retryOn` lists conditions of Envoy's `x-envoy-retry-on` and `x-envoy-retry-grpc-on`, or HTTP statuses, "
                     "separated by commas without blanks: `5xx,reset,503`.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
