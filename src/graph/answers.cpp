#include "graph/answers.h"

#include <algorithm>
#include <vector>

#include "model/value.h"

namespace hop {
namespace {

/// Ends what goes before it: no text of YAML holds it.
constexpr char end = '\0';

}  // namespace

void add_standpoint(std::string& question, const Resource& from, bool any_namespace) {
  question += std::to_string(from.cluster) + end + std::to_string(from.variant) + end;
  question += any_namespace ? "*" : from.ns;
  question += from.ns_known ? end : '?';
}

void add_label(std::string& question, const yaml::Entry& label) {
  const auto value = text_of(label.value);
  question += label.key.str();
  question += end;
  question += value.is_known() ? '=' : value.is_absent() ? '-' : '?';
  question += label.value.str();
  question += end;
}

void add_labels(std::string& question, yaml::Node labels) {
  std::vector<std::string> pairs;
  for (const yaml::Entry& label : labels.entries()) add_label(pairs.emplace_back(), label);
  std::ranges::sort(pairs);
  for (const std::string& pair : pairs) question += pair;
}

}  // namespace hop
