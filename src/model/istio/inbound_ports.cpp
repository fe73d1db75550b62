#include "model/istio/inbound_ports.h"

#include <algorithm>
#include <charconv>

#include "text/words.h"

namespace hop::istio {
namespace {

constexpr std::string_view excluded = "traffic.sidecar.istio.io/excludeInboundPorts";
constexpr std::string_view included = "traffic.sidecar.istio.io/includeInboundPorts";

std::vector<std::int64_t> ports_of(yaml::Node annotation) {
  std::vector<std::int64_t> ports;
  for (const std::string_view word : split_list(annotation.str(), ',')) {
    std::int64_t port = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), port);
    if (error == std::errc{} && end == word.data() + word.size()) ports.push_back(port);
  }
  return ports;
}

bool holds(const std::vector<std::int64_t>& ports, std::int64_t port) { return std::find(ports.begin(), ports.end(), port) != ports.end(); }

}  // namespace

std::vector<std::int64_t> excluded_inbound_ports(const Workload& workload) { return ports_of(workload.pod_annotation(excluded)); }

Truth bypasses_sidecar(const Workload& workload, std::int64_t port) {
  const auto out = text_of(workload.pod_annotation(excluded));
  const auto in = text_of(workload.pod_annotation(included));
  if (out.is_known() && holds(ports_of(out.node()), port)) return Truth::yes;
  if (out.is_unknown() || in.is_unknown()) return Truth::unknown;
  if (in.is_absent() || *in == "*") return Truth::no;
  return truth(!holds(ports_of(in.node()), port));
}

}  // namespace hop::istio
