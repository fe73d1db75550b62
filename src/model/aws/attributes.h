#pragma once
// Keys of load balancer and target group attributes, with what each may hold.
// Source: docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_{LoadBalancerAttribute,TargetGroupAttribute}.html.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/aws/values.h"

namespace hop::aws {

enum class AttributeOf : std::uint8_t { application_load_balancer, network_load_balancer, application_target_group, network_target_group };

struct Attribute {
  std::string_view key;
  std::string_view words;                ///< accepted values separated by '|'; "" for anything or a number
  std::int64_t lowest = 0, highest = 0;  ///< of a number; both 0 if it is none
  bool or_zero = false;                  ///< whether 0 switches it off, below `lowest`
};

std::span<const Attribute> attributes(AttributeOf of);
const Attribute* find_attribute(AttributeOf of, std::string_view key);
/// The key that an unknown one was meant to be.
std::optional<std::string_view> nearest_attribute(AttributeOf of, std::string_view key);
/// What `value` should be instead, to stand behind "must be": "`on` or `off`", "a number from 1 to 4000"; "" if it may stand.
std::string problem(const Attribute& attribute, std::string_view value);

/// A pair of an annotation that AWS refuses.
struct AttributeFault {
  Piece pair;                             ///< in the annotation's value
  std::string key, text;                  ///< `text` is a whole message
  std::optional<std::string_view> meant;  ///< the key that an unknown one was meant to be
  bool unheard = false;                   ///< a key that resembles none of ours: it may be newer
};
/// In source order. Placeholders are left alone.
std::vector<AttributeFault> attribute_faults(AttributeOf of, std::string_view value);

}  // namespace hop::aws
