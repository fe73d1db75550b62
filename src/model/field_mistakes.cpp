#include "model/field_mistakes.h"

#include <algorithm>
#include <optional>

#include "model/fields/tables.h"
#include "text/format.h"
#include "text/words.h"
#include "yaml/template.h"

namespace hop {
namespace {

using fields::Field;
using fields::Shape;
using fields::Type;
using fields::Unlisted;
using fields::Use;

/// What every object has at its root. SOPS adds `sops`.
constexpr std::string_view of_every_root[] = {"apiVersion", "kind", "metadata", "status"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes digits with at most one point among them; false if there are none.
bool take_number(std::string_view& text) {
  std::size_t digits = 0, at = 0;
  for (bool point = false; at < text.size() && (is_digit(text[at]) || (text[at] == '.' && !point)); ++at) {
    point = point || text[at] == '.';
    digits += is_digit(text[at]) ? 1 : 0;
  }
  text.remove_prefix(at);
  return digits > 0;
}

void take_sign(std::string_view& text) {
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) text.remove_prefix(1);
}

/// Source: kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity.
bool is_quantity(std::string_view text) {
  static constexpr std::string_view suffixes[] = {"", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
  take_sign(text);
  if (!take_number(text)) return false;
  if (std::find(std::begin(suffixes), std::end(suffixes), text) != std::end(suffixes)) return true;
  if (text.front() != 'e' && text.front() != 'E') return false;
  text.remove_prefix(1);
  take_sign(text);
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// Source: pkg.go.dev/time#ParseDuration; of the Gateway API gateway-api.sigs.k8s.io/geps/gep-2257.
bool is_duration(std::string_view text, bool of_gateway) {
  static constexpr std::string_view units[] = {"ns", "us", "µs", "ms", "h", "m", "s"};
  if (!of_gateway) take_sign(text);
  if (text == "0" && !of_gateway) return true;
  if (text.empty() || (of_gateway && text.find_first_not_of("0123456789hms") != std::string_view::npos)) return false;
  while (!text.empty()) {
    if (!take_number(text)) return false;
    const auto* unit = std::find_if(std::begin(units), std::end(units), [&](std::string_view word) { return text.starts_with(word); });
    if (unit == std::end(units)) return false;
    text.remove_prefix(unit->size());
  }
  return true;
}

bool is_word(const Type& type, std::string_view text) {
  return text.empty() || std::find(type.words, type.words + type.size, text) != type.words + type.size;
}

/// A scalar that is neither string, boolean nor null.
bool is_number(yaml::Node scalar) { return scalar.is_plain() && !scalar.is_string() && !scalar.is_null() && !scalar.boolean(); }

/// `80.0` is the whole number 80 once YAML has become JSON.
std::optional<std::int64_t> whole_number(yaml::Node scalar) {
  if (const auto number = scalar.integer()) return number;
  std::string_view text = scalar.str();
  const std::size_t point = text.find('.');
  if (!is_number(scalar) || point == std::string_view::npos || text.find_first_not_of('0', point + 1) != std::string_view::npos) {
    return std::nullopt;
  }
  std::int64_t number = 0;
  for (char c : text.substr(0, point)) {
    if (!is_digit(c) || number > 1'000'000'000'000) return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

std::optional<Mistake> judge_text(bool fits, yaml::Node scalar) {
  if (!scalar.is_string()) return Mistake::wrong_type;
  return fits ? std::nullopt : std::optional(Mistake::invalid);
}

std::optional<Mistake> judge_whole(const Type& type, yaml::Node scalar) {
  const auto number = whole_number(scalar);
  // A number too large for us is a number.
  if (!number)
    return is_number(scalar) && scalar.str().find_first_of(".eE") == std::string_view::npos ? std::nullopt
                                                                                            : std::optional(Mistake::wrong_type);
  return *number < type.low || *number > type.high ? std::optional(Mistake::invalid) : std::nullopt;
}

/// What is wrong with a scalar that holds no placeholder.
std::optional<Mistake> judge(const Type& type, yaml::Node scalar) {
  switch (type.shape) {
    case Shape::any:
      return std::nullopt;
    case Shape::text:
      return judge_text(true, scalar);
    case Shape::word:
      return judge_text(is_word(type, scalar.str()), scalar);
    case Shape::duration:
    case Shape::gateway_duration:
      return judge_text(is_duration(scalar.str(), type.shape == Shape::gateway_duration), scalar);
    case Shape::quantity:
      if (scalar.boolean()) return Mistake::wrong_type;
      return is_quantity(scalar.str()) ? std::nullopt : std::optional(Mistake::invalid);
    case Shape::flag:
      return scalar.boolean() ? std::nullopt : std::optional(Mistake::wrong_type);
    case Shape::whole:
      return judge_whole(type, scalar);
    case Shape::number:
      return is_number(scalar) ? std::nullopt : std::optional(Mistake::wrong_type);
    case Shape::int_or_text:
      return scalar.is_string() || whole_number(scalar) ? std::nullopt : std::optional(Mistake::wrong_type);
    default:
      return Mistake::wrong_type;
  }
}

/// Of one object. More than are told (rule/report.h) of the kinds of them together; memory is to stay bounded.
constexpr std::size_t most_mistakes = 20'000;

class Walk {
 public:
  explicit Walk(std::vector<FieldMistake>& found) : found_(found) {}

  void read(yaml::Node node, const Type& type) {
    // The usual case first: most of a document is text.
    if (type.shape == Shape::any || (type.shape == Shape::text && node.is_string())) return;
    const bool is_object = type.shape == Shape::object || type.shape == Shape::root;
    if (node.is_mapping() && is_object) return read_object(node, type);
    if (node.is_mapping() && type.shape == Shape::map) return read_map(node, *type.of);
    if (node.is_sequence() && type.shape == Shape::list) return read_list(node, *type.of);
    read_value(node, type);
  }

 private:
  /// The objects around the one that is being read, inmost first.
  struct Level {
    const Type* type;
    yaml::Node node;
    const Level* outer;
  };

  void read_object(yaml::Node node, const Type& type) {
    const Level level{&type, node, around_};
    around_ = &level;
    std::size_t required = 0;
    for (const auto& [key, value] : node.entries()) {
      const Field* field = fields::find_field(type, key.str());
      if (field == nullptr) {
        read_unlisted(key.str(), value, type);
      } else if (field->use == Use::moved) {
        add({Mistake::moved, value, field->name, &type, field, {}});
      } else {
        required += field->use == Use::required && !value.is_null() ? 1 : 0;
        read(value, *field->type);
      }
    }
    around_ = level.outer;
    if (required < type.required) find_missing(node, type);
  }

  void read_map(yaml::Node node, const Type& type) {
    for (const auto& [key, value] : node.entries()) read(value, type);
  }

  void read_list(yaml::Node node, const Type& type) {
    for (yaml::Node item : node.items()) read(item, type);
  }

  void read_value(yaml::Node node, const Type& type) {
    if (!node.is_scalar()) {
      add({Mistake::wrong_type, node, {}, &type, nullptr, {}});
      return;
    }
    // The API server drops a null.
    if (node.is_null() || yaml::is_placeholder(node.str())) return;
    const bool numeric = type.shape == Shape::whole || type.shape == Shape::number;
    if (numeric && yaml::is_shouted(node.str())) return;
    if (const auto what = judge(type, node)) add({*what, node, {}, &type, nullptr, {}});
  }

  void read_unlisted(std::string_view key, yaml::Node value, const Type& type) {
    if (type.shape == Shape::root && read_common(key, value)) return;
    if (type.unlisted == Unlisted::free || key.empty() || yaml::is_placeholder(key)) return;
    // `$patch` and its like speak to strategic merge.
    if (key.front() == '$') return;
    // What is read as protocol buffers has its snake_case names, too.
    const bool doubtful = type.unlisted == Unlisted::doubtful;
    if (doubtful && (key.find('_') != std::string_view::npos || meant_field(type, key).empty())) return;
    add({Mistake::unknown, value, key, &type, nullptr, doubtful ? std::string() : home_of(key)});
  }

  bool read_common(std::string_view key, yaml::Node value) {
    if (std::find(std::begin(of_every_root), std::end(of_every_root), key) == std::end(of_every_root)) return false;
    if (key == "metadata") read(value, fields::object_meta);
    return true;
  }

  /// Where a key that was put too deep or too high belongs.
  std::string home_of(std::string_view key) const {
    for (const Level* level = around_->outer; level != nullptr; level = level->outer) {
      if (lists(*level->type, key)) return level->node.path();
    }
    for (std::size_t i = 0; i < around_->type->size; ++i) {
      const Field& field = around_->type->fields[i];
      if (field.use == Use::moved || field.type->shape != Shape::object || !lists(*field.type, key)) continue;
      const std::string path = around_->node.path();
      return path.empty() ? std::string(field.name) : format("{}.{}", path, field.name);
    }
    return {};
  }

  static bool lists(const Type& type, std::string_view key) {
    const Field* field = type.fields != nullptr && type.shape != Shape::word ? fields::find_field(type, key) : nullptr;
    return field != nullptr && (field->use == Use::optional || field->use == Use::required);
  }

  void find_missing(yaml::Node node, const Type& type) {
    for (std::size_t i = 0; i < type.size; ++i) {
      const Field& field = type.fields[i];
      if (field.use != Use::required || is_there(node, field.name)) continue;
      if (!is_misspelt(node, type, field.name)) add({Mistake::missing, node, field.name, &type, &field, {}});
    }
  }

  static bool is_there(yaml::Node node, std::string_view name) {
    const yaml::Node value = node[name];
    return value && !value.is_null();
  }

  /// Whether one of the keys there is a slip for it: then that is the mistake.
  static bool is_misspelt(yaml::Node node, const Type& type, std::string_view name) {
    for (const auto& [key, value] : node.entries()) {
      if (yaml::is_placeholder(key.str())) return true;
      const Field* field = fields::find_field(type, key.str());
      if (field != nullptr ? field->use == Use::moved : meant_field(type, key.str()) == name) return true;
    }
    return false;
  }

  void add(FieldMistake mistake) {
    if (found_.size() < most_mistakes) found_.push_back(std::move(mistake));
  }

  std::vector<FieldMistake>& found_;
  const Level* around_ = nullptr;
};

}  // namespace

std::vector<FieldMistake> find_field_mistakes(Kind kind, std::string_view api_version, yaml::Node root) {
  std::vector<FieldMistake> found;
  const Type* table = fields::find_table(kind, api_version);
  // What SOPS has encrypted is no string any more until it is decrypted.
  if (table != nullptr && !root.has("sops")) Walk(found).read(root, *table);
  return found;
}

std::string_view meant_field(const fields::Type& object, std::string_view name) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < object.size; ++i) {
    if (object.fields[i].use != Use::moved) names.push_back(object.fields[i].name);
  }
  if (object.shape == Shape::root) names.insert(names.end(), std::begin(of_every_root), std::end(of_every_root));
  return nearest(name, names).value_or(std::string_view{});
}

namespace {

/// Where the last step of a path begins, or its dot; dots in quoted keys are text.
std::size_t last_step(std::string_view path) {
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < path.size(); ++at) {
    quoted = quoted != (path[at] == '"');
    if (path[at] == '.' && !quoted) begin = at;
  }
  return begin;
}

std::string last_name(const Resource& resource, std::string_view path) {
  const std::size_t begin = last_step(path);
  if (path.empty()) return std::string(resource.kind_name);
  return std::string(path.substr(path[begin] == '.' ? begin + 1 : begin));
}

}  // namespace

std::string short_path(const Resource& resource, yaml::Node node) { return last_name(resource, node == resource.root ? "" : node.path()); }

std::string short_parent_path(const Resource& resource, yaml::Node value) {
  const std::string path = value.path();
  const std::string_view parent = std::string_view(path).substr(0, last_step(path));
  return last_name(resource, parent == resource.root.path() ? std::string_view() : parent);
}

std::string wanted(const fields::Type& type) {
  switch (type.shape) {
    case Shape::flag:
      return "true or false";
    case Shape::whole:
      return "a whole number";
    case Shape::number:
      return "a number";
    case Shape::int_or_text:
      return "a whole number or a string";
    case Shape::quantity:
      return "a quantity";
    case Shape::object:
    case Shape::root:
    case Shape::map:
      return "a mapping";
    case Shape::list:
      return "a list";
    default:
      return "a string";
  }
}

}  // namespace hop
