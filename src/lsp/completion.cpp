// Names that exist among the manifests, where one of them is being written; annotations of load balancers; rules in suppressions. Fields
// and their values are left to servers that know the schema.

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "engine/select.h"
#include "lsp/asked.h"
#include "lsp/text_path.h"
#include "lsp/uri.h"
#include "model/aws/annotations.h"
#include "model/broken.h"
#include "model/host.h"
#include "model/k8s/views.h"
#include "text/format.h"
#include "text/words.h"

namespace hop::lsp {
namespace {

constexpr std::size_t most_items = 500;

// Source: LSP 3.17, CompletionItemKind.
constexpr int kind_property = 10, kind_value = 12, kind_reference = 18;

struct Item {
  std::string text;
  std::string detail;
  int kind = kind_reference;
  bool own = true;  ///< of the same namespace: first
};

class Completion {
 public:
  Completion(const Graph& graph, TextPath path) : graph_(graph), path_(std::move(path)), where_(path_.joined()) {}

  std::vector<Item> run() {
    if (path_.in_comment) {
      add_rules();
    } else if (ends_with("annotations.") || (path_.keys.size() >= 2 && path_.keys[path_.keys.size() - 2] == "annotations")) {
      add_annotations();
    } else if (!path_.on_key) {
      add_names();
    }
    return std::move(items_);
  }

  const TextPath& path() const { return path_; }

 private:
  bool ends_with(std::string_view suffix) const { return where_.ends_with(suffix); }
  bool is_kind(std::string_view kind) const { return path_.kind == kind; }
  std::string_view last_key() const {
    for (std::size_t i = path_.keys.size(); i-- > 0;) {
      if (path_.keys[i] != "[]") return path_.keys[i];
    }
    return {};
  }

  void add(std::string text, std::string detail, bool own = true, int kind = kind_reference) {
    if (!text.empty() && seen_.insert(text).second) items_.push_back({std::move(text), std::move(detail), kind, own});
  }

  template <class Use>
  void each(Kind kind, Use use) const {
    for (const Resource* resource : graph_.of(kind)) {
      if (!resource->name.empty() && resource->name_known) use(*resource);
    }
  }
  bool is_own(const Resource& resource) const { return resource.ns == path_.ns || resource.ns.empty(); }

  /// Objects of the document's own namespace.
  void add_own(Kind kind) {
    each(kind, [&](const Resource& resource) {
      if (is_own(resource)) add(std::string(resource.name), title(resource));
    });
  }

  void add_names() {
    const std::string_view key = last_key();
    if (key == "gateways" && is_kind("VirtualService")) return add_gateways();
    if (key == "host" && (ends_with("destination.host") || ends_with("mirror.host") || is_kind("DestinationRule"))) return add_hosts();
    if (key == "subset") return add_subsets();
    if (ends_with("destination.port.number") || ends_with("mirror.port.number")) return add_ports(service_of_destination(2), true);
    if (is_kind("Ingress")) add_ingress();
    if (key == "credentialName" || key == "credentialNames" || key == "secretName" || ends_with("secretKeyRef.name") ||
        ends_with("secretRef.name")) {
      return add_secrets(key.starts_with("credentialName"));
    }
    if (ends_with("configMapKeyRef.name") || ends_with("configMapRef.name") || ends_with("configMap.name"))
      return add_own(Kind::config_map);
    if (key == "serviceAccountName") return add_own(Kind::service_account);
    if (key == "namespace") return add_namespaces();
    if (ends_with("delegate.name")) return add_own(Kind::virtual_service);
    if (ends_with("serviceRef.name") || (key == "serviceName" && is_kind("StatefulSet"))) return add_own(Kind::service);
    if (ends_with("spec.hosts[]") && (is_kind("VirtualService"))) return add_served_hosts();
  }

  void add_gateways() {
    for (const Kind kind : {Kind::gateway, Kind::k8s_gateway}) {
      each(kind, [&](const Resource& resource) {
        add(is_own(resource) ? std::string(resource.name) : format("{}/{}", resource.ns, resource.name), title(resource), is_own(resource));
      });
    }
    add("mesh", "all sidecars of the mesh", false, kind_value);
  }

