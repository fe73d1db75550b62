// The listeners of a group: ports and protocols of its members, certificates, policies, and which rules stand on which listener.

#include <algorithm>
#include <map>
#include <set>

#include "graph/entry_build.h"
#include "model/aws/annotations.h"
#include "model/aws/values.h"

namespace hop {
namespace {

struct WantedPort {
  std::int64_t port = 0;
  bool https = false;
  yaml::Node node, overwrote;
};

bool names_certificates(const Setting& certificate) {
  return !certificate.known || certificate.node.is_sequence() || !aws::string_list(certificate.value).empty();
}

/// Ports of one Ingress. Nothing where `listen-ports` is a placeholder or the controller would refuse it.
class PortReader {
 public:
  PortReader(const GroupMember& member, Index& index)
      : annotation_(member.ingress->annotation(std::string(alb::prefix) + "listen-ports")), index_(index) {}

  /// `certificate` is what makes the default port HTTPS; absent if nothing does.
  std::optional<std::vector<WantedPort>> read(yaml::Node certificate) {
    const auto text = text_of(annotation_);
    const bool https = static_cast<bool>(certificate);
    if (text.is_absent()) return std::vector<WantedPort>{{https ? 443 : 80, https, https ? certificate : annotation_, {}}};
    const auto json = text.is_known() ? aws::json_in(annotation_) : nullptr;
    if (!json || json->root().size() == 0 || !json->root().is_sequence()) return std::nullopt;
    index_.documents.push_back(json);
    std::map<std::int64_t, WantedPort> ports;
    for (yaml::Node entry : json->root().items()) {
      for (const auto& [protocol, value] : entry.entries()) {
        const auto port = aws::json_integer(value);
        const bool tls = protocol.str() == "HTTPS";
        if (!port || *port < 1 || *port > 65535 || (!tls && protocol.str() != "HTTP")) return std::nullopt;
        const auto before = ports.find(*port);
        const yaml::Node overwrote = before == ports.end() ? yaml::Node{} : before->second.node;
        ports[*port] = {*port, tls, value, overwrote};
      }
    }
    std::vector<WantedPort> all;
    for (const auto& [number, port] : ports) all.push_back(port);
    return all;
  }

 private:
  yaml::Node annotation_;
  Index& index_;
};

bool superset(const std::vector<std::string_view>& wide, const std::vector<std::string_view>& narrow) {
  return std::all_of(narrow.begin(), narrow.end(),
                     [&](std::string_view one) { return std::find(wide.begin(), wide.end(), one) != wide.end(); });
}

std::vector<std::string_view> hosts_of(const ListenerRule& rule) {
  std::vector<std::string_view> hosts;
  for (yaml::Node host : rule.hosts) hosts.push_back(host.str());
  return hosts;
}

/// Whether the controller leaves a rule out because a redirect before it has all of its conditions.
bool redirected_before(const ListenerRule& redirect, const ListenerRule& rule) {
  if (redirect.narrowed || !redirect.known || !rule.known) return false;
  const bool hosts = redirect.hosts.empty() || (!rule.hosts.empty() && superset(hosts_of(redirect), hosts_of(rule)));
  const std::vector<std::string_view> wide(redirect.paths.begin(), redirect.paths.end());
  const std::vector<std::string_view> narrow(rule.paths.begin(), rule.paths.end());
  const bool all_paths = wide.empty() || std::find(wide.begin(), wide.end(), "/*") != wide.end();
  return hosts && (all_paths || (!narrow.empty() && superset(wide, narrow)));
}

/// Whether a redirect sends a request to where it came from.
bool redirects_to_itself(const ListenerRule& rule, const Listener& listener) {
  if (rule.action != ListenerRule::Action::redirect) return false;
  const Redirect to = redirect_of(rule);
  const auto stays = [](std::string_view value, std::string_view variable) { return value.empty() || value == variable; };
  const auto hosts = hosts_of(rule);
  return (stays(to.host, "#{host}") || std::find(hosts.begin(), hosts.end(), to.host) != hosts.end()) &&
         (stays(to.path, "/#{path}") || std::find(rule.paths.begin(), rule.paths.end(), to.path) != rule.paths.end()) &&
         (stays(to.port, "#{port}") || to.port == std::to_string(listener.port)) &&
         (stays(to.protocol, "#{protocol}") || to.protocol == (listener.https ? "HTTPS" : "HTTP")) && stays(to.query, "#{query}");
}

constexpr std::size_t compared_redirects = 50;  ///< of one listener; more are not looked at

class ListenerBuilder {
 public:
  ListenerBuilder(const Controller& controller, IngressGroup& group, Index& index)
      : controller_(controller), group_(group), index_(index) {}

