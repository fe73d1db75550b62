#include "yaml/meaning.h"

#include <algorithm>

namespace hop::yaml {
namespace {

/// Any other tag makes a string.
constexpr std::string_view resolvable_tags[] = {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float",
                                                "tag:yaml.org,2002:null", "tag:yaml.org,2002:timestamp"};

}  // namespace

const Property* find_property(const Tree& tree, std::uint32_t item) {
  if ((tree.items[item].flags & has_property) == 0) return nullptr;
  const auto found = std::lower_bound(tree.properties.begin(), tree.properties.end(), item,
                                      [](const Property& property, std::uint32_t node) { return property.node < node; });
  return found != tree.properties.end() && found->node == item ? &*found : nullptr;
}

Meaning meaning_of(const Tree& tree, std::uint32_t scalar) {
  const Property* property = find_property(tree, scalar);
  const bool tagged = property != nullptr && !property->tag.empty();
  if (!tagged && tree.items[scalar].style != Style::plain) return Meaning::string;
  if (tagged && std::find(std::begin(resolvable_tags), std::end(resolvable_tags), property->tag) == std::end(resolvable_tags)) {
    return Meaning::string;
  }
  return resolve_plain(tree.text(tree.items[scalar]));
}

}  // namespace hop::yaml
