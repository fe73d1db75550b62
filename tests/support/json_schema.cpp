#include "support/json_schema.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "text/format.h"
#include "text/pattern.h"

namespace hop {
namespace {

using Value = nlohmann::json;

/// Say nothing about what is valid.
const std::set<std::string> annotations = {"$schema", "$id", "title", "description", "default", "definitions", "$defs"};

std::string type_of(const Value& value) { return value.is_number_integer() ? "integer" : value.type_name(); }

bool has_type(const Value& wanted, const Value& value) {
  if (wanted.is_array()) {
    return std::any_of(wanted.begin(), wanted.end(), [&](const Value& one) { return has_type(one, value); });
  }
  return wanted == type_of(value) || (wanted == "number" && value.is_number());
}

/// RFC 3986, as far as the characters go.
bool is_reference(std::string_view text) {
  constexpr std::string_view marks = "._~:/?#@!$&'()*+,;=%[]-";
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || marks.find(c) != std::string_view::npos;
  });
}

/// The few patterns of a schema are asked for thousands of times.
bool found_in(const std::string& pattern, const std::string& text) {
  thread_local std::map<std::string, Pattern> compiled;
  const auto [known, fresh] = compiled.try_emplace(pattern);
  if (fresh) {
    if (const auto made = Pattern::compile("(?s).*(?:" + pattern + ").*")) known->second = *made;
  }
  return known->second.matches_whole(text);
}

bool has_format(const std::string& name, const std::string& text) {
  if (name == "uri") return is_reference(text) && text.find(':') != std::string::npos && text.find(':') > 0;
  return name != "uri-reference" || is_reference(text);
}

class Checker {
 public:
  explicit Checker(const Value& root) : root_(root) {}

  Complaints run(const Value& value) {
    check(root_, value, "$");
    return std::move(complaints_);
  }

 private:
  void complain(const std::string& place, const std::string& what) { complaints_.push_back(place + ": " + what); }

  bool holds(const Value& schema, const Value& value) {
    Checker other(root_);
    other.check(schema, value, "");
    return other.complaints_.empty();
  }

  void check(const Value& schema, const Value& value, const std::string& place) {
    for (const auto& [keyword, wanted] : schema.items()) {
      if (annotations.contains(keyword)) continue;
      if (keyword == "$ref") {
        check(root_.at(Value::json_pointer(wanted.get<std::string>().substr(1))), value, place);
      } else if (!check_any(keyword, wanted, value, place) && !check_scalar(keyword, wanted, value, place) &&
                 !check_array(keyword, wanted, value, place) && !check_object(schema, keyword, wanted, value, place)) {
        complain(place, "the schema's keyword " + keyword + " is not known");
      }
    }
  }

  // Each says whether the keyword is one of its own.

  bool check_any(const std::string& keyword, const Value& wanted, const Value& value, const std::string& place) {
    const auto matches = [&] {
      return std::count_if(wanted.begin(), wanted.end(), [&](const Value& schema) { return holds(schema, value); });
    };
    if (keyword == "type") {
      if (!has_type(wanted, value)) complain(place, "is " + type_of(value));
    } else if (keyword == "const") {
      if (wanted != value) complain(place, "is not the constant");
    } else if (keyword == "enum") {
      if (std::find(wanted.begin(), wanted.end(), value) == wanted.end()) complain(place, "not one of the enum");
    } else if (keyword == "anyOf") {
      if (matches() == 0) complain(place, "matches none of anyOf");
    } else if (keyword == "oneOf") {
      if (matches() != 1) complain(place, "does not match exactly one of oneOf");
    } else {
      return false;
    }
    return true;
  }

  bool check_scalar(const std::string& keyword, const Value& wanted, const Value& value, const std::string& place) {
    if (keyword == "minimum") {
      if (value.is_number() && value < wanted) complain(place, "is below the minimum");
    } else if (keyword == "maximum") {
      if (value.is_number() && value > wanted) complain(place, "is above the maximum");
    } else if (keyword == "pattern") {
      if (value.is_string() && !found_in(wanted.get<std::string>(), value)) complain(place, "does not match");
    } else if (keyword == "minLength") {
      if (value.is_string() && value.get<std::string>().size() < wanted) complain(place, "is too short");
    } else if (keyword == "format") {
      if (value.is_string() && !has_format(wanted, value)) complain(place, "is no " + wanted.get<std::string>());
    } else {
      return false;
    }
    return true;
  }

  bool check_array(const std::string& keyword, const Value& wanted, const Value& value, const std::string& place) {
    if (keyword == "minItems") {
      if (value.is_array() && value.size() < wanted) complain(place, "has too few items");
    } else if (keyword == "uniqueItems") {
      const std::set<Value> different(value.begin(), value.end());
      if (value.is_array() && wanted == true && different.size() < value.size()) complain(place, "has equal items");
    } else if (keyword == "items") {
      for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) check(wanted, value[i], format("{}[{}]", place, i));
    } else {
      return false;
    }
    return true;
  }

  bool check_object(const Value& schema, const std::string& keyword, const Value& wanted, const Value& value, const std::string& place) {
    if (keyword == "required") {
      for (const auto& name : wanted) {
        if (value.is_object() && !value.contains(name.get<std::string>())) complain(place, "lacks " + name.get<std::string>());
      }
    } else if (keyword == "propertyNames") {
      for (const auto& [name, member] : value.items()) {
        if (value.is_object()) check(wanted, name, place + "." + name);
      }
    } else if (keyword == "properties") {
      for (const auto& [name, member] : wanted.items()) {
        if (value.is_object() && value.contains(name)) check(member, value[name], place + "." + name);
      }
    } else if (keyword == "additionalProperties") {
      check_others(schema, wanted, value, place);
    } else {
      return false;
    }
    return true;
  }

  void check_others(const Value& schema, const Value& wanted, const Value& value, const std::string& place) {
    if (!value.is_object() || wanted == true) return;
    for (const auto& [name, member] : value.items()) {
      if (schema.contains("properties") && schema["properties"].contains(name)) continue;
      if (wanted == false) {
        complain(place, "unexpected " + name);
      } else {
        check(wanted, member, place + "." + name);
      }
    }
  }

  const Value& root_;
  Complaints complaints_;
};

}  // namespace

Complaints check_schema(const nlohmann::json& schema, const nlohmann::json& value) { return Checker(schema).run(value); }

}  // namespace hop
