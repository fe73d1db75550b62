#include "rule/report.h"

#include <algorithm>
#include <utility>

#include "rule/edit.h"
#include "text/ensure.h"
#include "text/format.h"

namespace hop {

Finding::Finding(Finding&& other) noexcept : report_(std::exchange(other.report_, nullptr)), diagnostic_(std::move(other.diagnostic_)) {}

Finding::~Finding() {
  if (report_ != nullptr) report_->add(std::move(diagnostic_));
}

Finding& Finding::severity(Severity severity) & {
  diagnostic_.severity = std::min(diagnostic_.severity, severity);
  return *this;
}

Finding& Finding::missing(const Lookup& lookup) & {
  severity(lookup.strongest);
  if (lookup.near != nullptr) note(lookup.near->name_node(), format("`{}` is here", lookup.near->name));
  if (lookup.elsewhere != nullptr) {
    const std::string_view ns = lookup.elsewhere->ns;
    const yaml::Node written = lookup.elsewhere->metadata()["namespace"];
    note(written ? written : lookup.elsewhere->name_node(), format("one of that name is in namespace `{}`", ns.empty() ? "default" : ns));
  }
  return *this;
}

Finding& Finding::alias(std::string_view code) & {
  const Words& allowed = diagnostic_.rule->aliases;
  HOP_ENSURE(std::find(allowed.begin(), allowed.end(), code) != allowed.end());
  diagnostic_.aliases.emplace_back(code);
  return *this;
}

Finding& Finding::note(Span where, std::string text) & {
  if (where) diagnostic_.notes.push_back({where, std::move(text)});
  return *this;
}

Finding& Finding::label(std::string text) & {
  diagnostic_.label = std::move(text);
  return *this;
}

Finding& Finding::effect(std::string text) & {
  diagnostic_.effect = std::move(text);
  return *this;
}

Finding& Finding::target(std::string text) & {
  diagnostic_.target = std::move(text);
  return *this;
}

Finding& Finding::explains_place() & {
  diagnostic_.explains = diagnostic_.field;
  return *this;
}

Finding& Finding::explains_parent() & {
  const std::string_view field = diagnostic_.field;
  const std::size_t last = field.ends_with(']') ? field.rfind('[') : field.rfind('.');
  diagnostic_.explains = last == std::string_view::npos ? std::string_view() : field.substr(0, last);
  return *this;
}

Finding& Finding::applies(Applies versions) & {
  diagnostic_.applies = versions;
  return *this;
}

Finding& Finding::step(Step step) & {
  diagnostic_.chain.push_back(std::move(step));
  return *this;
}

Finding& Finding::fix(std::string title, yaml::Node scalar, std::string_view text, Safety safety) & {
  if (auto edit = replace_text(scalar, text)) fix(std::move(title), std::vector<Edit>{std::move(*edit)}, safety);
  return *this;
}

Finding& Finding::fix(std::string title, std::vector<Edit> edits, Safety safety) & {
  if (!edits.empty() && disjoint(edits)) diagnostic_.fixes.push_back({std::move(title), std::move(edits), safety});
  return *this;
}

namespace {

Diagnostic start(const RuleInfo& rule, Span where, std::string message) {
  Diagnostic diagnostic;
  diagnostic.rule = &rule;
  diagnostic.severity = rule.severity;
  diagnostic.where = where;
  diagnostic.message = std::move(message);
  diagnostic.effect = rule.effect;
  return diagnostic;
}

/// Paths inside an object start at the object, also where it is an item of a List.
std::string below(std::string path, const std::string& root) {
  if (root.empty() || !path.starts_with(root)) return path;
  path.erase(0, root.size());
  if (path.starts_with('.')) path.erase(0, 1);
  return path;
}

}  // namespace

bool Report::is_full(FileId file) const {
  const auto told = told_.find(file);
  return told != told_.end() && told->second.count >= most_findings;
}

void Report::add(Diagnostic diagnostic) {
  diagnostics_.push_back(std::move(diagnostic));
  if (diagnostics_.size() < most_findings) return;
  const auto count = [&](std::size_t at) {
    Told& told = told_[diagnostics_[at].where.file];
    ++told.count;
    told.last = at;
  };
  if (diagnostics_.size() == most_findings) {
    for (std::size_t at = 0; at < diagnostics_.size(); ++at) count(at);
  } else if (is_full(diagnostics_.back().where.file)) {
    told_[diagnostics_.back().where.file].more = true;
    diagnostics_.pop_back();
  } else {
    count(diagnostics_.size() - 1);
  }
}

std::vector<Diagnostic> Report::take() {
  for (const auto& [file, told] : told_) {
    if (!told.more) continue;
    Diagnostic& last = diagnostics_[told.last];
    if (last.where) last.notes.push_back({last.where, format("there are more like this; no more than {} are told", most_findings)});
  }
  told_.clear();
  return std::move(diagnostics_);
}

Finding Report::at(const Resource& resource, yaml::Node node, std::string message) {
  Diagnostic diagnostic = start(*rule_, node.span(), std::move(message));
  if (is_full(diagnostic.where.file)) return {*this, std::move(diagnostic)};
  diagnostic.object = object_id(resource);
  if (node.document() == resource.root.document()) {
    diagnostic.field = below(node.path(), resource.root.path());
    diagnostic.stable_field = below(node.stable_path(), resource.root.stable_path());
  } else {
    diagnostic.field = node.path();
    diagnostic.stable_field = node.stable_path();
  }
  return {*this, std::move(diagnostic)};
}

Finding Report::at(const Resource& resource, yaml::Node scalar, Span part, std::string message) {
  Finding finding = at(resource, scalar, std::move(message));
  finding.diagnostic_.where = part;
  return finding;
}

Finding Report::at_key(const Resource& resource, yaml::Node node, std::string message) {
  Finding finding = at(resource, node, std::move(message));
  finding.diagnostic_.where = node.key_span();
  return finding;
}

Finding Report::at(Span where, std::string message) { return {*this, start(*rule_, where, std::move(message))}; }

}  // namespace hop