  void add_hosts() {
    each(Kind::service, [&](const Resource& resource) {
      add(is_own(resource) ? std::string(resource.name) : format("{}.{}.svc.{}", resource.name, resource.ns, graph_.cluster_domain()),
          title(resource), is_own(resource));
    });
    for (const ServiceEntry& entry : graph_.all<ServiceEntry>()) {
      for (yaml::Node host : entry.hosts()) add(std::string(host.str()), title(*entry), false);
    }
  }

  /// Any resource of the document's namespace will do to look from.
  const Resource* seeker() const {
    for (const Resource& resource : graph_.resources()) {
      if (is_written(resource) && resource.ns == path_.ns && !resource.cluster_scoped()) return &resource;
    }
    return graph_.resources().empty() ? nullptr : &graph_.resources().front();
  }

  /// The `host` beside the key, or beside the mapping that is `up` keys above it.
  std::string_view destination_host(std::size_t up) const {
    return path_.keys.size() < up ? std::string_view{} : path_.sibling(path_.keys.size() - up, "host");
  }

  const Resource* service_of_destination(std::size_t up) const {
    const Resource* from = seeker();
    const std::string_view host = destination_host(up);
    if (from == nullptr || host.empty()) return nullptr;
    const Lookup found = graph_.find_host(*from, host);
    return found.target != nullptr && found.target->kind == Kind::service ? found.target : nullptr;
  }

  void add_subsets() {
    const Resource* from = seeker();
    const std::string_view host = destination_host(1);
    if (from == nullptr || host.empty()) return;
    const SharedRules shared = graph_.destination_rules(*from, host);
    const HostRules& rules = *shared;
    for (const auto* list : {&rules.exact, &rules.wide}) {
      for (const DestinationRule& rule : *list) {
        for (yaml::Node subset : rule.subsets()) add(std::string(subset["name"].str()), title(*rule));
      }
    }
  }

  void add_ports(const Resource* service, bool numbers) {
    if (service == nullptr) return;
    for (yaml::Node port : Service(*service).ports()) {
      const yaml::Node number = port["port"], name = port["name"];
      add(std::string(numbers ? number.str() : name.str()), format("{}, {}", title(*service), numbers ? name.str() : number.str()), true,
          kind_value);
    }
  }

  void add_ingress() {
    if (ends_with("backend.service.name") || ends_with("defaultBackend.service.name") || ends_with("backend.serviceName"))
      add_own(Kind::service);
    if (ends_with("ingressClassName")) each(Kind::ingress_class, [&](const Resource& one) { add(std::string(one.name), title(one)); });
    const bool number = ends_with("service.port.number"), name = ends_with("service.port.name");
    if (!number && !name) return;
    const std::string_view service = path_.sibling(path_.keys.size() - 2, "name");
    each(Kind::service, [&](const Resource& one) {
      if (is_own(one) && one.name == service) add_ports(&one, number);
    });
  }

  void add_secrets(bool anywhere) {
    for (const Kind kind : SecretProvider::kinds()) {
      for (const Resource* resource : graph_.of(kind)) {
        const yaml::Node name = SecretProvider(*resource).secret_name();
        if (anywhere || is_own(*resource)) add(std::string(name.str()), title(*resource), is_own(*resource));
      }
    }
  }

  void add_namespaces() {
    each(Kind::namespace_, [&](const Resource& resource) { add(std::string(resource.name), title(resource)); });
    for (const Resource& resource : graph_.resources()) {
      if (resource.ns_known) add(std::string(resource.ns), "namespace of other objects", false);
    }
  }

  void add_served_hosts() {
    for (const Gateway& gateway : graph_.all<Gateway>()) {
      for (yaml::Node server : gateway.servers()) {
        for (yaml::Node host : GatewayServer{server}.hosts()) {
          const std::string_view name = gateway_host(host.str()).host;
          if (!is_wildcard(name)) add(std::string(name), title(*gateway));
        }
      }
    }
  }

