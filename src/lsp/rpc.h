#pragma once
// JSON-RPC 2.0 as the Language Server Protocol uses it: requests, notifications, responses and errors. Knows no method.

#include <string>
#include <string_view>

#include "lsp/json_value.h"
#include "report/json_text.h"

namespace hop::lsp {

/// Source: JSON-RPC 2.0 and LSP 3.17 (`ErrorCodes`, `LSPErrorCodes`).
enum class ErrorCode : int {
  parse_error = -32700,
  invalid_request = -32600,
  method_not_found = -32601,
  invalid_params = -32602,
  internal_error = -32603,
  server_not_initialized = -32002,
  request_failed = -32803,
  server_cancelled = -32802,
  content_modified = -32801,
  request_cancelled = -32800
};

struct Failed {
  ErrorCode code = ErrorCode::request_failed;
  std::string message;
};

struct Message {
  enum class Type : unsigned char { request, notification, response, invalid };
  Type type = Type::invalid;
  JsonValue id;        ///< absent for a notification
  std::string method;  ///< "" for a response
  JsonValue params;    ///< of a response: its result, absent for an error
};

Message read_message(const JsonValue& value);

std::string response(const JsonValue& id, const Json& result);
std::string error_response(const JsonValue& id, const Failed& failed);
std::string notification(std::string_view method, const Json& params);
std::string request(std::int64_t id, std::string_view method, const Json& params);

}  // namespace hop::lsp
