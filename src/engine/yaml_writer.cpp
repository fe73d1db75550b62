#include "engine/yaml_writer.h"

#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include "text/ensure.h"
#include "text/format.h"
#include "text/unicode.h"

namespace hop {
namespace {

std::string finished(const YAML::Emitter& out) {
  HOP_ENSURE(out.good());
  return std::string(out.c_str(), out.size()) + "\n";
}

}  // namespace

struct YamlText::Emitter {
  YAML::Emitter out;
  bool in_comment = false;  ///< a line of comment came last
};

/// What is not ASCII is escaped: nothing that manifests hold can paint a terminal or turn its text round.
YamlText::YamlText() : emitter_(std::make_unique<Emitter>()) { emitter_->out.SetOutputCharset(YAML::EscapeNonAscii); }
YamlText::~YamlText() = default;

YamlText& YamlText::begin_document() { return emitter_->out << YAML::BeginDoc, *this; }
YamlText& YamlText::begin_map() {
  emitter_->in_comment = false;
  return emitter_->out << YAML::BeginMap, *this;
}
YamlText& YamlText::end_map() { return emitter_->out << YAML::EndMap, *this; }
YamlText& YamlText::begin_list() { return emitter_->out << YAML::BeginSeq, *this; }
YamlText& YamlText::end_list() { return emitter_->out << YAML::EndSeq, *this; }
YamlText& YamlText::empty_map() { return emitter_->out << YAML::Flow << YAML::BeginMap << YAML::EndMap, *this; }
YamlText& YamlText::empty_list() { return emitter_->out << YAML::Flow << YAML::BeginSeq << YAML::EndSeq, *this; }
YamlText& YamlText::null() { return emitter_->out << YAML::Null, *this; }
YamlText& YamlText::key(std::string_view name) { return emitter_->out << YAML::Key << std::string(name) << YAML::Value, *this; }
YamlText& YamlText::plain(std::string_view text) { return emitter_->out << std::string(text), *this; }
YamlText& YamlText::string(std::string_view text) { return emitter_->out << YAML::DoubleQuoted << std::string(text), *this; }

YamlText& YamlText::pair(std::string_view name, std::span<const std::string> texts) {
  key(name).begin_list();
  for (const std::string& text : texts) plain(text);
  return end_list();
}

YamlText& YamlText::comment(std::string_view line) {
  if (emitter_->in_comment) emitter_->out << YAML::Newline;
  emitter_->in_comment = true;
  emitter_->out << YAML::Comment(escape_controls(line));
  return *this;
}
YamlText& YamlText::comment_behind(std::string_view text) { return emitter_->out << YAML::Comment(escape_controls(text)), *this; }

std::string YamlText::finish() const { return emitter_->out.size() == 0 ? std::string() : finished(emitter_->out); }

std::string known_yaml(std::span<const KnownName> names) {
  YAML::Emitter out;
  out << YAML::BeginMap << YAML::Key << "known" << YAML::Value << YAML::BeginSeq;
  for (const KnownName& name : names) {
    out << (name.ns.empty() ? format("{} {}", name.kind, name.name) : format("{} {}/{}", name.kind, name.ns, name.name));
  }
  out << YAML::EndSeq << YAML::EndMap;
  return finished(out);
}

std::string baseline_yaml(const Baseline& baseline) {
  YAML::Emitter out;
  out << YAML::Comment("What hoplint found when this was written. Only what comes on top is reported with --baseline;") << YAML::Newline
      << YAML::Comment("`hoplint baseline update` writes it anew.");
  out << YAML::BeginMap << YAML::Key << "schema" << YAML::Value << 1;
  if (!baseline.paths.empty()) {
    out << YAML::Key << "paths" << YAML::Value << YAML::BeginSeq;
    for (const std::string& path : baseline.paths) out << path;
    out << YAML::EndSeq;
  }
  out << YAML::Key << "findings" << YAML::Value << YAML::BeginSeq;
  for (const BaselineEntry& entry : baseline.findings) {
    out << YAML::BeginMap << YAML::Key << "fingerprint" << YAML::Value << entry.fingerprint << YAML::Key << "rule" << YAML::Value
        << entry.rule << YAML::Key << "object" << YAML::Value << entry.object << YAML::Key << "message" << YAML::Value
        << escape_controls(entry.message) << YAML::EndMap;
  }
  out << YAML::EndSeq << YAML::EndMap;
  return finished(out);
}

}  // namespace hop
