// Timeouts that the load balancer cuts short.
#include <charconv>
#include <map>
#include <set>

#include "model/istio/value_syntax.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view attributes = "alb.ingress.kubernetes.io/load-balancer-attributes";
constexpr std::int64_t second = 1'000'000'000;

/// How long the ALB waits for a byte, and where that is written; nothing where something else may say so.
struct Idle {
  std::int64_t seconds = 60;
  yaml::Node node;
};

std::optional<Idle> idle_of(const Resource& ingress) {
  const yaml::Node written = ingress.annotation(attributes);
  const auto text = text_of(written);
  if (text.is_unknown()) return std::nullopt;
  for (const std::string_view pair : split_list(text.value_or(""), ',')) {
    const std::size_t equals = pair.find('=');
    if (trim(pair.substr(0, equals)) != "idle_timeout.timeout_seconds" || equals == std::string_view::npos) continue;
    const std::string_view value = trim(pair.substr(equals + 1));
    Idle idle{0, written};
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), idle.seconds);
    if (error != std::errc{} || end != value.data() + value.size()) return std::nullopt;
    return idle;
  }
  // Another Ingress of the group, or the class's parameters, may set it.
  if (ingress.annotation("alb.ingress.kubernetes.io/group.name")) return std::nullopt;
  return Idle{60, ingress.name_node()};
}

/// How long a route lets requests take: its timeout, else that of all its tries; nothing if neither is written.
std::optional<std::int64_t> patience(yaml::Node route, yaml::Node& place) {
  place = route["timeout"];
  if (const auto timeout = text_of(place); !timeout.is_absent()) {
    return timeout.is_known() ? istio::parse_duration(*timeout) : std::nullopt;
  }
  place = route["retries"]["perTryTimeout"];
  const auto attempts = integer_of(route["retries"]["attempts"]);
  const auto one = text_of(place).is_known() ? istio::parse_duration(place.str()) : std::nullopt;
  if (!one || !attempts.is_known()) return std::nullopt;
  return *one * (*attempts + 1);
}

void check(const Graph& graph, Report& report) {
  const bool has_parameters = !graph.of(Kind::ingress_class_params).empty();
  std::set<std::pair<std::uint32_t, std::uint32_t>> told;
  std::map<const void*, std::int64_t> shortest;  // of the load balancers before the same Gateways: who waits longer has nothing to add
  for (const TargetGroup& group : graph.target_groups()) {
    const auto idle = idle_of(*group.ingress);
    if (!idle || !group.ingress->linted() || (has_parameters && idle->node == group.ingress->name_node())) continue;
    const auto [before, fresh] = shortest.try_emplace(group.gateways.data(), idle->seconds);
    if (!fresh && before->second <= idle->seconds) continue;
    before->second = idle->seconds;
    for (const Resource* gateway : group.gateways) {
      for (const VirtualService& vs : graph.routes_of(*gateway).virtual_services) {
        for (yaml::Node route : vs.spec()["http"].items()) {
          yaml::Node place;
          const auto wait = patience(route, place);
          if (!vs->linted() || !wait || *wait <= idle->seconds * second || !told.emplace(vs->id, place.index()).second) continue;
          report.at(vs, place, format("the route waits up to {}s, the load balancer {}s", *wait / second, idle->seconds))
              .note(idle->node, idle->node == group.ingress->name_node() ? "its idle timeout is the default" : "its idle timeout");
        }
      }
    }
  }
}

}  // namespace

extern constinit const Rule virtualservice_timeout_beyond_idle = {
    .info = {.id = "virtualservice-timeout-beyond-idle",
             .summary = "a route waits longer than the load balancer in front of it",
             .docs = "An ALB closes a connection on which nothing was sent for `idle_timeout.timeout_seconds` (60 by default) "
                     "and answers 504. A `timeout` beyond that, or tries (`perTryTimeout` times `attempts` and one) that take "
                     "longer together, never come to an end.\n\nSilent for Ingresses of a group that do not set the attribute "
                     "themselves.",
             .effect = "slow requests end with 504 from the load balancer while the gateway still waits",
             .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/"
                       "edit-load-balancer-attributes.html#connection-idle-timeout",
             .severity = Severity::warning,
             .group = Group::reliability},
    .reads = {Kind::ingress_class_params, Facet::entry, Facet::routing},
    .check = check,
};

}  // namespace hop::rules
