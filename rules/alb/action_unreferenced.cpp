// An action, condition or transform that no backend of its Ingress uses.
#include <optional>
#include <unordered_map>

#include "model/aws/annotations.h"
#include "model/aws/values.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// How the backends of an Ingress refer to a name.
struct Use {
  bool as_action = false, as_service = false;
  yaml::Node service_port;  ///< of a backend that has the name but is no action
};

/// The uses of all names in an Ingress; nothing where a backend's name is not known.
using Uses = std::unordered_map<std::string_view, Use>;  // looked up only
std::optional<Uses> uses_in(const Ingress& ingress) {
  Uses uses;
  for (const Ingress::Backend& backend : ingress.backends()) {
    const auto service = text_of(backend.path.service());
    if (service.is_unknown()) return std::nullopt;
    if (!service.is_known()) continue;
    Use& use = uses[*service];
    (backend.path.port().str() == "use-annotation" ? use.as_action : use.as_service) = true;
    if (backend.path.port().str() != "use-annotation") use.service_port = backend.path.port();
  }
  return uses;
}

/// `actions.ssl-redirect: '443'` is two ways of redirecting in one.
bool is_redirect_port(const AlbAnnotation& annotation) {
  const auto text = annotation.text();
  return annotation.suffix == "actions.ssl-redirect" && text.is_known() && aws::parse_int(*text).has_value();
}

void check_annotation(const AlbAnnotated& annotated, const AlbAnnotation& annotation, const Uses& uses, Report& report) {
  const std::size_t dot = annotation.suffix.find('.');
  const std::string_view family = annotation.suffix.substr(0, dot);
  const std::string_view name = annotation.suffix.substr(dot + 1);
  const auto found = uses.find(name);
  const Use use = found == uses.end() ? Use() : found->second;
  const bool action = family == "actions";
  if (use.as_action || (!action && use.as_service)) return;
  const bool misplaced = is_redirect_port(annotation);
  Finding finding = report.at_key(*annotated.resource, annotation.value,
                                  misplaced ? format("`{}` holds a port, and no backend uses it", annotation.suffix)
                                            : format("no backend uses `{}`", shorten(annotation.suffix, 60)));
  if (misplaced) {
    finding.effect("requests over HTTP are served and not redirected");
    auto edit = rename_key(annotation.value, std::string(alb::prefix) + "ssl-redirect");
    if (edit && !annotated.has("ssl-redirect")) finding.fix("call it `ssl-redirect`", {*edit});
  } else {
    finding.severity(Severity::warning);
    if (use.as_service && use.service_port) finding.note(use.service_port, "the port name must be `use-annotation`");
  }
}

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    if (!annotated.is_ingress()) continue;
    std::optional<std::optional<Uses>> uses;  // of the few Ingresses that describe something
    for (const AlbAnnotation& annotation : annotated.all) {
      const bool named = annotation.suffix.starts_with("actions.") || annotation.suffix.starts_with("conditions.") ||
                         annotation.suffix.starts_with("transforms.");
      if (!named || annotation.row == nullptr) continue;
      if (!uses) uses = uses_in(Ingress(*annotated.resource));
      if (*uses) check_annotation(annotated, annotation, **uses, report);
    }
  }
}

}  // namespace

extern constinit const Rule alb_action_unreferenced = {
    .info = {.id = "alb-action-unreferenced",
             .summary = "an ALB Ingress describes an action, condition or transform that none of its backends uses",
             .docs = "`actions.<name>` is read for a backend with `service.name: <name>` and the port name `use-annotation`; "
                     "`conditions.<name>` and `transforms.<name>` for every backend of that name. Without one the annotation is not even "
                     "parsed.\n\n`actions.ssl-redirect: '443'` is the wrong one of two ways: the annotation that takes a port is "
                     "`ssl-redirect`.",
             .effect = "the annotation does nothing: its redirect, response or condition is not there",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#actions",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes,
             .ineffective = true},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
