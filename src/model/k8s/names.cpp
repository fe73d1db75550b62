#include "model/k8s/names.h"

#include <algorithm>

#include "text/words.h"

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
  if (text.empty() || text.size() > 253 || text.back() == '.') return false;
  const auto labels = split_list(text, '.');
  const auto dots = static_cast<std::size_t>(std::count(text.begin(), text.end(), '.'));
  return labels.size() == dots + 1 && std::all_of(labels.begin(), labels.end(), [](std::string_view label) {
           // A label of a subdomain is as long as it likes.
           return is_label(label.substr(0, 63)) && (label.size() <= 63 || is_label(label.substr(label.size() - 63)));
         });
}

bool is_port_name(std::string_view text) {
  return is_label(text) && text.size() <= 15 && std::any_of(text.begin(), text.end(), is_small_letter) &&
         text.find("--") == std::string_view::npos;
}

}  // namespace hop::k8s
