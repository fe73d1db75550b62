#include <string>

#include "report/render.h"
#include "report/rule_page.h"
#include "report/sarif.h"
#include "report/uri.h"
#include "text/format.h"

namespace hop {
namespace {

/// "AlbBackendProtocolMismatch".
std::string pascal_case(std::string_view id) {
  std::string name;
  bool begins_word = true;
  for (const char c : id) {
    if (c != '-') name += begins_word && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins_word = c == '-';
  }
  return name;
}

/// GitHub makes a security alert of a rule that has one, graded critical above 9, high from 7, medium from 4.
std::string_view security_severity(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "7.5";
    case Severity::warning:
      return "5.0";
    case Severity::info:
      return "2.0";
  }
  return "2.0";
}

/// How sure a finding of the rule is to be a mistake: severity says so, as it falls with doubt.
std::string_view precision(const RuleInfo& rule) {
  if (rule.group == Group::policy) return "medium";
  return rule.severity == Severity::error ? "very-high" : rule.severity == Severity::warning ? "high" : "medium";
}

Json properties(const RuleInfo& rule) {
  Json tags = Json::list();
  tags.push_back(to_string(rule.group));
  tags.push_back(family(rule));
  for (const std::string_view alias : rule.aliases) tags.push_back(alias);
  Json json{{"tags", tags},
            {"precision", precision(rule)},
            {"problem.severity", rule.severity == Severity::info ? "recommendation" : to_string(rule.severity)}};
  if (rule.group == Group::security) json.add("security-severity", security_severity(rule.severity));
  return json;
}

/// A sentence of its own.
std::string sentence(std::string_view text) { return std::string(text) + (text.empty() || text.ends_with('.') ? "" : "."); }

}  // namespace

std::string_view sarif_level(Severity severity) { return severity == Severity::info ? "note" : to_string(severity); }

Json sarif_rule(const RuleInfo& rule) {
  const std::string summary = sentence(rule.summary);
  return {{"id", rule.id},
          {"name", pascal_case(rule.id)},
          {"shortDescription", {{"text", summary}}},
          {"fullDescription", {{"text", rule.effect.empty() ? summary : format("{} In production: {}", summary, sentence(rule.effect))}}},
          {"help", {{"text", render_rule(rule, {})}, {"markdown", render_rule_page(rule)}}},
          {"helpUri", rule_page_uri(rule.id)},
          {"defaultConfiguration", {{"enabled", rule.group != Group::policy}, {"level", sarif_level(rule.severity)}}},
          {"properties", properties(rule)}};
}

}  // namespace hop
