#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "fuzz/mutate.h"
#include "model/aws/annotations.h"
#include "model/fields/tables.h"
#include "model/istio/annotations.h"
#include "model/kind.h"
#include "text/format.h"

namespace hop::fuzz {
namespace {

using fields::Field;
using fields::Shape;
using fields::Type;
using fields::Use;

constexpr std::string_view names[] = {"cart", "edge", "shop", "default", "istio-ingressgateway", "v1", "http", "https", "old", "waypoint"};
constexpr std::string_view namespaces[] = {"shop", "istio-system", "default", "edge"};
constexpr std::string_view hosts[] = {"cart",
                                      "cart.shop",
                                      "cart.shop.svc.cluster.local",
                                      "shop.example.com",
                                      "\"*.example.com\"",
                                      "\"*\"",
                                      "shop/cart",
                                      "istio-system/edge",
                                      "./cart",
                                      "\"*/shop.example.com\"",
                                      "mesh",
                                      "10.0.0.1",
                                      "\"::1\""};
constexpr std::string_view odd[] = {"~",
                                    "\"\"",
                                    "1",
                                    "-1",
                                    "true",
                                    "no",
                                    "1e3",
                                    "0x1F",
                                    "99999999999999999999",
                                    "${NAME}",
                                    "\"{{ .Values.name }}\"",
                                    "$(NAME)",
                                    "'x y'",
                                    "\"\\u00e4\\n\"",
                                    "UPPER",
                                    "a/b/c",
                                    "\"*\"",
                                    "[]",
                                    "{}",
                                    "[~]",
                                    "1.5",
                                    "!!str 1",
                                    "0",
                                    "70000"};
constexpr std::string_view texts[] = {"cart",
                                      "v1",
                                      "app",
                                      "/",
                                      "/cart",
                                      "/cart/*",
                                      "10.0.0.0/8",
                                      "80",
                                      "8080",
                                      "443",
                                      "HTTPS",
                                      "10s",
                                      "100m",
                                      "arn:aws:acm:eu-central-1:111122223333:certificate/12345678-1234-1234-1234-123456789012",
                                      "sg-12345678",
                                      "subnet-12345678",
                                      "cluster.local",
                                      "ISTIO_MUTUAL",
                                      "x-user",
                                      "spiffe://cluster.local/ns/shop/sa/cart",
                                      "istio",
                                      "alb",
                                      "service.k8s.aws/nlb",
                                      "kubernetes.io/ingress.class",
                                      "2026-01-01T00:00:00Z"};
constexpr std::string_view label_keys[] = {"app",
                                           "istio",
                                           "version",
                                           "sidecar.istio.io/inject",
                                           "istio-injection",
                                           "istio.io/rev",
                                           "istio.io/use-waypoint",
                                           "istio.io/dataplane-mode",
                                           "elbv2.k8s.aws/pod-readiness-gate-inject",
                                           "kubernetes.io/metadata.name",
                                           "gateway.networking.k8s.io/gateway-name"};
constexpr std::string_view label_values[] = {"cart",    "edge",           "v1",       "\"true\"", "enabled",
                                             "ambient", "ingressgateway", "waypoint", "stable"};
constexpr std::string_view class_names[] = {"alb", "istio", "nginx", "istio-waypoint", "aws-alb"};
constexpr std::string_view json_values[] = {
    R"([{"HTTP": 80}, {"HTTPS": 443}])",
    R"([{"HTTPS": "443"}])",
    R"({"type": "forward", "forwardConfig": {"targetGroups": [{"serviceName": "cart", "servicePort": 80, "weight": 1}]}})",
    R"({"type": "redirect", "redirectConfig": {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}})",
    R"({"type": "fixed-response", "fixedResponseConfig": {"contentType": "text/plain", "statusCode": "503", "messageBody": "x"}})",
    R"([{"field": "path-pattern", "pathPatternConfig": {"values": ["/a*"]}}, {"field": "host-header", "hostHeaderConfig": {"values": ["*.example.com"]}}])",
    R"([{"field": "source-ip", "sourceIpConfig": {"values": ["10.0.0.0/8"]}}, {"field": "http-header", "httpHeaderConfig": {"httpHeaderName": "x", "values": ["*"]}}])",
    R"({"issuer": "https://idp.example.com", "authorizationEndpoint": "https://idp.example.com/a", "tokenEndpoint": "https://idp.example.com/t", "userInfoEndpoint": "https://idp.example.com/u", "secretName": "idp"})",
    R"({"userPoolARN": "arn:aws:cognito-idp:eu-central-1:111122223333:userpool/x", "userPoolClientID": "c", "userPoolDomain": "d"})",
    R"([{"port": 443, "mode": "verify", "trustStore": "arn:aws:elasticloadbalancing:eu-central-1:111122223333:truststore/x/1"}])",
    R"({"holdApplicationUntilProxyStarts": true, "proxyMetadata": {"A": "b"}, "gatewayTopology": {"numTrustedProxies": 1}})",
    R"([)",
    R"({})",
    R"([1])",
    R"({"a":)",
    R"(null)",
    R"("x")"};

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return text.ends_with(ending); });
}

