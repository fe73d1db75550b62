#include "model/aws/json_shapes.h"

#include "model/aws/values.h"
#include "text/format.h"
#include "text/words.h"

namespace hop::aws {
namespace {

using enum JsonType;
constexpr bool required = true;
constexpr bool optional = false;

constexpr JsonField field(std::string_view name, JsonType type, bool needed, const JsonShape* of) {
  return {.name = name, .type = type, .required = needed, .of = of};
}

// actions.<name>
constexpr JsonField fixed_response_fields[] = {
    {"statusCode", string, required},
    {"contentType", string, optional, "text/plain|text/css|text/html|application/javascript|application/json"},
    {"messageBody", string}};
constexpr JsonShape fixed_response{fixed_response_fields};
constexpr JsonField redirect_fields[] = {{"host", string},  {"path", string},
                                         {"port", string},  {"protocol", string, optional, "HTTP|HTTPS|#{protocol}"},
                                         {"query", string}, {"statusCode", string, required, "HTTP_301|HTTP_302"}};
constexpr JsonShape redirect{redirect_fields};
constexpr JsonField stickiness_fields[] = {{"enabled", boolean}, {"durationSeconds", integer, optional, "", {1, 604800}}};
constexpr JsonShape stickiness{stickiness_fields};
constexpr JsonField target_group_fields[] = {{"serviceName", string},
                                             {"servicePort", string_or_integer},
                                             {"targetGroupARN", string},
                                             {"targetGroupName", string},
                                             {"weight", integer, optional, "", {0, 999}}};
constexpr JsonShape target_group{target_group_fields};
constexpr JsonField forward_fields[] = {field("targetGroups", list, required, &target_group),
                                        field("targetGroupStickinessConfig", object, optional, &stickiness)};
constexpr JsonShape forward{forward_fields};
constexpr JsonField action_fields[] = {{"type", string, required, "forward|redirect|fixed-response"},
                                       {"targetGroupARN", string},
                                       {"targetGroupName", string},
                                       field("fixedResponseConfig", object, optional, &fixed_response),
                                       field("redirectConfig", object, optional, &redirect),
                                       field("forwardConfig", object, optional, &forward)};
constexpr JsonShape action{action_fields};

// conditions.<name>
constexpr JsonField patterns_fields[] = {{"values", list}, {"regexValues", list}};
constexpr JsonShape patterns{patterns_fields};
constexpr JsonField header_fields[] = {{"httpHeaderName", string, required}, {"values", list}, {"regexValues", list}};
constexpr JsonShape header{header_fields};
constexpr JsonField strings_fields[] = {{"values", list, required}};
constexpr JsonShape strings{strings_fields};
constexpr JsonField query_value_fields[] = {{"key", string}, {"value", string, required}};
constexpr JsonShape query_value{query_value_fields};
constexpr JsonField query_fields[] = {field("values", list, required, &query_value)};
constexpr JsonShape query{query_fields};
constexpr JsonField condition_fields[] = {{"field", string, required},
                                          field("hostHeaderConfig", object, optional, &patterns),
                                          field("pathPatternConfig", object, optional, &patterns),
                                          field("httpHeaderConfig", object, optional, &header),
                                          field("httpRequestMethodConfig", object, optional, &strings),
                                          field("queryStringConfig", object, optional, &query),
                                          field("sourceIPConfig", object, optional, &strings)};
constexpr JsonShape condition{condition_fields};

// transforms.<name>
constexpr JsonField rewrite_fields[] = {{"regex", string, required}, {"replace", string}};
constexpr JsonShape rewrite{rewrite_fields};
constexpr JsonField rewrites_fields[] = {field("rewrites", list, required, &rewrite)};
constexpr JsonShape rewrites{rewrites_fields};
constexpr JsonField transform_fields[] = {{"type", string, required, "url-rewrite|host-header-rewrite"},
                                          field("urlRewriteConfig", object, optional, &rewrites),
                                          field("hostHeaderRewriteConfig", object, optional, &rewrites)};
constexpr JsonShape transform{transform_fields};

// Listeners and authentication.
constexpr JsonField mutual_fields[] = {{"port", integer, required, "", any_port},
                                       {"mode", string, required, "off|passthrough|verify"},
                                       {"trustStore", string},
                                       {"ignoreClientCertificateExpiry", boolean},
                                       {"advertiseTrustStoreCaNames", string, optional, "on|off"}};
constexpr JsonShape mutual{mutual_fields};
constexpr JsonField cognito_fields[] = {
    {"userPoolARN", string, required}, {"userPoolClientID", string, required}, {"userPoolDomain", string, required}};
constexpr JsonShape cognito{cognito_fields};
constexpr JsonField oidc_fields[] = {{"issuer", string, required},
                                     {"authorizationEndpoint", string, required},
                                     {"tokenEndpoint", string, required},
                                     {"userInfoEndpoint", string, required},
                                     {"secretName", string, required}};
constexpr JsonShape oidc{oidc_fields};
constexpr JsonField claim_fields[] = {{"name", string, required},
                                      {"format", string, required, "single-string|string-array|space-separated-values"},
                                      {"values", list, required}};
constexpr JsonShape claim{claim_fields};
constexpr JsonField jwt_fields[] = {
    {"jwksEndpoint", string, required}, {"issuer", string, required}, field("additionalClaims", list, optional, &claim)};
constexpr JsonShape jwt{jwt_fields};

struct FormOf {
  std::string_view suffix;
  JsonForm form;
};
constexpr FormOf forms[] = {{"actions.", {false, &action}},          {"conditions.", {true, &condition}},
                            {"transforms.", {true, &transform}},     {"mutual-authentication", {true, &mutual}},
                            {"auth-idp-cognito", {false, &cognito}}, {"auth-idp-oidc", {false, &oidc}},
                            {"jwt-validation", {false, &jwt}}};

std::string_view type_name(JsonType type) {
  switch (type) {
    case string:
      return "a string";
    case integer:
      return "a number";
    case boolean:
      return "`true` or `false`";
    case string_or_integer:
      return "a string or a number";
    case object:
      return "an object";
    case list:
      break;
  }
  return "a list";
}

bool fits(JsonType type, yaml::Node value) {
  switch (type) {
    case string:
      return is_json_string(value);
    case integer:
      return json_integer(value).has_value();
    case boolean:
      return value.is_plain() && (value.str() == "true" || value.str() == "false");
    case string_or_integer:
      return is_json_string(value) || json_integer(value).has_value();
    case object:
      return value.is_mapping();
    case list:
      break;
  }
  return value.is_sequence();
}

class Checker {
 public:
  std::vector<JsonFault> run(const JsonForm& form, yaml::Node root) {
    if (form.list != root.is_sequence() || (!form.list && !root.is_mapping())) {
      tell(root, format("the JSON must be {}", form.list ? "a list of objects" : "one object, not a list"));
    } else if (form.list) {
      if (root.size() == 0) tell(root, "the list is empty");
      objects(*form.shape, "an item of the list", root);
    } else {
      object_of(*form.shape, root);
    }
    return std::move(faults_);
  }

