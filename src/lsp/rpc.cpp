#include "lsp/rpc.h"

#include <utility>

namespace hop::lsp {
namespace {

bool is_id(const JsonValue& id) {
  return id.is(JsonValue::Type::string) || id.is(JsonValue::Type::integer) || id.is(JsonValue::Type::number);
}

Json id_text(const JsonValue& id) { return is_id(id) ? Json::verbatim(id.text()) : Json::null(); }

}  // namespace

Message read_message(const JsonValue& value) {
  Message message;
  message.id = value["id"];
  message.method = value["method"].str();
  const JsonValue& params = value["params"];
  const bool fine = value["jsonrpc"].str() == "2.0" && (!params || params.is(JsonValue::Type::object) ||
                                                        params.is(JsonValue::Type::array) || params.is(JsonValue::Type::null));
  if (!fine) return message;
  if (value["method"].is(JsonValue::Type::string)) {
    if (message.id && !is_id(message.id)) return message;
    message.type = message.id ? Message::Type::request : Message::Type::notification;
    message.params = params;
  } else if (is_id(message.id) && !value["method"] && (value["result"] || value["error"])) {
    message.type = Message::Type::response;
    message.params = value["result"];
  }
  return message;
}

std::string response(const JsonValue& id, const Json& result) {
  return Json{{"jsonrpc", "2.0"}, {"id", id_text(id)}, {"result", result}}.compact();
}

std::string error_response(const JsonValue& id, const Failed& failed) {
  Json error{{"code", static_cast<int>(failed.code)}, {"message", failed.message}};
  if (failed.code == ErrorCode::server_cancelled) error.add("data", Json{{"retriggerRequest", true}});
  return Json{{"jsonrpc", "2.0"}, {"id", id_text(id)}, {"error", error}}.compact();
}

std::string notification(std::string_view method, const Json& params) {
  return Json{{"jsonrpc", "2.0"}, {"method", method}, {"params", params}}.compact();
}

std::string request(std::int64_t id, std::string_view method, const Json& params) {
  return Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}}.compact();
}

}  // namespace hop::lsp
