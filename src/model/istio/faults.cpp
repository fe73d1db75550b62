#include "model/istio/faults.h"

namespace hop::istio {
namespace {

/// A number of percents, which may be written as 100 or 100.0; without one nothing is aborted.
Truth is_whole(yaml::Node abort) {
  const auto share = text_of(abort["percentage"] ? abort["percentage"]["value"] : abort["percent"]);
  if (share.is_unknown() || abort["percentage"].is_scalar()) return Truth::unknown;
  std::string_view text = share.value_or("");
  if (text.find('.') != std::string_view::npos) text = text.substr(0, text.find_last_not_of('0') + 1);
  return truth(text == "100" || text == "100.");
}

/// Below 400 it is an answer.
Truth is_error(yaml::Node abort) {
  if (!abort["httpStatus"]) return abort["grpcStatus"].str() == "OK" ? Truth::no : Truth::yes;
  const auto status = integer_of(abort["httpStatus"]);
  return status.is_known() ? truth(*status >= 400) : Truth::unknown;
}

}  // namespace

Truth aborts_all(yaml::Node route) {
  const yaml::Node abort = route["fault"]["abort"];
  if (!abort || abort.is_null()) return Truth::no;
  return abort.is_mapping() ? is_whole(abort) && is_error(abort) : Truth::unknown;
}

}  // namespace hop::istio
