#pragma once
// The forms of names that the Kubernetes API server takes.
// Source: kubernetes.io/docs/concepts/overview/working-with-objects/names, k8s.io/apimachinery/pkg/util/validation.

#include <string_view>

namespace hop::k8s {

/// Small letters, digits and `-`, neither first nor last; at most 63.
bool is_label(std::string_view text);
/// Labels joined by dots; at most 253.
bool is_subdomain(std::string_view text);
/// A label of at most 15 bytes with a letter in it and no `--`: what a container calls its port.
bool is_port_name(std::string_view text);

}  // namespace hop::k8s
