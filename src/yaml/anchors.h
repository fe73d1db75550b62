#pragma once
// What an alias stands for, and how many nodes it adds once aliases are followed. Knows nothing of the parser.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace hop::yaml {

struct Anchor {
  std::uint32_t node = 0;
  std::uint64_t nodes = 0;  ///< of it and all below it, aliases followed; meaningless while it is open
};

class Anchors {
 public:
  /// A collection with this anchor begins.
  void begin(std::string_view name, std::uint32_t node) { anchors_[std::string(name)] = {node, 0}; }
  /// A node with this anchor is complete. A collection's name may have been given again to something inside it; the later one stays.
  void finish(std::string_view name, std::uint32_t node, std::uint64_t nodes) {
    Anchor& anchor = anchors_[std::string(name)];
    if (anchor.node <= node) anchor = {node, nodes};
  }
  /// Null if there is none above.
  const Anchor* find(std::string_view name) const {
    const auto found = anchors_.find(std::string(name));
    return found == anchors_.end() ? nullptr : &found->second;
  }

 private:
  std::unordered_map<std::string, Anchor> anchors_;  // looked up only, never iterated
};

}  // namespace hop::yaml
