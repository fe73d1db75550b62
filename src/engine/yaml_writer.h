#pragma once
// Writes the YAML that hoplint makes: configurations, stubs, baselines. yaml-cpp's Emitter lives behind it.

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/baseline.h"
#include "graph/input.h"

namespace hop {

/// YAML put together step by step; texts are quoted where they must be. What is begun must be ended.
class YamlText {
 public:
  YamlText();
  ~YamlText();
  YamlText(const YamlText&) = delete;
  YamlText& operator=(const YamlText&) = delete;

  YamlText& begin_document();
  YamlText& begin_map();
  YamlText& end_map();
  YamlText& begin_list();
  YamlText& end_list();
  YamlText& empty_map();
  YamlText& empty_list();
  YamlText& null();
  YamlText& key(std::string_view name);
  /// A scalar that is read back as this text, or as what it looks like: a number, true.
  YamlText& plain(std::string_view text);
  /// A scalar that is a string whatever it looks like.
  YamlText& string(std::string_view text);
  YamlText& pair(std::string_view name, std::string_view text) { return key(name).plain(text); }
  /// A key with a list of strings.
  YamlText& pair(std::string_view name, std::span<const std::string> texts);
  /// A line of its own, above the mapping that comes next.
  YamlText& comment(std::string_view line);
  /// Behind what came last.
  YamlText& comment_behind(std::string_view text);

  /// Ends with a line end, unless empty.
  std::string finish() const;

 private:
  struct Emitter;
  std::unique_ptr<Emitter> emitter_;
};

/// A `known:` list in YAML, ready to be put into `.hoplint.yaml`; it ends with a line end.
std::string known_yaml(std::span<const KnownName> names);

/// What read_baseline() reads.
std::string baseline_yaml(const Baseline& baseline);

}  // namespace hop
