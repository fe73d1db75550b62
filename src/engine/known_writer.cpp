#include "engine/known_writer.h"

#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include "text/ensure.h"
#include "text/format.h"

namespace hop {

std::string known_yaml(std::span<const KnownName> names) {
  YAML::Emitter out;
  out << YAML::BeginMap << YAML::Key << "known" << YAML::Value << YAML::BeginSeq;
  for (const KnownName& name : names) {
    out << (name.ns.empty() ? format("{} {}", name.kind, name.name) : format("{} {}/{}", name.kind, name.ns, name.name));
  }
  out << YAML::EndSeq << YAML::EndMap;
  HOP_ENSURE(out.good());
  return std::string(out.c_str(), out.size()) + "\n";
}

}  // namespace hop
