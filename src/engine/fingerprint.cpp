#include <cstdint>
#include <string_view>

#include "engine/lint.h"
#include "model/kind.h"
#include "text/format.h"

namespace hop {
namespace {

/// FNV-1a with 64 bits. A field ends with a byte that no UTF-8 text holds, so neighbours do not run together.
class Hash {
 public:
  void add(std::string_view field) {
    for (const char c : field) add_byte(static_cast<unsigned char>(c));
    add_byte(0xff);
  }
  std::uint64_t value() const { return value_; }

 private:
  void add_byte(unsigned char byte) { value_ = (value_ ^ byte) * 0x100000001b3ULL; }
  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

}  // namespace

std::string fingerprint(const Diagnostic& finding, std::string_view path) {
  Hash hash;
  hash.add(finding.rule->id);
  if (finding.object) {
    hash.add(group_of(finding.object->api_version));  // moving to the next version makes it no other object
    hash.add(finding.object->kind);
    hash.add(finding.object->ns);
    hash.add(finding.object->name);
  } else {
    hash.add(path);
  }
  hash.add(finding.stable_field);
  hash.add(finding.target);
  hash.add(finding.cluster);
  return format("{:016x}", hash.value());
}

}  // namespace hop
