#pragma once
// How field tables are written: types, fields and objects as constants. Knows nothing of documents.
//
//   constexpr Choice protocol{"SCTP", "TCP", "UDP"};
//   constexpr Object service_port{{must("port", port), {"name", text}, {"protocol", protocol}, {"targetPort", int_or_text}}};
//   constexpr Object service_spec{{{"ports", list<service_port>}, {"selector", map<text>}}};

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include "yaml/key.h"

namespace hop::fields {

enum class Shape : std::uint8_t {
  any,
  text,
  flag,
  whole,
  number,
  int_or_text,
  quantity,
  duration,          ///< of Go: `1h30m`, `1.5s`
  gateway_duration,  ///< of the Gateway API (GEP-2257): no fractions, no sign
  word,              ///< one of `words`
  object,
  root,  ///< an object with apiVersion, kind, metadata and status besides
  map,   ///< keys are free
  list,
};

/// What a key means that the table does not list.
enum class Unlisted : std::uint8_t {
  refused,   ///< the API server knows no other
  doubtful,  ///< the table may lack what newer releases brought: only a slip of a listed name is a mistake
  free,
};

enum class Use : std::uint8_t {
  optional,
  required,  ///< the API server refuses the object without it
  told,      ///< a rule of its own speaks about it
  moved,     ///< of another API version of the kind
};

struct Type;

struct Field {
  std::string_view name;
  const Type* type = nullptr;
  Use use = Use::optional;
  std::string_view instead;  ///< of a moved one: what this version has
  constexpr Field() = default;
  constexpr Field(std::string_view of_name, const Type& of_type, Use of_use = Use::optional, std::string_view new_place = {})
      : name(of_name), type(&of_type), use(of_use), instead(new_place) {}
};

struct Type {
  Shape shape = Shape::any;
  Unlisted unlisted = Unlisted::refused;
  std::uint16_t size = 0;      ///< number of fields or words
  std::uint16_t required = 0;  ///< number of required fields
  const Field* fields = nullptr;
  const std::string_view* words = nullptr;
  const Type* of = nullptr;              ///< items of a list, values of a map
  const std::uint8_t* places = nullptr;  ///< of an object: a hash table of its names; position of the field and 1, or 0 for a free place
  std::size_t place_count = 0;           ///< a power of two
  std::int64_t low = std::numeric_limits<std::int64_t>::min();
  std::int64_t high = std::numeric_limits<std::int64_t>::max();
};

inline constexpr Type any{Shape::any};
inline constexpr Type text{Shape::text};
inline constexpr Type flag{Shape::flag};
inline constexpr Type number{Shape::number};
inline constexpr Type int_or_text{Shape::int_or_text};
inline constexpr Type quantity{Shape::quantity};
inline constexpr Type duration{Shape::duration};
inline constexpr Type gateway_duration{Shape::gateway_duration};
template <std::int64_t low, std::int64_t high>
inline constexpr Type range{.shape = Shape::whole, .low = low, .high = high};
inline constexpr const Type& whole = range<std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()>;
inline constexpr const Type& count = range<0, 4'294'967'295>;
inline constexpr const Type& port = range<1, 65535>;
inline constexpr const Type& port_or_zero = range<0, 65535>;  ///< 0 stands for none
template <const auto& type>
inline constexpr Type list{.shape = Shape::list, .of = &type};
template <const auto& type>
inline constexpr Type map{.shape = Shape::map, .of = &type};

constexpr Field must(std::string_view name, const Type& type) { return {name, type, Use::required}; }
constexpr Field told(std::string_view name) { return {name, any, Use::told}; }
constexpr Field moved(std::string_view name, std::string_view instead) { return {name, any, Use::moved, instead}; }

/// Shorter names come first, so that most comparisons end with the length.
constexpr bool before(std::string_view a, std::string_view b) { return a.size() != b.size() ? a.size() < b.size() : a < b; }

/// Where the search for a name begins.
constexpr std::size_t first_place(std::string_view name, std::size_t places) { return yaml::key_byte(yaml::key_hash(name)) & (places - 1); }

/// Fields in any order; they are sorted when the program is compiled.
template <std::size_t count_>
struct Object : Type {
  static_assert(count_ < 128, "a place is a byte");
  std::array<Field, count_> listed;
  std::array<std::uint8_t, std::bit_ceil(count_ * 2 + 1)> places_of_names{};
  constexpr explicit Object(const Field (&given)[count_], Unlisted others = Unlisted::refused, Shape as = Shape::object)
      : Type{as, others} {
    for (std::size_t i = 0; i < count_; ++i) {
      std::size_t at = i;
      for (; at > 0 && before(given[i].name, listed[at - 1].name); --at) listed[at] = listed[at - 1];
      listed[at] = given[i];
      required = static_cast<std::uint16_t>(required + (given[i].use == Use::required ? 1 : 0));
    }
    size = count_;
    fields = listed.data();
    places = places_of_names.data();
    place_count = places_of_names.size();
    for (std::size_t i = 0; i < count_; ++i) {
      std::size_t at = first_place(listed[i].name, place_count);
      while (places_of_names[at] != 0) at = (at + 1) % place_count;
      places_of_names[at] = static_cast<std::uint8_t>(i + 1);
    }
  }
  constexpr Object(const Object&) = delete;  // it points into itself
  Object& operator=(const Object&) = delete;
};
template <std::size_t count_>
Object(const Field (&)[count_]) -> Object<count_>;
template <std::size_t count_>
Object(const Field (&)[count_], Unlisted) -> Object<count_>;

/// What a document's root, or an object of its own inside one, looks like.
template <std::size_t count_>
struct Root : Object<count_> {
  constexpr explicit Root(const Field (&given)[count_]) : Object<count_>(given, Unlisted::refused, Shape::root) {}
};
template <std::size_t count_>
Root(const Field (&)[count_]) -> Root<count_>;

template <std::size_t count_>
struct Choice : Type {
  std::array<std::string_view, count_> listed;
  template <class... Word>
  constexpr explicit Choice(const Word&... given) : Type{Shape::word}, listed{std::string_view(given)...} {
    size = count_;
    words = listed.data();
  }
  constexpr Choice(const Choice&) = delete;  // it points into itself
  Choice& operator=(const Choice&) = delete;
};
template <class... Word>
Choice(const Word&...) -> Choice<sizeof...(Word)>;

}  // namespace hop::fields
