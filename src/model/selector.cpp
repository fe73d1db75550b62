#include "model/selector.h"

#include "yaml/template.h"

namespace hop {
namespace {

Truth one_of(yaml::Node values, const Value<std::string_view>& label) {
  Truth result = Truth::no;
  for (yaml::Node value : values.items()) {
    const auto text = text_of(value);
    result = result || (text.is_known() ? label.equals(*text) : label.is_absent() ? Truth::no : Truth::unknown);
  }
  return result;
}

Truth matches_expression(yaml::Node expression, Labels labels) {
  const auto key = text_of(expression["key"]);
  const auto verb = text_of(expression["operator"]);
  if (!key.is_known() || !verb.is_known()) return Truth::unknown;
  const auto label = labels[*key];
  const Truth exists = label.is_unknown() ? Truth::yes : truth(label.is_known());
  if (*verb == "Exists") return exists;
  if (*verb == "DoesNotExist") return !exists;
  if (*verb == "In") return one_of(expression["values"], label);
  if (*verb == "NotIn") return !one_of(expression["values"], label);
  return Truth::unknown;
}

}  // namespace

Truth matches(yaml::Node wanted, Labels labels) {
  Truth result = Truth::yes;
  for (const auto& [key, value] : wanted.entries()) {
    const auto want = text_of(value);
    const auto have = labels[key.str()];
    if (yaml::is_placeholder(key.str())) {
      result = result && Truth::unknown;
    } else if (want.is_known()) {
      result = result && have.equals(*want);
    } else {
      result = result && (have.is_absent() ? Truth::no : Truth::unknown);
    }
    if (result == Truth::no) break;
  }
  return result;
}

Truth matches_selector(yaml::Node label_selector, Labels labels) {
  if (!label_selector) return Truth::no;
  Truth result = matches(label_selector["matchLabels"], labels);
  for (yaml::Node expression : label_selector["matchExpressions"].items()) result = result && matches_expression(expression, labels);
  return result;
}

}  // namespace hop
