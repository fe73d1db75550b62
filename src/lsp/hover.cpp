// What stands at a place and what follows from it: findings with their rules, what a reference resolves to, settings in force, the way of a
// host's requests. Fields and their schema are left to servers that know nothing else.

#include <algorithm>
#include <string>
#include <vector>

#include "engine/select.h"
#include "engine/wanted_name.h"
#include "graph/subsets.h"
#include "graph/target_port.h"
#include "lsp/diagnostics.h"
#include "lsp/show_trace.h"
#include "model/aws/annotations.h"
#include "model/host.h"
#include "report/uri.h"
#include "text/format.h"
#include "text/unicode.h"
#include "text/words.h"

namespace hop::lsp {
namespace {

constexpr std::size_t most_findings = 3, most_pods = 5;

/// Text of manifests inside Markdown: nothing in it may end the code it stands in or steer a terminal.
std::string code(std::string_view text) {
  std::string shown = escape_controls(shorten(text, 200));
  std::ranges::replace(shown, '`', '\'');
  return "`" + shown + "`";
}

std::string first_paragraph(std::string_view text) { return std::string(text.substr(0, text.find("\n\n"))); }

std::string rule_text(const RuleInfo& rule) {
  return format("**{}**: {}\n\n{}\n\nEffect: {}\n\n[{}]({})", rule.id, rule.summary, first_paragraph(rule.docs), rule.effect,
                "more about this rule", rule_page_uri(rule.id));
}

class Hover {
 public:
  Hover(const Asked& asked, const Target& target) : asked_(asked), target_(target), root_(target.spot.live()), graph_(root_.graph()) {}

  std::string run() {
    add_findings();
    add_suppression();
    const Resource* resource = resource_at(asked_, root_, target_.file(), target_.offset);
    if (resource == nullptr) return text_;
    const NodeAt at = node_at(resource->root, target_.offset);
    add_occurrence();
    add_unresolved(*resource);
    add_annotation(*resource, at);
    add_mtls(*resource, at);
    return text_;
  }

 private:
  void add(const std::string& paragraph) {
    if (!text_.empty()) text_ += "\n\n---\n\n";
    text_ += paragraph;
  }

  std::string where(Span place) const {
    const std::string text = place_text(root_, place);
    return text.empty() ? std::string() : ", " + escape_controls(text);
  }
  std::string named(const Resource& resource) const { return code(title(resource)) + where(name_place(resource)); }

  void add_findings() {
    std::size_t shown = 0;
    const auto add_one = [&](const Diagnostic& finding, Span here) {
      const bool inside = !finding.suppressed && here.file == target_.file() && here.begin <= target_.here && target_.here <= here.end;
      if (!inside || ++shown > most_findings) return;
      add(escape_controls(finding.message) + "\n\n" + rule_text(*finding.rule));
    };
    for (const Diagnostic& finding : root_.run().findings) {
      if (finding.where.file == target_.file()) add_one(finding, root_.here(finding.where));
    }
    for (const Diagnostic& finding : target_.spot.file->broken) add_one(finding, finding.where);
  }

  /// A rule's id in a comment of ours.
  void add_suppression() {
    const File& file = *target_.spot.file->text;
    const Position at = file.position(target_.here, ColumnUnit::byte);
    const std::string_view line = file.line(at.line);
    if (line.find("hoplint:") == std::string_view::npos && line.find("hoplint.dev/allow") == std::string_view::npos) return;
    const auto is_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; };
    std::size_t begin = std::min<std::size_t>(at.column - 1, line.size()), end = begin;
    while (begin > 0 && is_word(line[begin - 1])) --begin;
    while (end < line.size() && is_word(line[end])) ++end;
    const std::string_view word = line.substr(begin, end - begin);
    for (const RuleInfo* rule : every_rule()) {
      if (!word.empty() && names_rule(word, *rule) >= Naming::alias) return add(rule_text(*rule));
    }
  }

  void add_occurrence() {
    const Occurrences& occurrences = asked_.relations.occurrences(root_);
    const Occurrence* one = occurrences.at(target_.file(), target_.offset);
    if (one == nullptr) return;
    const Symbol& symbol = occurrences.symbol(*one);
    const auto all = occurrences.same(*one);
    const auto definitions = std::ranges::count_if(all, [](const Occurrence* each) { return each->defines; });
    std::string text = describe(symbol, *one);
    const auto references = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(all.size()) - definitions);
    if (one->defines)
      text += format("\n\n{}", references == 0 ? "nothing refers to it"
                                               : format("{} {} it", references, references == 1 ? "place names" : "places name"));
    add(text);
    if (symbol.what == Symbol::What::host) add_trace(symbol.name);
  }