 private:
  void tell(yaml::Node place, std::string text) { faults_.push_back({place, std::move(text)}); }

  void objects(const JsonShape& shape, std::string_view what, yaml::Node list) {
    for (yaml::Node item : list.items()) {
      if (item.is_mapping()) {
        object_of(shape, item);
      } else {
        tell(item, format("{} must be an object", what));
      }
    }
  }

  void object_of(const JsonShape& shape, yaml::Node object) {
    for (const JsonField& field : shape.fields) {
      const yaml::Node value = json_member(object, field.name);
      if (value && !value.is_null()) {
        check(field, value);
      } else if (field.required) {
        tell(object, format("`{}` is missing", field.name));
      }
    }
  }

  void check(const JsonField& field, yaml::Node value) {
    if (!fits(field.type, value)) {
      tell(value, format("`{}` must be {}", field.name, type_name(field.type)));
      faults_.back().wants_quotes = field.type == string && json_integer(value).has_value();
    } else if (field.type == object) {
      object_of(*field.of, value);
    } else if (field.type == list) {
      check_list(field, value);
    } else if (field.type == integer) {
      const std::int64_t number = json_integer(value).value_or(0);
      if (number < field.range.lowest || number > field.range.highest)
        tell(value, format("`{}` must be from {} to {}", field.name, field.range.lowest, field.range.highest));
    } else if (!field.words.empty() && !is_among(field.words, value.str())) {
      tell(value, format("`{}` must be {}", field.name, spell_choice(field.words)));
    } else if (field.required && value.str().empty()) {
      tell(value, format("`{}` is empty", field.name));
    }
  }

  void check_list(const JsonField& field, yaml::Node value) {
    if (field.required && value.size() == 0) tell(value, format("`{}` is empty", field.name));
    if (field.of != nullptr) {
      objects(*field.of, format("an item of `{}`", field.name), value);
      return;
    }
    for (yaml::Node item : value.items()) {
      if (!is_json_string(item)) {
        tell(item, format("`{}` must hold strings only", field.name));
        faults_.back().wants_quotes = json_integer(item).has_value();
      } else if (item.str().empty()) {
        tell(item, format("`{}` holds an empty string", field.name));
      }
    }
  }

  std::vector<JsonFault> faults_;
};

}  // namespace

const JsonForm* json_form(std::string_view suffix) {
  for (const FormOf& row : forms) {
    if (row.suffix.ends_with('.') ? suffix.starts_with(row.suffix) : suffix == row.suffix) return &row.form;
  }
  return nullptr;
}

std::vector<JsonFault> json_faults(const JsonForm& form, yaml::Node root) { return Checker().run(form, root); }

std::string_view json_error_words(std::string_view text, std::size_t at) {
  if (trim(text).empty()) return "it is empty";
  if (at >= text.size()) return "it ends too early";
  const char c = text[at];
  const std::string_view before = trim(text.substr(0, at));
  const char last = before.empty() ? '\0' : before.back();
  if (c == '\'') return "strings take double quotes";
  if (c == '}' || c == ']') return last == ',' ? "a comma stands before the closing bracket" : "a bracket closes what is not open";
  if (c == ':') return "a `key: value` pair needs braces";
  if (c == '"') return last == '{' || last == '[' || last == ':' ? "a string is malformed" : "a comma is missing";
  if (static_cast<unsigned char>(c) < 0x20) return "a string holds a line break";
  if (last == '}' || last == ']') return c == '{' || c == '[' ? "a comma is missing" : "something stands behind the value";
  return "text takes double quotes";
}

}  // namespace hop::aws
