// A name that the API server does not take.
#include <algorithm>

#include "model/k8s/names.h"
#include "rule/rule.h"
#include "text/words.h"
#include "yaml/template.h"

namespace hop::rules {
namespace {

// Roles and bindings may have any name that fits into a path; the others are read by tools on the client's side.
constexpr KindSet other_forms{Kind::other,         Kind::role,          Kind::role_binding, Kind::cluster_role, Kind::cluster_role_binding,
                              Kind::kustomization, Kind::istio_operator};
// Their names become parts of host names.
constexpr KindSet labels_only{Kind::namespace_, Kind::service};

/// Also where a word in capitals is a part of the name: `NAME-canary`.
bool is_open(std::string_view text) {
  const auto parts = split_list(text, '-');
  return text.empty() || yaml::is_placeholder(text) || std::any_of(parts.begin(), parts.end(), yaml::has_shouted_part);
}

void check_one(const Resource& resource, Report& report) {
  if (other_forms.has(resource.kind)) return;
  const yaml::Node name = resource.name_node(), ns = resource.metadata()["namespace"];
  const bool label = labels_only.has(resource.kind);
  // Nearly every name has the form: whether it is open is asked last.
  if (name.is_scalar() && !(label ? k8s::is_label(name.str()) : k8s::is_subdomain(name.str())) && !is_open(name.str())) {
    report.at(resource, name, format("`{}` is no name for an object", shorten(name.str())))
        .label(label ? "small letters, digits and `-`, at most 63" : "small letters, digits, `-` and `.`");
  }
  if (ns.is_scalar() && !k8s::is_label(ns.str()) && !is_open(ns.str())) {
    report.at(resource, ns, format("`{}` is no name for a namespace", shorten(ns.str())))
        .label("small letters, digits and `-`, at most 63");
  }
}

}  // namespace

extern constinit const Rule metadata_name_invalid = {
    .info = {.id = "metadata-name-invalid",
             .summary = "the object's name, or its namespace, has a form that the API server refuses",
             .docs =
                 "Names are DNS names in small letters; those of Services and namespaces a single label. Roles and their bindings may be "
                 "called anything. Placeholders are left alone.",
             .effect = "kubectl apply refuses the object",
             .source = "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/",
             .severity = Severity::error},
    .reads = KindSet::every_kind(),
    .check_one = check_one,
};

}  // namespace hop::rules
