// Resources and their parts as symbols, of one document and of everything.

#include <algorithm>
#include <string>

#include "lsp/asked.h"
#include "model/broken.h"
#include "text/format.h"
#include "text/words.h"

namespace hop::lsp {
namespace {

// Source: LSP 3.17, SymbolKind.
constexpr int symbol_class = 5, symbol_field = 8;

constexpr std::size_t most_symbols = 500;

/// The parts that people look for.
struct Part {
  std::string name;
  yaml::Node node;
};

std::string named(std::string_view what, yaml::Node name, std::size_t position) {
  return name.str().empty() ? format("{} {}", what, position) : format("{} {}", what, name.str());
}

std::vector<Part> parts_of(const Resource& resource) {
  std::vector<Part> parts;
  const auto add = [&](std::string_view what, yaml::Node list, std::string_view name_key) {
    std::size_t position = 0;
    for (yaml::Node item : list.items()) {
      yaml::Node name = item;
      for (const std::string_view key : split_list(name_key, '.')) name = name[key];
      parts.push_back({named(what, name, ++position), item});
    }
  };
  const yaml::Node spec = resource.spec();
  if (resource.kind == Kind::virtual_service) {
    for (const char* kind : {"http", "tls", "tcp"}) add(kind, spec[kind], "name");
  }
  if (resource.kind == Kind::destination_rule) add("subset", spec["subsets"], "name");
  if (resource.kind == Kind::gateway) add("server", spec["servers"], "port.name");
  if (resource.kind == Kind::service) add("port", spec["ports"], "name");
  if (resource.kind == Kind::ingress) add("host", spec["rules"], "host");
  return parts;
}

/// Whether the letters of `query` occur in this order, case aside.
bool is_subsequence(std::string_view query, std::string_view text) {
  std::size_t at = 0;
  for (const char c : text) {
    if (at < query.size() && c == query[at]) ++at;
  }
  return at == query.size();
}

/// Both in lower case; a run of letters is better than scattered ones.
int rank(std::string_view query, std::string_view text) {
  const std::size_t at = text.find(query);
  if (at == std::string_view::npos) return 2;
  return at == 0 || text[at - 1] == ' ' || text[at - 1] == '/' ? 0 : 1;
}

Json nested(const Asked& asked, const LiveRoot& root, const Resource& resource) {
  Json children = Json::list();
  for (const Part& part : parts_of(resource)) {
    const Json range = range_of(asked, root, part.node.span());
    children.push_back(Json{{"name", part.name}, {"kind", symbol_field}, {"range", range}, {"selectionRange", range}});
  }
  const Span whole = resource.root.span(), name = name_place(resource);
  const bool inside = whole.begin <= name.begin && name.end <= whole.end;
  return Json{{"name", title(resource)},
              {"kind", symbol_class},
              {"range", range_of(asked, root, whole)},
              {"selectionRange", range_of(asked, root, inside ? name : whole)},
              {"children", children}};
}

}  // namespace

Answer document_symbols(const Asked& asked) {
  const auto target = file_of(asked);
  if (!target) return Json::null();
  const LiveRoot& root = target->spot.live();
  Json list = Json::list();
  for (const Resource* resource : asked.relations.resources(root, target->file())) {
    if (asked.client.nested_symbols) {
      list.push_back(nested(asked, root, *resource));
    } else if (const auto location = location_json(asked, root, resource->root.span())) {
      list.push_back(Json{{"name", title(*resource)}, {"kind", symbol_class}, {"location", *location}});
    }
  }
  return list;
}

Answer workspace_symbols(const Asked& asked) {
  std::string query = lower(asked.params["query"].str());
  std::erase(query, ' ');
  struct Hit {
    int rank;
    std::string title;
    const LiveRoot* root;
    const Resource* resource;
  };
  std::vector<Hit> hits;
  for (const Root& root : asked.workspace.roots()) {
    if (!root.live->run().graph) continue;
    for (const Resource& resource : root.live->graph().resources()) {
      if (!is_written(resource) || resource.name.empty()) continue;
      std::string name = title(resource);
      const std::string folded = lower(name);
      if (is_subsequence(query, folded)) hits.push_back({rank(query, folded), std::move(name), root.live.get(), &resource});
    }
  }
  std::ranges::stable_sort(hits, {}, &Hit::rank);
  if (hits.size() > most_symbols) hits.resize(most_symbols);
  Json list = Json::list();
  for (const Hit& hit : hits) {
    if (const auto location = location_json(asked, *hit.root, name_place(*hit.resource))) {
      list.push_back(Json{{"name", hit.title}, {"kind", symbol_class}, {"location", *location}});
    }
  }
  return list;
}

}  // namespace hop::lsp
