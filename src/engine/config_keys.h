#pragma once
// Every key of the configuration, once: what reads it, what it takes and what it is for. The reader goes by this table and so does the JSON
// schema, so neither knows a key that the other does not.

#include <cstdint>
#include <span>
#include <string_view>

#include "yaml/document.h"

namespace hop {

class ConfigReader;

/// What a key takes.
enum class Shape : std::uint8_t {
  boolean,
  text,
  date,         ///< YYYY-MM-DD
  version,      ///< "1.29"
  release,      ///< of hoplint: "0.1.0"
  texts,        ///< a list of texts, or a single one in its place; so are the next two
  rules,        ///< ids, aliases, families, groups, ALL
  globs,        ///< of paths, in .gitignore syntax
  severities,   ///< a mapping of rules to error, warning, info or off
  words,        ///< a mapping of texts to texts
  flags,        ///< a list of `--flag=value`, or a mapping of flags to values
  complete,     ///< a boolean or a list of namespaces
  clusters,     ///< a mapping of names to globs
  environment,  ///< mappings of the keys of that part of the configuration, here and below
  list_of_allows,
  list_of_overrides,
  list_of_policies,
  encryption,  ///< every-hop or mtls
  source,      ///< internet
};

struct ConfigKey {
  std::string_view name;
  Shape shape;
  std::string_view docs;  ///< what it is for: one or two sentences
  void (ConfigReader::*take)(yaml::Node);
  bool required = false;
};

/// Mappings of the configuration.
enum class ConfigPart : std::uint8_t { file, allow, override_, environment, policy };
std::span<const ConfigKey> config_keys(ConfigPart part);

}  // namespace hop