/// Puts a document together line by line.
class Writer {
 public:
  Writer(Dice& dice, std::string& out) : dice_(dice), out_(out) {}

  /// What stands behind `key:` or `- `, with the line's end.
  void value(const Type& type, std::string_view field, int depth) {
    if (depth > 12 || out_.size() > 6000 || dice_.one_in(60)) return scalar(random_scalar(field, dice_));
    if (field == "annotations" || field == "serviceAnnotations") return annotations(depth);
    if (ends_with_any(field, {"labels", "Labels"}) || (field == "selector" && type.shape == Shape::map)) return labels(depth);
    switch (type.shape) {
      case Shape::object:
      case Shape::root:
        return object(type, depth);
      case Shape::map:
        return map(*type.of, depth);
      case Shape::list:
        return list(*type.of, field, depth);
      case Shape::flag:
        return scalar(dice_.one_in(2) ? "true" : "false");
      case Shape::whole:
        return number(type, field);
      case Shape::number:
        return scalar("0.5");
      case Shape::word:
        return scalar(std::string(type.words[dice_.roll(type.size)]));
      case Shape::quantity:
        return scalar("100m");
      case Shape::duration:
      case Shape::gateway_duration:
        return scalar("10s");
      case Shape::any:
      case Shape::text:
      case Shape::int_or_text:
        break;
    }
    scalar(random_scalar(field, dice_));
  }

  void pair(std::string_view key, const Type& type, int depth) {
    indent(depth);
    out_ += key;
    out_ += ':';
    value(type, key, depth + 1);
  }
  void indent(int depth) { out_.append(static_cast<std::size_t>(depth) * 2, ' '); }
  void scalar(const std::string& text) { out_ += " " + text + "\n"; }

 private:
  void number(const Type& type, std::string_view field) {
    constexpr int ports[] = {80, 443, 8080, 8443, 15021, 30443};
    if (ends_with_any(field, {"port", "Port", "number"})) return scalar(std::to_string(dice_.pick(ports)));
    const auto low = std::max<std::int64_t>(type.low, -2), high = std::min<std::int64_t>(type.high, low + 200);
    scalar(std::to_string(low + static_cast<std::int64_t>(dice_.roll(static_cast<std::size_t>(high - low + 1)))));
  }
  /// At most a few of the fields that may be left out: large types would never end.
  bool wants(const Field& field, const Type& type) {
    if (field.use == Use::required) return !dice_.one_in(30);
    if (field.use != Use::optional) return dice_.one_in(60);
    return dice_.roll(type.size) < 4U;
  }
  void object(const Type& type, int depth) {
    const std::size_t before = out_.size();
    out_ += '\n';
    bool any = false;
    for (const Field& field : std::span(type.fields, type.size)) {
      if (!wants(field, type)) continue;
      pair(field.name, *field.type, depth);
      any = true;
    }
    if (any) return;
    out_.resize(before);
    out_ += " {}\n";
  }
  void map(const Type& of, int depth) {
    out_ += '\n';
    for (std::size_t i = 0, count = 1 + dice_.roll(2); i < count; ++i) pair(dice_.pick(names), of, depth);
  }
  void list(const Type& of, std::string_view field, int depth) {
    out_ += '\n';
    for (std::size_t i = 0, count = 1 + dice_.roll(2); i < count; ++i) {
      indent(depth);
      out_ += '-';
      const bool nested = of.shape == Shape::object || of.shape == Shape::map || of.shape == Shape::list || of.shape == Shape::root;
      value(of, field, nested ? depth + 1 : depth);
    }
  }
  void labels(int depth) {
    out_ += '\n';
    for (std::size_t i = 0, count = 1 + dice_.roll(3); i < count; ++i) {
      indent(depth);
      out_ += dice_.pick(label_keys);
      out_ += ":";
      scalar(std::string(dice_.pick(label_values)));
    }
  }
  void annotations(int depth) {
    out_ += '\n';
    for (std::size_t i = 0, count = 1 + dice_.roll(5); i < count; ++i) {
      const std::string key = random_annotation_key(dice_);
      indent(depth);
      out_ += key + ": '";
      for (const char c : random_annotation_value(key, dice_)) out_ += c == '\'' ? std::string("''") : std::string(1, c);
      out_ += "'\n";
    }
  }

