#pragma once
// What the JSON of actions, conditions and the like must hold beyond its form: fields that need or exclude each other.
// Source: aws-load-balancer-controller pkg/ingress/config_types.go (validate), Elastic Load Balancing API reference.

#include <string_view>
#include <vector>

#include "model/aws/json_shapes.h"

namespace hop::aws {

/// Faults of JSON whose form is right, in source order; empty for annotations of other suffixes.
std::vector<JsonFault> json_conflicts(std::string_view suffix, yaml::Node root);

}  // namespace hop::aws