  std::string describe(const Symbol& symbol, const Occurrence& one) const {
    switch (symbol.what) {
      case Symbol::What::object:
        return named(*symbol.owner) + (symbol.owner->kind == Kind::service ? service_text(Service(*symbol.owner)) : "");
      case Symbol::What::secret:
        return format("a Secret that {} makes", named(*symbol.owner));
      case Symbol::What::subset:
        return format("subset {} of {}{}", code(symbol.name), named(*symbol.owner),
                      subset_text(DestinationRule(*symbol.owner), symbol.name));
      case Symbol::What::service_port:
      case Symbol::What::service_number:
        return format("port {} of {}{}", code(symbol.name), named(*symbol.owner), port_text(Service(*symbol.owner), one.node));
      case Symbol::What::container_port:
        return format("container port {} of {}", code(symbol.name), named(*symbol.owner));
      case Symbol::What::host:
        return "host " + code(symbol.name);
      case Symbol::What::entry_host:
        return format("host {} of {}", code(symbol.name), named(*symbol.owner));
      case Symbol::What::action:
        return format("action {} of {}", code(symbol.name), named(*symbol.owner));
    }
    return {};
  }

  std::string service_text(const Service& service) const {
    std::string text;
    for (yaml::Node node : service.ports()) {
      const ServicePort port{node};
      const yaml::Node to = pod_port(port);
      text += format("\n- port {}{}{}", escape_controls(node["port"].str()), port.name().is_known() ? " " + code(*port.name()) : "",
                     to ? format(" → pods' port {}", escape_controls(to.str())) : "");
    }
    const Graph::Selection& pods = graph_.pods_of(service);
    std::size_t shown = 0;
    for (const Workload& workload : pods.workloads) {
      if (++shown > most_pods) break;
      const EffectiveMtls mtls = graph_.mtls(workload);
      text += format("\n- pods of {}, mTLS {}", named(*workload), mtls_text(mtls));
    }
    if (pods.workloads.size() > most_pods) text += format("\n- and {} more", pods.workloads.size() - most_pods);
    if (pods.workloads.empty()) text += pods.unknown ? "\n- its pods are not among these files" : "\n- no pods";
    return text.empty() ? text : "\n" + text;
  }

  std::string mtls_text(const EffectiveMtls& mtls) const {
    if (!mtls.known) return "not known";
    std::string text(to_string(mtls.mode));
    if (mtls.policy != nullptr) text += format(", by {}", named(*mtls.policy));
    return text;
  }

  std::string subset_text(const DestinationRule& rule, std::string_view name) const {
    for (yaml::Node subset : rule.subsets()) {
      if (subset["name"].str() != name) continue;
      std::string labels;
      for (const yaml::Entry& label : subset["labels"].entries()) {
        labels += format("{}{}={}", labels.empty() ? "" : ", ", label.key.str(), label.value.str());
      }
      std::string text = labels.empty() ? std::string() : format("\n\nlabels {}", code(labels));
      const Lookup host = graph_.find_host(*rule, rule.host().str());
      if (host.target == nullptr || labels.empty()) return text;
      const Truth any = selects_anything(graph_, *host.target, subset["labels"]);
      return text + (any == Truth::yes ? ", which pods of the host have" : any == Truth::no ? ", which no pods of the host have" : "");
    }
    return {};
  }

  std::string port_text(const Service& service, yaml::Node number_or_name) const {
    const Service::PortMatch match = service.find_port(number_or_name);
    if (!match.port) return {};
    const yaml::Node to = pod_port(*match.port);
    return to ? format("\n\n→ pods' port {}", escape_controls(to.str())) : std::string();
  }