  Dice& dice_;
  std::string& out_;
};

std::string of_grammar(const aws::Annotation& annotation, Dice& dice) {
  switch (annotation.grammar) {
    case aws::Grammar::boolean:
      return dice.one_in(2) ? "true" : "false";
    case aws::Grammar::integer:
      return std::to_string(dice.one_in(4) ? annotation.range.highest : std::max<std::int64_t>(annotation.range.lowest, 10));
    case aws::Grammar::word: {
      const std::string_view words = annotation.values;
      const std::size_t begin = words.rfind('|', dice.roll(words.size() + 1));
      const std::string_view rest = begin == std::string_view::npos ? words : words.substr(begin + 1);
      return std::string(rest.substr(0, rest.find('|')));
    }
    case aws::Grammar::json:
      return std::string(dice.pick(json_values));
    case aws::Grammar::map:
      return format("{}={},idle_timeout.timeout_seconds=60", dice.pick(texts), dice.pick(texts));
    case aws::Grammar::list:
      return format("{}, {}", dice.pick(texts), dice.pick(texts));
    case aws::Grammar::text:
      break;
  }
  return std::string(dice.pick(texts));
}

}  // namespace

std::string random_scalar(std::string_view field, Dice& dice) {
  if (dice.one_in(12)) return std::string(dice.pick(odd));
  if (ends_with_any(field, {"amespace", "amespaces", "exportTo"})) return std::string(dice.pick(namespaces));
  if (ends_with_any(field, {"host", "hosts", "hostnames", "gateways", "addresses", "egress"})) return std::string(dice.pick(hosts));
  if (ends_with_any(field, {"lassName"})) return std::string(dice.pick(class_names));
  if (ends_with_any(field, {"ame", "names", "subset", "ervice", "account"})) return std::string(dice.pick(names));
  if (ends_with_any(field, {"ort"})) return dice.one_in(3) ? "http" : "8080";
  return std::string(dice.pick(texts));
}

std::string random_annotation_key(Dice& dice) {
  const auto family = [&](std::string key) { return key.ends_with('.') ? key + "old" : key; };
  switch (dice.roll(4)) {
    case 0:
      return family(format("{}{}", nlb::prefix, dice.pick(nlb::annotations()).suffix));
    case 1:
      return std::string(dice.pick(istio::annotations()).name);
    default:
      return family(format("{}{}", alb::prefix, dice.pick(alb::annotations()).suffix));
  }
}

std::string random_annotation_value(std::string_view key, Dice& dice) {
  if (dice.one_in(8)) return std::string(dice.pick(json_values));
  if (dice.one_in(8)) return std::string(dice.pick(texts));
  if (key.starts_with(alb::prefix)) {
    if (const auto* row = alb::find(key.substr(alb::prefix.size()))) return of_grammar(*row, dice);
  }
  if (key.starts_with(nlb::prefix)) {
    if (const auto* row = nlb::find(key.substr(nlb::prefix.size()))) return of_grammar(*row, dice);
  }
  constexpr std::string_view values[] = {"true", "false",      "REDIRECT", "TPROXY", "NONE", "8080,9090",
                                         "*",    "10.0.0.0/8", "100m",     "eth0",   "-1",   "x"};
  return std::string(dice.pick(values));
}

std::string_view random_field(Dice& dice) {
  const auto& group = dice.pick(fields::all_tables());
  const Type* type = &dice.pick(group).root;
  std::string_view name = "spec";
  for (std::size_t steps = 1 + dice.roll(8); steps > 0; --steps) {
    while (type->of != nullptr) type = type->of;
    if (type->size == 0 || type->fields == nullptr) break;
    const Field& field = type->fields[dice.roll(type->size)];
    name = field.name;
    type = field.type;
  }
  return name;
}

std::string random_manifest(Dice& dice) {
  const fields::Table& table = dice.pick(dice.pick(fields::all_tables()));
  std::string out = format("apiVersion: {}\nkind: {}\nmetadata:\n  name: {}\n", table.api_version, info(table.kind).name, dice.pick(names));
  Writer writer(dice, out);
  if (info(table.kind).scope == Scope::namespaced && !dice.one_in(6)) out += format("  namespace: {}\n", dice.pick(namespaces));
  if (!dice.one_in(3)) writer.pair("labels", fields::text, 1);
  if (!dice.one_in(3)) writer.pair("annotations", fields::text, 1);
  for (const Field& field : std::span(table.root.fields, table.root.size)) {
    if (!dice.one_in(field.use == Use::required || field.name == "spec" ? 30 : 2)) writer.pair(field.name, *field.type, 0);
  }
  return out;
}

}  // namespace hop::fuzz
