#include "report/chain_json.h"
#include "report/json_text.h"
#include "report/redact.h"
#include "report/render.h"
#include "report/wording.h"
#include "text/unicode.h"
#include "version.h"

namespace hop {
namespace {

Json related_json(const Sources& sources, const std::vector<Note>& notes) {
  Json json = Json::list();
  for (const Note& note : notes) {
    Json related = region(sources, note.where);
    related.add("message", escape_controls(note.text));
    json.push_back(related);
  }
  return json;
}

Json edits_json(const Sources& sources, const std::vector<Edit>& edits) {
  Json json = Json::list();
  for (const Edit& edit : edits) {
    Json one = {{"path", edit.where ? sources[edit.where.file].path() : std::string()}};
    add_bytes(one, sources, edit.where);
    one.add("text", edit.text);
    json.push_back(one);
  }
  return json;
}

/// Findings of one run.
class Findings {
 public:
  explicit Findings(const RenderInput& input) : sources_(input.run.input->sources), manifests_(input.run), secrets_(manifests_) {}

  Json json(const Diagnostic& finding) {
    Json primary = place_json(sources_, finding.where);
    primary.add("field", finding.field);
    return {{"rule", finding.rule->id},
            {"aliases", Json::list(finding.aliases)},
            {"severity", to_string(finding.severity)},
            {"group", to_string(finding.rule->group)},
            {"message", escape_controls(finding.message)},
            {"effect", escape_controls(finding.effect)},
            {"object", object_json(finding.object)},
            {"primary", primary},
            {"related", related_json(sources_, finding.notes)},
            {"chain", chain_json(sources_, finding.chain)},
            {"fixes", fixes_json(finding.fixes)},
            {"fingerprint", finding.fingerprint},
            {"suppressed", finding.suppressed}};
  }

 private:
  Json fixes_json(const std::vector<Fix>& fixes) {
    Json list = Json::list();
    for (const Fix& fix : fixes) {
      if (!secrets_.allow(fix)) continue;
      list.push_back(
          Json{{"title", escape_controls(fix.title)}, {"safety", to_string(fix.safety)}, {"edits", edits_json(sources_, fix.edits)}});
    }
    return list;
  }

  const Sources& sources_;
  Manifests manifests_;
  Secrets secrets_;
};

Json summary_json(const Summary& summary) {
  return {{"files", summary.files},
          {"documents", summary.documents},
          {"resources", summary.resources},
          {"skipped", {{"templates", summary.templates}, {"notManifests", summary.not_manifests}, {"unreadable", summary.unreadable}}},
          {"references",
           {{"found", summary.references.found}, {"missing", summary.references.missing}, {"outside", summary.references.outside}}},
          {"errors", summary.errors},
          {"warnings", summary.warnings},
          {"infos", summary.infos},
          {"suppressed", summary.suppressed}};
}

Json rule_json(const RuleInfo& rule) {
  return {{"rule", rule.id},
          {"family", family(rule)},
          {"severity", to_string(rule.severity)},
          {"group", to_string(rule.group)},
          {"fixes", to_string(rule.fixes)},
          {"since", rule.since},
          {"preview", rule.preview},
          {"versions", versions_text(rule.applies)},
          {"aliases", Json::list(rule.aliases)},
          {"summary", rule.summary},
          {"effect", rule.effect},
          {"docs", rule.docs},
          {"source", rule.source}};
}

}  // namespace

std::string render_json(const RenderInput& input) {
  Json findings = Json::list();
  Findings all(input);
  for (const Diagnostic& finding : input.findings) findings.push_back(all.json(finding));
  return Json{{"schema", 1},
              {"tool", {{"name", "hoplint"}, {"version", program_version}}},
              {"findings", findings},
              {"summary", summary_json(input.run.summary)}}
      .pretty();
}

std::string render_json_lines(const RenderInput& input) {
  Findings findings(input);
  std::string lines;
  for (const Diagnostic& finding : input.findings) lines += findings.json(finding).compact() + "\n";
  return lines;
}

std::string render_rules_json(std::span<const RuleInfo* const> rules) {
  Json json = Json::list();
  for (const RuleInfo* const rule : rules) json.push_back(rule_json(*rule));
  return Json{{"schema", 1}, {"tool", {{"name", "hoplint"}, {"version", program_version}}}, {"rules", json}}.pretty();
}

}  // namespace hop
