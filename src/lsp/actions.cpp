// What can be done about what stands at a place: fixes, suppressions, declaring things as known, all safe fixes at once.

#include <algorithm>
#include <span>
#include <string>

#include "engine/add_suppressions.h"
#include "engine/wanted_name.h"
#include "engine/yaml_writer.h"
#include "lsp/diagnostics.h"
#include "lsp/edits.h"
#include "lsp/fix_all.h"
#include "lsp/show_trace.h"
#include "lsp/uri.h"
#include "text/format.h"
#include "yaml/parse.h"

namespace hop::lsp {
namespace {

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

/// Whether anything in the file can be fixed safely.
bool has_safe_fix(const Target& target) {
  const auto is_safe = [](const Fix& fix) { return fix.safety == Safety::safe; };
  return std::ranges::any_of(target.spot.live().run().findings, [&](const Diagnostic& finding) {
    return finding.where.file == target.file() && !finding.suppressed && std::ranges::any_of(finding.fixes, is_safe);
  });
}

class Actions {
 public:
  Actions(const Asked& asked, Target target, std::uint32_t begin, std::uint32_t end)
      : asked_(asked), target_(target), root_(*target.spot.root), begin_(begin), end_(end) {}

  Json run() {
    if (wants("quickfix")) {
      for (const Diagnostic& finding : live().run().findings) {
        if (is_here(finding)) add_for(finding);
      }
      add_known();
    }
    if (wants("source.fixAll.hoplint")) add_fix_all();
    if (wants("hoplint.showTrace")) add_trace();
    return actions_;
  }

 private:
  const LiveRoot& live() const { return *root_.live; }

  /// `only` names kinds that are wanted with everything below them.
  bool wants(std::string_view kind) const {
    const auto& only = asked_.params["context"]["only"].items();
    return only.empty() || std::ranges::any_of(only, [&](const JsonValue& word) {
             return kind == word.str() || (kind.starts_with(word.str()) && kind.substr(word.str().size()).starts_with('.'));
           });
  }

  bool is_here(const Diagnostic& finding) const {
    if (finding.suppressed || finding.where.file != target_.file()) return false;
    const Span place = live().here(finding.where);
    return place.begin <= end_ && begin_ <= place.end;
  }

  void add(std::string title, std::string_view kind, const Diagnostic* finding, const Json& rest_name_value, std::string_view rest_name,
           bool preferred = false) {
    Json action{{"title", capitalised(std::move(title))}, {"kind", kind}};
    if (finding != nullptr) {
      const Found found{&root_, finding, false};
      action.add("diagnostics", Json::list(std::vector<Json>{diagnostic_json(asked_.workspace, asked_.client, found)}));
    }
    if (preferred && asked_.client.preferred_actions) action.add("isPreferred", true);
    action.add(rest_name, rest_name_value);
    actions_.push_back(action);
  }

  void add_for(const Diagnostic& finding) {
    bool first = true;
    for (const Fix& fix : finding.fixes) {
      EditBuilder edit(asked_.workspace, asked_.client);
      const bool unsafe = fix.safety == Safety::unsafe;
      if (fix.edits.empty() || !edit.add(live(), fix.edits)) continue;
      if (unsafe) edit.needs_confirmation("may change what happens in production");
      add(unsafe ? fix.title + " (may change what happens in production)" : fix.title, "quickfix", &finding, edit.json(), "edit",
          first && !unsafe);
      first = false;
    }
    add_suppression(finding);
  }

  void add_suppression(const Diagnostic& finding) {
    const SuppressWish wish{"", "", Severity::info};
    const auto fix = suppression_of(wish, live().run(), finding);
    EditBuilder edit(asked_.workspace, asked_.client);
    if (!fix || !edit.add(live(), fix->edits)) return;
    constexpr std::string_view asks = "hoplint.suppressWithReason";
    const std::string title = format("allow {} here, in a comment", finding.rule->id);
    if (asked_.client.commands.contains(std::string(asks))) {
      const Json arguments = Json::list(std::vector<Json>{asked_.params["textDocument"]["uri"].str(), finding.fingerprint});
      add(title, "quickfix", &finding, Json{{"title", title}, {"command", asks}, {"arguments", arguments}}, "command");
    } else {
      add(title, "quickfix", &finding, edit.json(), "edit");
    }
  }

  /// References at this place that lead nowhere among the manifests.
  void add_known() {
    const Graph& graph = live().graph();
    const Resource* resource = resource_at(asked_, live(), target_.file(), target_.spot.file->map.back(begin_));
    if (resource == nullptr) return;
    for (const Edge* edge : graph.from(*resource)) {
      const Span place = live().here(edge->place.span());
      if (edge->to.found() || edge->place.span().file != target_.file() || place.begin > end_ || begin_ > place.end) continue;
      const KnownName known = wanted_name(*edge, graph.cluster_domain());
      if (!can_be_declared(known)) continue;
      EditBuilder edit(asked_.workspace, asked_.client);
      declare(known, edit);
      const std::string name = known.ns.empty() ? known.name : known.ns + "/" + known.name;
      if (!edit.empty()) add(format("declare {} `{}` as known", known.kind, name), "quickfix", nullptr, edit.json(), "edit");
    }
  }

