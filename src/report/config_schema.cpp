// The JSON schema of `.hoplint.yaml`, from the table that the reader goes by. Draft 7, which editors know.

#include <string>
#include <string_view>

#include "engine/config_keys.h"
#include "engine/select.h"
#include "report/json_text.h"
#include "report/render.h"
#include "rule/life.h"
#include "text/format.h"

namespace hop {
namespace {

Json reference(std::string_view name) { return {{"$ref", format("#/definitions/{}", name)}}; }
Json type(std::string_view name) { return {{"type", name}}; }
Json text() { return {{"type", "string"}, {"minLength", 1}}; }
Json list_of(const Json& items) { return {{"type", "array"}, {"items", items}}; }
Json mapping_to(const Json& values) { return {{"type", "object"}, {"additionalProperties", values}}; }

Json any_of(std::initializer_list<Json> choices) {
  Json list = Json::list();
  for (const Json& choice : choices) list.push_back(choice);
  return {{"anyOf", list}};
}

/// A list, or a single one in its place.
Json one_or_more(const Json& item) { return any_of({item, list_of(item)}); }

Json scalar() {
  Json types = Json::list();
  for (const char* name : {"string", "number", "boolean"}) types.push_back(name);
  return {{"type", types}};
}

Json pattern(std::string_view expression) { return {{"type", "string"}, {"pattern", expression}}; }

Json one_of(std::initializer_list<const char*> words) {
  Json list = Json::list();
  for (const char* word : words) list.push_back(word);
  return {{"enum", list}};
}

Json schema_of(Shape shape) {
  switch (shape) {
    case Shape::boolean:
      return type("boolean");
    case Shape::text:
      return text();
    case Shape::date:
      return pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    case Shape::version:
      return any_of({pattern("^v?[0-9]+\\.[0-9]+([.+-].*)?$"), type("number")});
    case Shape::release:
      return pattern("^v?[0-9]+\\.[0-9]+\\.[0-9]+$");
    case Shape::texts:
    case Shape::globs:
      return one_or_more(text());
    case Shape::rules:
      return one_or_more(reference("rule"));
    case Shape::severities:
      return {
          {"type", "object"}, {"propertyNames", reference("rule")}, {"additionalProperties", one_of({"error", "warning", "info", "off"})}};
    case Shape::words:
      return mapping_to(scalar());
    case Shape::flags:
      return any_of({one_or_more(text()), mapping_to(scalar())});
    case Shape::complete:
      return any_of({type("boolean"), list_of(text())});
    case Shape::clusters:
      return mapping_to(one_or_more(text()));
    case Shape::environment:
      return reference("environment");
    case Shape::list_of_allows:
      return list_of(reference("allow"));
    case Shape::list_of_policies:
      return list_of(reference("policy"));
    case Shape::encryption:
      return one_of({"every-hop", "mtls"});
    case Shape::source:
      return one_of({"internet"});
    case Shape::list_of_overrides:
      return list_of(reference("override"));
  }
  return Json::null();
}

void add_mapping(Json& schema, ConfigPart part) {
  Json properties = Json(std::initializer_list<Json::Member>{});
  Json required = Json::list();
  for (const ConfigKey& key : config_keys(part)) {
    Json property = schema_of(key.shape);
    property.add("description", key.docs);
    properties.add(key.name, property);
    if (key.required) required.push_back(key.name);
  }
  schema.add("type", "object");
  schema.add("additionalProperties", false);
  if (!required.empty()) schema.add("required", required);
  schema.add("properties", properties);
}

Json mapping(ConfigPart part) {
  Json schema = Json(std::initializer_list<Json::Member>{});
  add_mapping(schema, part);
  return schema;
}

/// One that does nothing without one of these keys.
Json mapping_with_one_of(ConfigPart part, std::initializer_list<const char*> keys) {
  Json schema = mapping(part);
  Json choices = Json::list();
  for (const char* key : keys) {
    Json required = Json::list();
    required.push_back(key);
    choices.push_back(Json{{"required", required}});
  }
  schema.add("anyOf", choices);
  return schema;
}

Json rule_words() {
  Json words = Json::list();
  for (const std::string_view word : every_rule_word()) words.push_back(word);
  for (const FormerRule& former : former_rules()) words.push_back(former.id);
  return {{"description", "A rule's id, a peer's code for it, a family, a group, or ALL."}, {"enum", words}};
}

}  // namespace

std::string config_schema() {
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"title", "Configuration of hoplint"},
              {"description", "A file named .hoplint.yaml; the nearest one upwards from what is checked counts."}};
  add_mapping(schema, ConfigPart::file);
  schema.add("definitions", {{"rule", rule_words()},
                             {"environment", mapping(ConfigPart::environment)},
                             {"override", mapping_with_one_of(ConfigPart::override_, {"select", "ignore", "severity"})},
                             {"policy", mapping_with_one_of(ConfigPart::policy, {"encrypted", "reachable", "unreachable-from"})},
                             {"allow", mapping(ConfigPart::allow)}});
  return schema.pretty();
}

}  // namespace hop
