#include "model/port.h"

#include "text/words.h"

namespace hop {
namespace {

struct Word {
  std::string_view word;
  Protocol protocol;
};

// Istio's list, pkg/config/protocol: a word may stand for the same protocol twice.
constexpr Word words[] = {
    {"http", Protocol::http},       {"http2", Protocol::http2}, {"grpc", Protocol::grpc},   {"grpc-web", Protocol::grpc},
    {"http_proxy", Protocol::http}, {"https", Protocol::https}, {"tls", Protocol::tls},     {"tcp", Protocol::tcp},
    {"udp", Protocol::udp},         {"mongo", Protocol::mongo}, {"redis", Protocol::redis}, {"mysql", Protocol::mysql},
};

}  // namespace

Protocol parse_protocol(std::string_view word) {
  const std::string folded = lower(word);
  for (const Word& known : words) {
    if (known.word == folded) return known.protocol;
  }
  return Protocol::unknown;
}

Protocol protocol_of_port_name(std::string_view name) {
  const std::string folded = lower(name);
  if (folded.starts_with("grpc-web")) return Protocol::grpc;
  if (folded == "kubernetes.io/h2c") return Protocol::http2;
  if (folded == "kubernetes.io/ws") return Protocol::http;
  if (folded == "kubernetes.io/wss") return Protocol::https;
  return parse_protocol(std::string_view(folded).substr(0, folded.find('-')));
}

bool speaks_tls(Protocol protocol) { return protocol == Protocol::https || protocol == Protocol::tls; }

bool speaks_http(Protocol protocol) {
  return protocol == Protocol::http || protocol == Protocol::http2 || protocol == Protocol::grpc || protocol == Protocol::https;
}

std::string_view to_string(Protocol protocol) {
  if (protocol == Protocol::unknown) return "unknown";
  for (const Word& known : words) {
    if (known.protocol == protocol) return known.word;
  }
  return "unknown";
}

}  // namespace hop