  void declare(const KnownName& known, EditBuilder& edit) {
    const std::string path =
        root_.config.empty() ? join_path(root_.loose ? parent_path(root_.folder) : root_.folder, ".hoplint.yaml") : root_.config;
    const auto content = asked_.workspace.buffers().read(path, std::uint64_t{16} << 20U);
    if (!content) {
      if (asked_.client.creates_files) edit.create(path, known_yaml(std::span(&known, 1)));
      return;
    }
    const auto file = File::from_bytes(path, *content);
    const yaml::Document document(yaml::parse(file->text(), file), FileId{0}, 0);
    if (!document.tree().problems.empty()) return;
    add_to_list(known, *file, document.root()["known"], edit);
  }

  static void add_to_list(const KnownName& known, const File& file, yaml::Node list, EditBuilder& edit) {
    const std::string word = format("{} {}{}{}", known.kind, known.ns, known.ns.empty() ? "" : "/", known.name);
    const auto end = static_cast<std::uint32_t>(file.text().size());
    const std::string gap = end == 0 || file.text().ends_with('\n') ? "" : "\n";
    if (!list) return edit.add(file, {FileId{0}, end, end}, gap + known_yaml(std::span(&known, 1)));
    if (!list.is_sequence() || list.via_alias() || list.size() == 0) return;
    const yaml::Node last = list[list.size() - 1];
    if (list.style() == yaml::Style::flow) return edit.add(file, {FileId{0}, last.span().end, last.span().end}, ", " + word);
    const Position at = file.position(list[std::size_t{0}].span().begin, ColumnUnit::byte);
    const std::string_view line = file.line(at.line);
    const std::size_t dash = line.find('-');
    if (dash == std::string_view::npos) return;
    const Position of_last = file.position(last.span().end, ColumnUnit::byte);
    const std::uint32_t behind = file.line_begin(of_last.line) + static_cast<std::uint32_t>(file.line(of_last.line).size());
    edit.add(file, {FileId{0}, behind, behind}, format("\n{}- {}", std::string(dash, ' '), word));
  }

  /// Only for a client that can show one.
  void add_trace() {
    constexpr std::string_view shows = "hoplint.showTrace";
    if (!asked_.client.commands.contains(std::string(shows))) return;
    const Resource* resource = resource_at(asked_, live(), target_.file(), target_.spot.file->map.back(begin_));
    if (resource == nullptr) return;
    for (const std::string_view host : hosts_of(*resource)) {
      const std::string title = format("show the way of requests for {}", host);
      const Json arguments = Json::list(std::vector<Json>{asked_.params["textDocument"]["uri"].str(), host});
      add(title, shows, nullptr, Json{{"title", title}, {"command", shows}, {"arguments", arguments}}, "command");
    }
  }

  void add_fix_all() {
    if (!has_safe_fix(target_)) return;
    const std::string path = asked_.workspace.buffers().absolute(target_.spot.file->found.path);
    const std::string title = "fix everything in this file that can be fixed safely";
    if (asked_.client.resolves_edits) {
      add(title, "source.fixAll.hoplint", nullptr, Json{{"fixAll", asked_.params["textDocument"]["uri"].str()}}, "data");
    } else {
      add(title, "source.fixAll.hoplint", nullptr, fix_all_json(asked_.workspace, asked_.client, root_, path), "edit");
    }
  }

  const Asked& asked_;
  Target target_;
  const Root& root_;
  std::uint32_t begin_, end_;  ///< in the newest text
  Json actions_ = Json::list();
};

}  // namespace

Answer code_actions(const Asked& asked) {
  const auto target = file_of(asked);
  if (!target) return Json::null();
  if (!asked.client.code_action_literals) {  // such a client takes commands only
    if (!has_safe_fix(*target)) return Json::list();
    const Json arguments = Json::list(std::vector<Json>{asked.params["textDocument"]["uri"].str()});
    return Json::list(std::vector<Json>{Json{
        {"title", "Fix everything in this file that can be fixed safely"}, {"command", Commands::fix_file}, {"arguments", arguments}}});
  }
  const auto [begin, end] = read_range(asked.params["range"], *target->spot.file->text, asked.client.unit);
  return Actions(asked, *target, begin, end).run();
}

Answer resolve_action(const Asked& asked) {
  const JsonValue& uri = asked.params["data"]["fixAll"];
  const auto path = path_of_uri(uri.str());
  const auto spot = path ? asked.workspace.find(*path) : std::nullopt;
  std::string action = asked.params.text();
  if (!spot || !action.ends_with('}')) return Json::verbatim(action);
  Json resolved = Json::verbatim(std::move(action));
  resolved.add("edit", fix_all_json(asked.workspace, asked.client, *spot->root, *path));
  return resolved;
}

}  // namespace hop::lsp
