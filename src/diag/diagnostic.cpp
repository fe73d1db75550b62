#include "diag/diagnostic.h"

#include <array>
#include <cstddef>

namespace hop {
namespace {

/// In the order of the enumerators.
constexpr std::array<std::string_view, 3> severity_words{"info", "warning", "error"};
constexpr std::array<std::string_view, 5> group_words{"correctness", "security", "reliability", "deprecation", "policy"};
constexpr std::array<std::string_view, 4> component_words{"", "Kubernetes", "Istio", "AWS Load Balancer Controller"};
constexpr std::array<std::string_view, 2> safety_words{"safe", "unsafe"};

template <class Enum, std::size_t size>
std::string_view word_of(const std::array<std::string_view, size>& words, Enum value) {
  return words[static_cast<std::size_t>(value)];
}

template <class Enum, std::size_t size>
std::optional<Enum> find_word(const std::array<std::string_view, size>& words, std::string_view wanted) {
  for (std::size_t i = 0; i < size; ++i) {
    if (words[i] == wanted) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Severity severity) { return word_of(severity_words, severity); }
std::optional<Severity> parse_severity(std::string_view word) { return find_word<Severity>(severity_words, word); }

std::string_view to_string(Group group) { return word_of(group_words, group); }

std::string_view to_string(Component component) { return word_of(component_words, component); }

std::string_view to_string(Safety safety) { return word_of(safety_words, safety); }

std::string_view family(const RuleInfo& rule) { return rule.id.substr(0, rule.id.find('-')); }

}  // namespace hop
