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
  out << YAML::BeginMap << YAML::Key << "schema" << YAML::Value << 1 << YAML::Key << "findings" << YAML::Value << YAML::BeginSeq;
  for (const BaselineEntry& entry : baseline) {
    out << YAML::BeginMap << YAML::Key << "fingerprint" << YAML::Value << entry.fingerprint << YAML::Key << "rule" << YAML::Value
        << entry.rule << YAML::Key << "object" << YAML::Value << entry.object << YAML::Key << "message" << YAML::Value
        << escape_controls(entry.message) << YAML::EndMap;
  }
  out << YAML::EndSeq << YAML::EndMap;
  return finished(out);
}

}  // namespace hop