  void run() {
    for (std::uint32_t i = 0; i < group_.members.size(); ++i) open_for(i);
    read_redirect();
    for (auto& [port, listener] : listeners_) {
      if (listener.https && listener.ssl_policy.set_by == nullptr) listener.ssl_policy = controller_.ssl_policy;
      place_rules(listener);
      group_.listeners.push_back(std::move(listener));
    }
  }

 private:
  Setting read(std::uint32_t member, std::string_view suffix) const {
    return effective(controller_, group_.members[member], suffix, nullptr);
  }

  void open_for(std::uint32_t member) {
    const Setting certificate = read(member, "certificate-arn");
    const bool named = names_certificates(certificate);
    const Setting made = read(member, "create-acm-cert");
    const yaml::Node certificate_node = named ? certificate.node : made.is("true") ? made.node : yaml::Node{};
    const auto ports = PortReader(group_.members[member], index_).read(certificate_node);
    if (!ports) group_.known = false;
    for (const WantedPort& wanted : ports.value_or(std::vector<WantedPort>{})) {
      Listener& listener = listeners_[wanted.port];
      const Listener::Source source{member, wanted.node, wanted.overwrote};
      if (listener.sources.empty()) {
        listener.port = wanted.port;
        listener.https = wanted.https;
      } else if (listener.https != wanted.https) {
        listener.conflicting.push_back(source);
        continue;
      }
      listener.sources.push_back(source);
      if (!wanted.https) continue;
      if (named) listener.certificates.push_back(certificate);
      listener.discovers = listener.discovers || !named;
      if (listener.ssl_policy.set_by == nullptr) listener.ssl_policy = read(member, "ssl-policy");
    }
  }

  void read_redirect() {
    for (std::uint32_t i = 0; i < group_.members.size() && group_.ssl_redirect.set_by == nullptr; ++i) {
      group_.ssl_redirect = read(i, "ssl-redirect");
    }
    if (group_.ssl_redirect.set_by == nullptr) return;
    group_.redirect_port = aws::parse_int(group_.ssl_redirect.value, 32);
    // A word in the class's parameters switches it off without a complaint; in an annotation it stops the controller.
    if (!group_.ssl_redirect.known || (!group_.redirect_port && group_.ssl_redirect.from(Kind::ingress))) group_.known = false;
  }

  void place_rules(Listener& listener) {
    listener.redirects = !listener.https && group_.redirect_port.has_value();
    if (listener.redirects) return;
    std::set<std::uint32_t> members;
    for (const Listener::Source& source : listener.sources) members.insert(source.member);
    std::vector<std::uint32_t> redirects;
    for (std::uint32_t i = 0; i < group_.rules.size(); ++i) {
      const ListenerRule& rule = group_.rules[i];
      if (!members.contains(rule.member)) continue;
      if (rule.fallback) {
        listener.fallbacks.push_back(i);
      } else if (!redirects_to_itself(rule, listener)) {
        place(listener, i, redirects);
      }
    }
  }

  void place(Listener& listener, std::uint32_t at, std::vector<std::uint32_t>& redirects) {
    const ListenerRule& rule = group_.rules[at];
    const auto before = std::find_if(redirects.begin(), redirects.end(),
                                     [&](std::uint32_t redirect) { return redirected_before(group_.rules[redirect], rule); });
    if (before != redirects.end()) {
      listener.left_out.push_back({at, *before});
      return;
    }
    listener.rules.push_back(at);
    if (rule.action == ListenerRule::Action::redirect && redirects.size() < compared_redirects) redirects.push_back(at);
  }

  const Controller& controller_;
  IngressGroup& group_;
  Index& index_;
  std::map<std::int64_t, Listener> listeners_;
};

}  // namespace

void open_listeners(const Controller& controller, IngressGroup& group, Index& index) { ListenerBuilder(controller, group, index).run(); }

}  // namespace hop
