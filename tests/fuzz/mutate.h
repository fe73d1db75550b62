#pragma once
// Inputs that stay what their target reads: manifests made from the field tables, and changes to their lines. The same seed gives the same
// text on every machine. Knows nothing of what is found in them.

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "fuzz/targets.h"

namespace hop::fuzz {

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}
  /// Below `sides`, which is not 0.
  std::size_t roll(std::size_t sides) { return engine_() % sides; }
  bool one_in(std::size_t sides) { return roll(sides) == 0; }
  template <class List>
  const auto& pick(const List& list) {
    return std::data(list)[roll(std::size(list))];
  }

 private:
  std::mt19937 engine_;
};

/// An object of a random kind: what its table requires, some of what it allows, names that others use too, now and then a slip.
std::string random_manifest(Dice& dice);
/// A value that may stand under this annotation, or nearly.
std::string random_annotation_value(std::string_view key, Dice& dice);
/// A key that somebody reads.
std::string random_annotation_key(Dice& dice);
/// A scalar as one writes it for a field of this name.
std::string random_scalar(std::string_view field, Dice& dice);
/// A field's name from one of the tables.
std::string_view random_field(Dice& dice);

/// One to four changes.
std::string mutate(Shape shape, std::string_view input, std::uint32_t seed);

}  // namespace hop::fuzz
