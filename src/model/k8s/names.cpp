#include "model/k8s/names.h"

#include <algorithm>

namespace hop::k8s {
namespace {

bool is_small_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_small_or_digit(char c) { return is_small_letter(c) || (c >= '0' && c <= '9'); }

}  // namespace

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= 63 && is_small_or_digit(text.front()) && is_small_or_digit(text.back()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_small_or_digit(c) || c == '-'; });
}

bool is_subdomain(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  bool inside = false;  // a label: not at its ends, which are letters or digits
  for (const char c : text) {
    const bool edge = is_small_or_digit(c);
    if (!edge && !(inside && (c == '-' || c == '.'))) return false;
    inside = c != '.';
  }
  return is_small_or_digit(text.back()) && text.find("-.") == std::string_view::npos;
}

bool is_port_name(std::string_view text) {
  return is_label(text) && text.size() <= 15 && std::any_of(text.begin(), text.end(), is_small_letter) &&
         text.find("--") == std::string_view::npos;
}

}  // namespace hop::k8s
