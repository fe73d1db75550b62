// Renames what is named everywhere among the manifests, or says why that would not be safe.

#include <algorithm>
#include <string>

#include "lsp/edits.h"
#include "model/broken.h"
#include "model/host.h"
#include "text/format.h"
#include "text/words.h"

namespace hop::lsp {
namespace {

bool is_name_character(char c, bool dots) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || (dots && c == '.'); }

/// RFC 1123, as Kubernetes wants names.
bool is_name(std::string_view name, std::size_t most, bool dots) {
  if (name.empty() || name.size() > most || name.front() == '-' || name.back() == '-' || name.front() == '.' || name.back() == '.')
    return false;
  return std::ranges::all_of(name, [&](char c) { return is_name_character(c, dots); });
}

/// Services are host names; most other objects may have dots. Source: kubernetes.io/docs/concepts/overview/working-with-objects/names.
bool fits(const Symbol& symbol, std::string_view name) {
  switch (symbol.what) {
    case Symbol::What::object:
      return symbol.owner->kind == Kind::service ? is_name(name, 63, false) && !(name[0] >= '0' && name[0] <= '9')
                                                 : is_name(name, 253, true);
    case Symbol::What::secret:
    case Symbol::What::host:
    case Symbol::What::entry_host:
      return is_name(name.starts_with("*.") ? name.substr(2) : name, 253, true);
    case Symbol::What::service_port:
      return is_name(name, 63, false);
    case Symbol::What::container_port:
      return is_name(name, 15, false) && std::ranges::any_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
    case Symbol::What::subset:
    case Symbol::What::action:
      return is_name(name, 63, false);
    case Symbol::What::service_number:
      return false;
  }
  return false;
}

std::string what_it_is(const Symbol& symbol) {
  switch (symbol.what) {
    case Symbol::What::object:
      return title(*symbol.owner);
    case Symbol::What::secret:
      return "the Secret that " + title(*symbol.owner) + " makes";
    case Symbol::What::subset:
      return format("subset `{}`", symbol.name);
    case Symbol::What::service_port:
    case Symbol::What::container_port:
    case Symbol::What::service_number:
      return format("port `{}`", symbol.name);
    case Symbol::What::host:
    case Symbol::What::entry_host:
      return format("host `{}`", symbol.name);
    case Symbol::What::action:
      return format("action `{}`", symbol.name);
  }
  return {};
}

class Renaming {
 public:
  Renaming(const Asked& asked, const Target& target)
      : root_(target.spot.live()), graph_(root_.graph()), occurrences_(asked.relations.occurrences(root_)) {
    one_ = occurrences_.at(target.file(), target.offset);
    if (one_ != nullptr) all_ = occurrences_.same(*one_);
  }

  const LiveRoot& root() const { return root_; }
  const Occurrence* one() const { return one_; }
  const std::vector<const Occurrence*>& all() const { return all_; }
  std::string name() const { return std::string(one_->node.str().substr(part_begin(), one_->place.size())); }

  /// Why it cannot be renamed at all; "" if it can.
  std::string objection() const {
    if (one_ == nullptr) return "nothing that has a name of its own stands here";
    const Symbol& symbol = occurrences_.symbol(*one_);
    if (symbol.what == Symbol::What::service_number) return "a port's number is what clients connect to, not a name";
    if (symbol.what == Symbol::What::object) {
      if (const std::string why = objection_to_object(*symbol.owner); !why.empty()) return why;
    }
    bool defined = false;
    for (const Occurrence* each : all_) {
      defined = defined || each->defines;
      if (!each->verbatim)
        return format("{} is written at {} in a way that cannot be changed in place", what_it_is(symbol), place_text(root_, each->place));
      const bool parses = root_.stands(each->place) && !is_broken(*each->in);
      if (!parses) return format("the document at {} does not parse at the moment", place_text(root_, each->place));
      if (each->in->patched || !each->in->name_known || !each->in->ns_known) {
        return format("{} is changed by an overlay, which would go on using the old name", title(*each->in));
      }
    }
    if (!defined) return format("{} is not defined among these files", what_it_is(symbol));
    return {};
  }

  /// Why this name will not do; "" if it will.
  std::string objection_to(std::string_view name) const {
    const Symbol& symbol = occurrences_.symbol(*one_);
    if (!fits(symbol, name)) return format("`{}` is no name for {}", shorten(name), what_it_is(symbol));
    if (symbol.what == Symbol::What::object) {
      const Lookup taken = graph_.find(*symbol.owner, symbol.owner->kind, symbol.owner->ns, name);
      if (taken.found()) return format("{} exists already, at {}", title(*taken.target), place_text(root_, name_place(*taken.target)));
    }
    for (const Occurrence* each : all_) {
      if (each->defines && has_sibling(symbol, *each, name)) return format("{} has a `{}` already", title(*each->in), name);
    }
    if (symbol.what == Symbol::What::host && name_is_served(name))
      return format("host `{}` is served already: the two would become one", name);
    return {};
  }

