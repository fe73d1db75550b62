// Builds the entry model: which Ingresses the AWS Load Balancer Controller takes, and what it makes of them.

#include "graph/entry.h"

#include <algorithm>

#include "graph/entry_build.h"
#include "graph/graph.h"
#include "graph/reads.h"
#include "model/aws/annotations.h"
#include "model/aws/other_classes.h"

namespace hop {
namespace {

bool has_alb_annotation(const Ingress& ingress) {
  for (const auto& [key, value] : ingress->annotations().entries()) {
    if (key.str().starts_with(alb::prefix)) return true;
  }
  return false;
}

Truth is_alb_controller(const Value<std::string_view>& controller) {
  return controller.equals(alb::controller) || controller.equals(alb::auto_mode_controller);
}

/// The class annotation, where present, decides alone.
Truth taken_by_annotation(const Value<std::string_view>& annotation, const Setting& wanted) {
  if (!wanted.known) return Truth::unknown;
  return annotation.equals(wanted.value.empty() ? "alb" : wanted.value);
}

}  // namespace

Truth Graph::is_alb(const Ingress& ingress) const {
  note(Kind::ingress_class);
  if (reads_ != nullptr) reads_->all(Facet::entry);  // the controllers that are installed
  const Controller& installed = index_->controllers[ingress->cluster < index_->controllers.size() ? ingress->cluster : 0];
  if (installed.alibaba) return Truth::no;
  if (const auto by_annotation = text_of(ingress.class_annotation()); !by_annotation.is_absent()) {
    return taken_by_annotation(by_annotation, installed.ingress_class);
  }
  if (const auto by_field = text_of(ingress.class_name()); !by_field.is_absent()) {
    if (by_field.is_unknown()) return has_alb_annotation(ingress) ? Truth::yes : Truth::unknown;
    const Lookup found = find(*ingress, Kind::ingress_class, "", *by_field);
    if (found.found() && !found.target->opaque) return is_alb_controller(IngressClass(*found.target).controller());
    return truth(*by_field == "alb" || (has_alb_annotation(ingress) && !alb::is_class_of_others(*by_field)));
  }
  // No class at all: a default class may take it; somebody who writes the controller's annotations means it.
  if (installed.default_class != nullptr && sees(*ingress, *installed.default_class)) {
    return is_alb_controller(IngressClass(*installed.default_class).controller());
  }
  return has_alb_annotation(ingress) ? Truth::yes : Truth::unknown;
}

void find_entries(const Graph& graph, Index& index) {
  read_controllers(graph, index);
  TargetGroups target_groups(graph, index);
  std::vector<Entrant> entrants;
  for (const Resource* resource : graph.of(Kind::ingress)) {
    const Ingress ingress(*resource);
    if (!ingress->linted() || graph.is_alb(ingress) != Truth::yes) continue;
    const Controller& controller = graph.controller(*resource);
    const GroupMember member = classify(graph, controller, ingress);
    entrants.push_back({member, rules_of(controller, member, target_groups, index)});
  }
  index.ingress_groups = make_groups(graph, std::move(entrants));
  for (IngressGroup& group : index.ingress_groups) open_listeners(graph.controller(*group.members.front().ingress), group, index);
}

std::span<const IngressGroup> Graph::ingress_groups() const {
  note(Facet::entry);
  return index_->ingress_groups;
}

}  // namespace hop
