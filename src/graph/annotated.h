#pragma once
// Which resources carry annotations that the AWS Load Balancer Controller reads for an ALB, and those annotations with their table rows.
// Ingresses of other controllers are left out, and everything where Alibaba Cloud's ALB, which has the same prefix, is at home.

#include <string_view>
#include <vector>

#include "model/resource.h"
#include "model/value.h"

namespace hop::aws {
struct Annotation;  // model/aws/annotations.h
}

namespace hop {

struct AlbAnnotation {
  std::string_view suffix;
  const aws::Annotation* row = nullptr;  ///< nullptr for one that the controller does not read
  yaml::Node value;
  /// Unknown for a placeholder and for what is no scalar.
  Value<std::string_view> text() const { return text_of(value); }
};

/// A linted Ingress or Service with at least one annotation of the prefix.
struct AlbAnnotated {
  const Resource* resource = nullptr;
  std::vector<AlbAnnotation> all;  ///< in source order
  bool is_ingress() const { return resource->kind == Kind::ingress; }
  /// nullptr if it is not written.
  const AlbAnnotation* find(std::string_view suffix) const;
  bool has(std::string_view suffix) const { return find(suffix) != nullptr; }
  /// Absent, known, or unknown.
  Value<std::string_view> text(std::string_view suffix) const;
};

}  // namespace hop