  void add_annotations() {
    if (!is_kind("Ingress") && !is_kind("Service")) return;
    if (path_.on_key) {
      add_keys(alb::annotations(), alb::prefix, is_kind("Service"));
      if (is_kind("Service")) add_keys(nlb::annotations(), nlb::prefix, false);
      return;
    }
    const std::string_view key = path_.keys.back();
    const aws::Annotation* row = nullptr;
    if (key.starts_with(alb::prefix)) row = alb::find(key.substr(alb::prefix.size()));
    if (key.starts_with(nlb::prefix) && is_kind("Service")) row = nlb::find(key.substr(nlb::prefix.size()));
    if (row != nullptr) add_values(*row);
  }

  void add_keys(std::span<const aws::Annotation> table, std::string_view prefix, bool of_services) {
    for (const aws::Annotation& row : table) {
      if (of_services && row.reach != aws::Reach::ingress_and_service) continue;
      if (!row.instead.empty()) continue;
      const std::string detail = row.fallback.empty() ? std::string() : format("absent means {}", row.fallback);
      add(format("{}{}", prefix, row.suffix), detail, true, kind_property);
    }
  }

  void add_values(const aws::Annotation& row) {
    if (row.grammar == aws::Grammar::boolean) {
      for (const char* word : {"\"true\"", "\"false\""}) add(word, "", true, kind_value);
    }
    if (row.grammar != aws::Grammar::word) return;
    for (const std::string_view word : split_list(row.values, '|')) {
      add(std::string(word), word == row.fallback ? "also without the annotation" : "", true, kind_value);
    }
  }

  void add_rules() {
    for (const RuleInfo* rule : every_rule()) add(std::string(rule->id), std::string(rule->summary), true, kind_value);
  }

  const Graph& graph_;
  TextPath path_;
  std::string where_;
  std::vector<Item> items_;
  std::set<std::string> seen_;
};

bool is_for_us(const TextPath& path, const File& file) {
  if (!path.in_comment) return true;
  const std::string_view before = file.text().substr(0, path.begin);
  const std::size_t line = before.find_last_of("\r\n");
  const std::string_view comment = before.substr(line == std::string_view::npos ? 0 : line + 1);
  return comment.find("hoplint: allow") != std::string_view::npos && comment.find("--") == std::string_view::npos;
}

}  // namespace

/// From the newest text, whatever the graph has seen of it: it is being typed.
Answer completion(const Asked& asked) {
  const auto path = path_of_uri(asked.params["textDocument"]["uri"].str());
  const auto spot = path ? asked.workspace.find(*path) : std::nullopt;
  const Buffer* buffer = path ? asked.workspace.buffers().find(*path) : nullptr;
  if (!spot || buffer == nullptr) return Json::null();
  const File& file = *buffer->text;
  const std::uint32_t here = read_position(asked.params["position"], file, asked.client.unit);
  TextPath place = text_path(file.text(), here);
  // What the lines do not show, as an identity in braces, the graph has seen.
  const Resource* resource = resource_at(asked, spot->live(), spot->file->id, spot->file->map.back(here));
  if (resource != nullptr && place.kind.empty()) place.kind = resource->kind_name;
  if (resource != nullptr && place.ns.empty() && place.kind == resource->kind_name) place.ns = resource->ns;
  Completion work(spot->live().graph(), std::move(place));
  if (!is_for_us(work.path(), file)) return Json::null();
  std::vector<Item> items = work.run();
  std::ranges::stable_sort(items, {}, [](const Item& item) { return !item.own; });
  const bool more = items.size() > most_items;
  if (more) items.resize(most_items);
  const Json range = range_json(file, {FileId{0}, work.path().begin, work.path().end}, asked.client.unit);
  Json list = Json::list();
  for (const Item& item : items) {
    Json json{{"label", item.text},
              {"kind", item.kind},
              {"sortText", format("{}{}", item.own ? 0 : 1, item.text)},
              {"textEdit", Json{{"range", range}, {"newText", item.text}}}};
    if (!item.detail.empty()) json.add("detail", item.detail);
    list.push_back(json);
  }
  return Json{{"isIncomplete", more}, {"items", list}};
}

}  // namespace hop::lsp
