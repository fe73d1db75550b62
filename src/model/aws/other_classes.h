#pragma once
// Names of IngressClasses that are surely another controller's, for manifests without the class itself.

#include <string_view>

namespace hop::alb {

/// `nginx`, `traefik-internal`, `istio`: what other controllers' charts and guides call their classes; not where `alb` is part of it.
bool is_class_of_others(std::string_view name);

}  // namespace hop::alb
