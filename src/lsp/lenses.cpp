// What reaches a resource, above it: who refers to it, and whether requests get to it encrypted.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "lsp/asked.h"
#include "lsp/show_trace.h"
#include "report/wording.h"
#include "text/format.h"

namespace hop::lsp {
namespace {

/// Of a resource with many hosts only these are followed.
constexpr std::size_t most_hosts = 20;

constexpr std::string_view shows_references = "hoplint.showReferences", shows_trace = "hoplint.showTrace";

std::string plural_of(std::string_view kind) {
  if (kind.ends_with('y')) return format("{}ies", kind.substr(0, kind.size() - 1));
  return format("{}{}", kind, kind.ends_with('s') ? "es" : "s");
}

class Lenses {
 public:
  Lenses(const Asked& asked, const Target& target) : asked_(asked), target_(target), root_(target.spot.live()), graph_(root_.graph()) {}

  Json run() {
    for (const Resource* resource : asked_.relations.resources(root_, target_.file())) {
      add_referrers(*resource);
      add_encryption(*resource);
    }
    return lenses_;
  }

 private:
  void add(const Resource& resource, const std::string& title, std::string_view command, const Json& arguments) {
    const bool known = asked_.client.commands.contains(std::string(command));
    const Json shown =
        known ? Json{{"title", title}, {"command", command}, {"arguments", arguments}} : Json{{"title", title}, {"command", ""}};
    lenses_.push_back(Json{{"range", range_of(asked_, root_, name_place(resource))}, {"command", shown}});
  }

  /// "reached by 2 Ingresses, 1 VirtualService": of each kind as many objects, however often they name it.
  void add_referrers(const Resource& resource) {
    std::map<std::string_view, std::set<const Resource*>> by_kind;
    Json locations = Json::list();
    for (const Edge* edge : graph_.to(resource)) {
      by_kind[edge->from->kind_name].insert(edge->from);
      if (const auto location = location_json(asked_, root_, edge->place.span())) locations.push_back(*location);
    }
    if (by_kind.empty()) return;
    std::string text;
    for (const auto& [kind, all] : by_kind) {
      text += (text.empty() ? "" : ", ") + counted(all.size(), kind, plural_of(kind));
    }
    const Span place = name_place(resource);
    const std::string verb = resource.kind == Kind::service ? "reached by " : "used by ";
    const Json arguments =
        Json::list(std::vector<Json>{asked_.params["textDocument"]["uri"].str(),
                                     position_json(root_.text(place.file), root_.here(place).begin, asked_.client.unit), locations});
    add(resource, verb + text, shows_references, arguments);
  }

  void add_encryption(const Resource& resource) {
    const auto hosts = hosts_of(resource);
    HostVerdict worst;
    std::string_view where;
    std::size_t chains = 0;
    worst.encrypted = Truth::yes;
    for (std::size_t i = 0; i < std::min(hosts.size(), most_hosts); ++i) {
      HostVerdict one = judge_host(asked_, root_, hosts[i]);
      if (one.chains == 0) continue;
      chains += one.chains;
      const bool is_worse = one.verdict > worst.verdict || (one.verdict == worst.verdict && one.encrypted < worst.encrypted);
      if (is_worse || where.empty()) where = hosts[i];
      if (is_worse) worst = std::move(one);
    }
    if (chains == 0) return;
    const Json arguments = Json::list(std::vector<Json>{asked_.params["textDocument"]["uri"].str(), where});
    add(resource, words_of(worst), shows_trace, arguments);
  }

  static std::string words_of(const HostVerdict& verdict) {
    if (verdict.verdict == Verdict::broken) return format("requests break{}", verdict.why.empty() ? "" : ": " + verdict.why);
    if (verdict.encrypted == Truth::yes) return "encrypted on every hop";
    if (verdict.encrypted == Truth::unknown) return "not known to be encrypted on every hop";
    return format("not encrypted on every hop{}", verdict.why.empty() ? "" : ": " + verdict.why);
  }

  const Asked& asked_;
  const Target& target_;
  const LiveRoot& root_;
  const Graph& graph_;
  Json lenses_ = Json::list();
};

}  // namespace

Answer lenses(const Asked& asked) {
  const auto target = file_of(asked);
  if (!target || !asked.workspace.user_settings().code_lens) return Json::null();
  return Lenses(asked, *target).run();
}

}  // namespace hop::lsp
