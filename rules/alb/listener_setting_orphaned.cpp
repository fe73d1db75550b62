// A setting for a listener that the Ingress does not open.
#include <algorithm>

#include "model/aws/annotations.h"
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Ports {
  std::vector<std::int64_t> http, https;
  void add(const Listener& listener) { (listener.https ? https : http).push_back(listener.port); }
  bool has(std::int64_t port) const {
    return std::find(http.begin(), http.end(), port) != http.end() || std::find(https.begin(), https.end(), port) != https.end();
  }
};

/// The ports that each member of a group opens itself, and those of all together.
struct GroupPorts {
  std::vector<Ports> own;
  Ports all;
};

GroupPorts ports_of(const IngressGroup& group) {
  GroupPorts ports{std::vector<Ports>(group.members.size()), {}};
  for (const Listener& listener : group.listeners) {
    ports.all.add(listener);
    for (const Listener::Source& source : listener.sources) ports.own[source.member].add(listener);
  }
  return ports;
}

class Check {
 public:
  Check(const AlbAnnotated& annotated, Report& report) : annotated_(annotated), report_(report) {}

  void mutual_authentication(const Ports& own) {
    const AlbAnnotation* annotation = annotated_.find("mutual-authentication");
    const auto document = annotation != nullptr && annotation->text().is_known() ? aws::json_in(annotation->value) : nullptr;
    if (document == nullptr) return;
    for (yaml::Node item : document->root().items()) {
      const yaml::Node node = aws::json_member(item, "port");
      const auto port = aws::json_integer(node);
      if (!port || std::find(own.https.begin(), own.https.end(), *port) != own.https.end()) continue;
      report_.at(*annotated_.resource, annotation->value, node.span(), format("the Ingress has no HTTPS listener on port {}", *port))
          .label("mutual authentication of no listener");
    }
  }

  /// `listener-attributes.HTTPS-443`.
  void attributes(const Ports& all) {
    for (const AlbAnnotation& annotation : annotated_.all) {
      if (annotation.row == nullptr || !annotation.suffix.starts_with("listener-attributes.")) continue;
      const std::string_view name = annotation.suffix.substr(annotation.suffix.find('.') + 1);
      const auto exists = [&](const std::vector<std::int64_t>& ports, std::string_view protocol) {
        return std::any_of(ports.begin(), ports.end(), [&](std::int64_t port) { return name == format("{}-{}", protocol, port); });
      };
      if (exists(all.http, "HTTP") || exists(all.https, "HTTPS")) continue;
      report_.at_key(*annotated_.resource, annotation.value, format("the load balancer has no listener `{}`", shorten(name)));
    }
  }

  void frontend_ports(const Ports& own) {
    const AlbAnnotation* annotation = annotated_.find("frontend-nlb-listener-port-mapping");
    if (annotation == nullptr || !annotation->text().is_known()) return;
    for (const auto& pair : aws::string_map(*annotation->text()).pairs) {
      const auto port = aws::parse_int(pair.value);
      if (!port || own.has(*port)) continue;
      report_.at(*annotated_.resource, annotation->value, annotation->value.part_span(pair.whole.begin, pair.whole.end),
                 format("the Ingress does not listen on port {}", *port));
    }
  }

 private:
  const AlbAnnotated& annotated_;
  Report& report_;
};

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    if (!group.known) continue;
    const GroupPorts ports = ports_of(group);
    for (std::size_t member = 0; member < group.members.size(); ++member) {
      const AlbAnnotated* annotated = graph.alb_annotated_of(*group.members[member].ingress);
      if (annotated == nullptr) continue;
      Check check(*annotated, report);
      check.mutual_authentication(ports.own[member]);
      check.frontend_ports(ports.own[member]);
      if (group.whole) check.attributes(ports.all);
    }
  }
}

}  // namespace

extern constinit const Rule alb_listener_setting_orphaned = {
    .info = {.id = "alb-listener-setting-orphaned",
             .summary = "an ALB Ingress sets something for a listener that it does not open",
             .docs =
                 "An entry of `mutual-authentication` holds for an HTTPS port of the same Ingress, `listener-attributes.HTTPS-443` for a "
                 "listener of exactly that protocol and port, `frontend-nlb-listener-port-mapping` for a listen port of the same Ingress. "
                 "Others are passed over.\n\nListener attributes are not judged where other members of the group may live outside the "
                 "manifests.",
             .effect = "the setting is ignored without a word: clients are not asked for a certificate, the attribute is not set",
             .source =
                 "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#mutual-authentication",
             .severity = Severity::warning,
             .ineffective = true},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
