#include "engine/finding_keys.h"

#include <string_view>

#include "text/format.h"

namespace hop {
namespace {

/// No text of a finding holds it.
constexpr char border = '\x1f';

}  // namespace

std::string finding_key(const Diagnostic& finding, const Sources& sources) {
  std::string about;
  if (finding.object) {
    about = format("{} {}/{}", finding.object->kind, finding.object->ns, finding.object->name);
  } else if (finding.where) {
    about = sources[finding.where.file].path();
  }
  const std::string& field = finding.stable_field.empty() ? finding.field : finding.stable_field;
  std::string key(finding.rule->id);
  for (const std::string_view part : {to_string(finding.severity), std::string_view(about), std::string_view(field),
                                      std::string_view(finding.message), std::string_view(finding.cluster)}) {
    key += border;
    key += part;
  }
  return key;
}

FindingKeys::FindingKeys(const LintRun& run) {
  for (const Diagnostic& finding : run.findings) {
    if (finding.suppressed) continue;
    Entry& entry = keys_[finding_key(finding, run.input->sources)];
    if (entry.count++ == 0) entry.first = &finding;
  }
}

void FindingKeys::remove(const std::string& key) {
  const auto found = keys_.find(key);
  if (found != keys_.end() && found->second.count > 0) --found->second.count;
}

const Diagnostic* FindingKeys::first_beyond(const FindingKeys& other) const {
  for (const auto& [key, entry] : keys_) {
    const auto found = other.keys_.find(key);
    if (entry.count > (found == other.keys_.end() ? 0 : found->second.count)) return entry.first;
  }
  return nullptr;
}

}  // namespace hop
