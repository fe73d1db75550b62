#include "model/aws/other_classes.h"

#include <algorithm>
#include <iterator>

namespace hop::alb {

bool is_class_of_others(std::string_view name) {
  static constexpr std::string_view words[] = {"nginx", "traefik", "haproxy", "kong",      "istio",     "contour",    "cilium",
                                               "gce",   "apisix",  "higress", "openshift", "tailscale", "ambassador", "webapprouting"};
  if (name.find("alb") != std::string_view::npos) return false;
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) { return name.find(word) != std::string_view::npos; });
}

}  // namespace hop::alb