  void add_unresolved(const Resource& resource) {
    for (const Edge* edge : graph_.from(resource)) {
      const Span place = edge->place.span();
      if (edge->to.found() || place.file != target_.file() || place.begin > target_.offset || target_.offset > place.end) continue;
      const KnownName wanted = wanted_name(*edge, graph_.cluster_domain());
      std::string text = format("{} {} is ", wanted.kind, code(wanted.ns.empty() ? wanted.name : wanted.ns + "/" + wanted.name));
      text += edge->to.missing() ? "missing" : "not among these files";
      if (edge->to.near != nullptr) text += format("; nearest is {}", named(*edge->to.near));
      if (edge->to.elsewhere != nullptr) text += format("; there is {}", named(*edge->to.elsewhere));
      return add(text);
    }
  }

  void add_annotation(const Resource& resource, const NodeAt& at) {
    const Span annotations = resource.annotations().span();
    if (!resource.annotations() || !at.node || target_.offset < annotations.begin || target_.offset > annotations.end) return;
    for (const yaml::Entry& entry : resource.annotations().entries()) {
      if (entry.value != at.node) continue;
      const std::string_view key = entry.key.str();
      if (key.starts_with(alb::prefix)) return add_row(resource, alb::find(key.substr(alb::prefix.size())), key.substr(alb::prefix.size()));
      if (resource.kind == Kind::service && key.starts_with(nlb::prefix))
        return add_row(resource, nlb::find(key.substr(nlb::prefix.size())), {});
    }
  }

  void add_row(const Resource& resource, const aws::Annotation* row, std::string_view alb_suffix) {
    if (row == nullptr) return;
    std::string text = format("annotation {}: {}", code(row->suffix), grammar_text(*row));
    if (!row->fallback.empty()) text += format("; absent means {}", code(row->fallback));
    if (!row->instead.empty()) text += format("\n\ndeprecated: write {} instead", code(row->instead));
    if (!alb_suffix.empty()) text += in_force(resource, alb_suffix);
    add(text);
  }

  static std::string grammar_text(const aws::Annotation& row) {
    switch (row.grammar) {
      case aws::Grammar::text:
        return "text";
      case aws::Grammar::boolean:
        return "`true` or `false`";
      case aws::Grammar::integer:
        return format("a number from {} to {}", row.range.lowest, row.range.highest);
      case aws::Grammar::list:
        return "a list with commas";
      case aws::Grammar::map:
        return "a list of `key=value` with commas";
      case aws::Grammar::json:
        return "JSON";
      case aws::Grammar::word:
        return aws::spell_choice(row.values);
    }
    return {};
  }

  /// The effective value for the load balancer of an Ingress, and who says so.
  std::string in_force(const Resource& resource, std::string_view suffix) const {
    if (resource.kind != Kind::ingress) return {};
    for (const IngressGroup& group : graph_.ingress_groups()) {
      for (const GroupMember& member : group.members) {
        if (member.ingress != &resource) continue;
        const Setting setting = effective(graph_.controller(resource), member, suffix);
        if (!setting.known || setting.value.empty()) return {};
        const std::string by = setting.set_by == nullptr ? "the controller's default" : "set by " + named(*setting.set_by);
        return format("\n\nin force: {}, {}", code(setting.value), by);
      }
    }
    return {};
  }

  /// On a workload's name, or a mode of a PeerAuthentication.
  void add_mtls(const Resource& resource, const NodeAt& at) {
    if (at.node != resource.name_node()) return;
    for (const Workload& workload : graph_.workloads()) {
      if (workload.resource == &resource) return add("mTLS " + mtls_text(graph_.mtls(workload)));
    }
  }

  void add_trace(std::string_view host) {
    if (is_wildcard(host)) return;
    const auto text = trace_text(asked_, root_, host);
    if (text && text->find("```") == std::string::npos) add(format("```text\n{}\n```", trim(*text)));
  }

  const Asked& asked_;
  const Target& target_;
  const LiveRoot& root_;
  const Graph& graph_;
  std::string text_;
};

/// For clients that show no Markdown.
std::string without_markup(std::string text) {
  for (const std::string_view mark : {"**", "```text\n", "```"}) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) text.erase(at, mark.size());
  }
  return text;
}

}  // namespace

Answer hover(const Asked& asked) {
  const auto target = target_of(asked);
  if (!target) return Json::null();
  std::string text = Hover(asked, *target).run();
  if (text.empty()) return Json::null();
  const bool markdown = asked.client.markdown;
  return Json{
      {"contents", Json{{"kind", markdown ? "markdown" : "plaintext"}, {"value", markdown ? text : without_markup(std::move(text))}}}};
}

}  // namespace hop::lsp
