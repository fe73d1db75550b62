#pragma once
// Istio's annotations as a table: where each is read, its standing and what it may hold.
// Source: istio.io/docs/reference/config/annotations (Istio 1.20 to 1.30).

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/resource.h"

namespace hop::istio {

/// What an annotation may hold.
enum class Holds : std::uint8_t {
  anything,
  boolean,
  interception_mode,
  port,
  ports,
  ports_or_all,
  count,
  cidrs,
  cidrs_or_all,
  quantity,
  interfaces,
  proxy_config
};

struct Annotation {
  std::string_view name;
  KindSet where;  ///< kinds whose annotations Istio reads it from; pod templates count as Pods
  bool deprecated = false;
  bool alpha = true;  ///< no promise of stability, or none stated
  Holds holds = Holds::anything;
};

std::span<const Annotation> annotations();
/// nullptr for one that Istio does not read.
const Annotation* find_annotation(std::string_view name);
/// Whether the key is one of Istio's by its prefix: `istio.io/`, `sidecar.istio.io/`, or the class of an Ingress.
bool is_istio_annotation(std::string_view key);
/// Whether Istio writes it itself: there is nothing to say about it.
bool is_written_by_istio(std::string_view key);
/// Whether the key is one of Istio's labels, which does nothing as an annotation.
bool is_istio_label(std::string_view key);
/// Names of the kinds in `where`: "Pods", "Services and ServiceEntries".
std::string_view readers(const Annotation& annotation);

/// Whether `value`, a scalar, is something that Istio accepts; placeholders are.
bool accepts(Holds holds, yaml::Node value);
/// What `accepts` asks for, in words: "ports separated by commas".
std::string_view to_string(Holds holds);

/// A set of annotations and what it is attached to.
struct Annotated {
  yaml::Node metadata;
  yaml::Node pod_spec;  ///< absent unless `kind` is pod
  Kind kind;            ///< that Istio sees them on: pod for a template
  yaml::Node annotations() const { return metadata["annotations"]; }
};
/// A resource's own annotations, and those of its pod template; nothing where none of them is Istio's, and for kinds whose annotations
/// Istio does not read here.
std::vector<Annotated> annotated(const Resource& resource);
/// The kinds for which `annotated` answers.
inline constexpr KindSet annotated_kinds{Kind::namespace_,   Kind::service,    Kind::pod,         Kind::deployment,
                                         Kind::stateful_set, Kind::daemon_set, Kind::replica_set, Kind::replication_controller,
                                         Kind::job,          Kind::cron_job,   Kind::rollout};

}  // namespace hop::istio