 private:
  std::size_t part_begin() const { return one_->verbatim ? one_->place.begin - one_->node.text_span().begin : 0; }

  /// Things whose name reaches further than manifests show.
  std::string objection_to_object(const Resource& object) const {
    if (!object.linted() && !is_broken(object)) return format("{} is not among these files", title(object));
    if (object.kind == Kind::namespace_) return "a Namespace cannot be renamed: everything in it would have to move";
    if (object.kind == Kind::stateful_set) return "a StatefulSet's name is part of the names of its pods and volumes";
    if (object.kind == Kind::custom_resource_definition) return "a CustomResourceDefinition is called what its kind is";
    if (object.kind == Kind::service) return spelled_elsewhere(object);
    return {};
  }

  /// Clients call a Service by its name in their own settings, which nothing here follows.
  std::string spelled_elsewhere(const Resource& service) const {
    const std::string with_namespace = format("{}.{}", service.name, service.ns);
    const std::string as_url = format("//{}", service.name);
    for (const ReadFile& file : graph_.files()) {
      const std::string_view text = graph_.sources()[file.file].text();
      for (const std::string& word : {with_namespace, as_url}) {
        if (service.ns.empty() && word == with_namespace) continue;
        for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
          const auto offset = static_cast<std::uint32_t>(at + (word == as_url ? 2 : 0));
          const std::size_t behind = at + word.size();
          const bool whole_word =
              (at == 0 || !is_name_character(text[at - 1], true)) && (behind >= text.size() || !is_name_character(text[behind], false));
          const Occurrence* known = occurrences_.at(file.file, offset);
          if (!whole_word || (known != nullptr && &occurrences_.symbol(*known) == &occurrences_.symbol(*one_))) continue;
          return format("`{}` is also written at {}, where nothing says that it is this Service", word,
                        place_text(root_, {file.file, offset, offset}));
        }
      }
    }
    return {};
  }

  static bool has_sibling(const Symbol& symbol, const Occurrence& definition, std::string_view name) {
    if (symbol.what != Symbol::What::subset && symbol.what != Symbol::What::service_port) return false;
    const yaml::Node list = definition.in->spec()[symbol.what == Symbol::What::subset ? "subsets" : "ports"];
    for (yaml::Node item : list.items()) {
      if (item["name"].str() == name) return true;
    }
    return false;
  }

  bool name_is_served(std::string_view name) const {
    for (const Gateway& gateway : graph_.linted<Gateway>()) {
      for (yaml::Node node : gateway.servers()) {
        for (yaml::Node host : GatewayServer{node}.hosts()) {
          if (gateway_host(host.str()).host == name) return true;
        }
      }
    }
    return false;
  }

  const LiveRoot& root_;
  const Graph& graph_;
  const Occurrences& occurrences_;
  const Occurrence* one_ = nullptr;
  std::vector<const Occurrence*> all_;
};

}  // namespace

Answer prepare_rename(const Asked& asked) {
  const auto target = target_of(asked);
  if (!target) return Json::null();
  const Renaming renaming(asked, *target);
  if (renaming.one() == nullptr) return Json::null();
  if (std::string why = renaming.objection(); !why.empty()) return Failed{ErrorCode::request_failed, std::move(why)};
  return Json{{"range", range_of(asked, renaming.root(), renaming.one()->place)}, {"placeholder", renaming.name()}};
}

Answer rename(const Asked& asked) {
  const auto target = target_of(asked);
  if (!target) return Failed{ErrorCode::request_failed, "this file is none that is linted"};
  const Renaming renaming(asked, *target);
  const std::string name(asked.params["newName"].str());
  if (std::string why = renaming.objection(); !why.empty()) return Failed{ErrorCode::request_failed, std::move(why)};
  if (name == renaming.name()) return Json::null();
  if (std::string why = renaming.objection_to(name); !why.empty()) return Failed{ErrorCode::invalid_params, std::move(why)};
  EditBuilder edit(asked.workspace, asked.client);
  std::vector<Edit> edits;
  for (const Occurrence* each : renaming.all()) edits.push_back({each->place, name});
  if (!edit.add(renaming.root(), edits)) return Failed{ErrorCode::content_modified, "the documents were changed since"};
  return edit.json();
}

}  // namespace hop::lsp
