// Selectors against workloads, both ways.

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "graph/index.h"
#include "graph/reads.h"
#include "text/format.h"

namespace hop {
namespace {

constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

template <class View>
void put_in_order(std::vector<View>& views) {
  std::ranges::sort(views, {}, [](const View& view) { return view->id; });
  const auto rest = std::ranges::unique(views, {}, [](const View& view) { return view->id; });
  views.erase(rest.begin(), rest.end());
}

/// The workloads that carry the rarest pair of a selector, and those whose label of that key may have any value; every workload that it
/// matches, or may match, is among them.
struct Candidates {
  std::uint64_t known = 0, open = 0;  ///< keys of PodLabels::by_label
  std::size_t count = 0;
};

std::optional<Candidates> rarest(const Index& index, std::uint16_t cluster, std::string_view ns, yaml::Node labels) {
  const auto& by_label = index.pod_labels->by_label;
  std::optional<Candidates> fewest;
  for (const auto& [key, value] : labels.entries()) {
    if (text_of(value).is_unknown() || is_runtime_label(key.str()) || yaml::is_placeholder(key.str())) continue;
    Candidates found{label_key(cluster, ns, key.str(), value.str()), label_key(cluster, ns, key.str(), unknown_value)};
    found.count = by_label.find(found.known).size() + by_label.find(found.open).size();
    if (!fewest || found.count < fewest->count) fewest = found;
  }
  return fewest;
}

/// The label that a StatefulSet's controller gives each of its pods: `<name>-<number>`.
constexpr std::string_view pod_name_label = "statefulset.kubernetes.io/pod-name";

/// "catalog" of "catalog-0"; nothing for a name without number.
std::optional<std::string_view> set_of_pod(std::string_view pod) {
  const std::size_t dash = pod.rfind('-');
  const bool numbered = dash != std::string_view::npos && dash > 0 && dash + 1 < pod.size() &&
                        pod.substr(dash + 1).find_first_not_of("0123456789") == std::string_view::npos;
  return numbered ? std::optional(pod.substr(0, dash)) : std::nullopt;
}

bool has_other_labels(const Workload& set, yaml::Node labels) {
  for (const auto& [key, value] : labels.entries()) {
    if (key.str() != pod_name_label && set.labels()[key.str()].equals(value.str()) != Truth::yes) return false;
  }
  return true;
}

bool makes_pods(const Index& index, const Resource& from, bool any_namespace) {
  return any_namespace ? index.makers.may_make_pods() : index.makers.may_make_pods(from.cluster, from.ns);
}

/// More workloads with a label than are looked at one by one: a selector looks at the groups of those that none tells apart, and those that
/// select the same groups are given the same answer. N selectors for the same N workloads would take N times N of everything.
constexpr std::size_t crowd = 64;

/// What a selector matches: workloads one by one, and whole groups of those that are alike.
struct Matched {
  Graph::Selection selection;
  std::vector<std::uint32_t> groups;  ///< positions in AlikePods::groups
  bool by_place = false;              ///< as Answered's
};

const AlikePods& alike_pods(const Index& index) {
  return index.pod_labels->alike.get([&] { return find_alike(index); });
}

/// `any`: of every namespace.
Matched select_at_most(const Graph& graph, const Index& index, const Resource& from, yaml::Node labels, bool any, std::size_t enough) {
  Matched matched;
  Graph::Selection& selection = matched.selection;
  const auto fits = [&](const Workload& workload) {
    const Truth near = any ? truth(graph.sees(from, *workload)) : graph.same_namespace(from, *workload);
    const Truth match = near && (workload->opaque ? Truth::unknown : matches(labels, workload.labels()));
    selection.unknown = selection.unknown || match == Truth::unknown;
    return match == Truth::yes;
  };
  const auto consider = [&](const Workload& workload) {
    const bool fit = fits(workload);
    if (fit) selection.workloads.push_back(workload);
    return fit;
  };
  const auto until_unknown = [&](std::uint64_t label) {
    for (const auto part : index.pod_labels->by_label.seen(label, from.variant)) {
      for (auto at = part.begin(); at != part.end() && !selection.unknown; ++at) consider(index.workloads[*at]);
    }
  };
  // Of copies those near by are looked for, one by one.
  const bool by_group = enough == no_limit && !index.names->has_copies && !index.names->has_crowds;
  const auto consider_each = [&](std::uint16_t cluster, std::string_view ns) {
    const auto take = [&](std::uint32_t at) {
      if (selection.workloads.size() >= enough) return Take::stop;
      return consider(index.workloads[at]) ? Take::yes : Take::no;
    };
    const auto of = [&](std::uint32_t at) { return copy_of(index, *index.workloads[at]); };
    const auto found = rarest(index, cluster, ns, labels);
    if (!found) return;
    if (by_group && found->count > crowd) {
      const AlikePods& alike = alike_pods(index);
      for (const std::uint32_t group : alike.by_label.find(found->known)) {
        if (fits(index.workloads[alike.groups[group].front()])) matched.groups.push_back(group);
      }
    } else {
      const Passed passed = index.pod_labels->by_label.each_near(found->known, from, of, take);
      selection.unknown = selection.unknown || (passed.refused && selection.workloads.empty());
      matched.by_place = matched.by_place || passed.some;
    }
    until_unknown(found->open);
    put_in_order(selection.workloads);
  };
  // They may be meant, and no more can be said of them.
  const auto consider_unknown = [&](std::uint16_t cluster) {
    const auto found = rarest(index, cluster, unknown_value, labels);
    if (!found) return;
    until_unknown(found->known);
    until_unknown(found->open);
  };
  const auto is_empty = [&] { return selection.workloads.empty() && matched.groups.empty(); };
  if (labels.size() == 0) {
    for (const Workload& workload : index.workloads) consider(workload);
    return matched;
  }
  if (const auto pod = text_of(labels[pod_name_label]); pod.is_known() && !any) {
    const auto name = set_of_pod(*pod);
    Lookup set;
    set.state = Found::missing;
    if (name) set = graph.find(from, Kind::stateful_set, from.ns, *name);
    matched.by_place = true;
    if (set.found() && has_other_labels(Workload(*set.target), labels)) selection.workloads.emplace_back(*set.target);
    selection.unknown = set.unknown() || makes_pods(index, from, any);
    return matched;
  }
  for (const auto& [key, value] : labels.entries())
    selection.unknown = selection.unknown || text_of(value).is_unknown() || is_runtime_label(key.str());
  for (std::uint16_t cluster : {from.cluster, every_cluster}) {
    consider_each(cluster, any ? any_namespace : from.ns);
    // A workload whose namespace is left open may be in a named one, and the other way round.
    if (!any && !from.ns.empty() && index.pod_labels->has_open) {
      consider_each(cluster, "");
    } else if (!any && from.ns.empty() && is_empty() && !selection.unknown) {
      consider_each(cluster, any_namespace);
    }
    if (!any && index.pod_labels->has_unknown) consider_unknown(cluster);
    if (from.cluster == every_cluster || !index.names->has_known) break;
  }
  for (std::uint32_t at : index.pod_labels->unknown) {
    if (selection.unknown) break;
    consider(index.workloads[at]);
  }
  if (is_empty() && (!from.ns_known || makes_pods(index, from, any))) selection.unknown = true;
  return matched;
}

/// All workloads, those of the groups, too.
Graph::Selection whole(const Index& index, const Matched& matched) {
  Graph::Selection selection = matched.selection;
  for (const std::uint32_t group : matched.groups) {
    for (const std::uint32_t at : alike_pods(index).groups[group]) selection.workloads.push_back(index.workloads[at]);
  }
  put_in_order(selection.workloads);
  return selection;
}

/// One that all share who select the same groups and workloads from the same place.
const Graph::Selection& share(const Index& index, const Resource& from, bool any, Matched& matched) {
  std::ranges::sort(matched.groups);
  std::string question = matched.selection.unknown ? "?" : "";
  add_standpoint(question, from, any);
  for (const std::uint32_t group : matched.groups) question += format("{} ", group);
  for (const Workload& workload : matched.selection.workloads) question += format("+{}", workload->id);
  return index.alike_selections.of(question, [&] { return whole(index, matched); });
}

}  // namespace

Graph::Selection select_some(const Graph& graph, const Index& index, const Resource& from, yaml::Node labels, std::size_t enough) {
  return select_at_most(graph, index, from, labels, false, enough).selection;
}

void note_pods(Reads& reads, std::string_view ns) {
  reads.in_namespace(Facet::workloads, ns);
  reads.in_namespace(Facet::workloads, {});
  if (ns.empty()) reads.all(Facet::workloads);
}

const Graph::Selection& Graph::select(const Resource& from, yaml::Node labels, bool any) const {
  note(Facet::workloads, [&](Reads& reads) { any ? reads.all(Facet::workloads) : note_pods(reads, from.ns); });
  std::string question = any ? "any" : "own";
  if (labels.size() == 0) question += " none";  // a list of something has no labels, either, and is no selector for everything
  add_standpoint(question, from, any);
  add_labels(question, labels);
  const Selected& selected = index_->selections.of(std::move(question), from, [&] {
    Matched matched = select_at_most(quiet(), *index_, from, labels, any, no_limit);
    Answered<Selected> found{{}, matched.by_place};
    if (!matched.groups.empty()) {
      found.answer.shared = &share(*index_, from, any, matched);
      return found;
    }
    found.answer.own = std::move(matched.selection);
    if (keep_near(*this, *index_, from, found.answer.own.workloads)) found.by_place = true;
    return found;
  });
  return selected.selection();
}

std::vector<Workload> Graph::workloads_in(const Resource& from) const {
  note(Facet::workloads, [&](Reads& reads) { note_pods(reads, from.ns); });
  constexpr std::size_t enough = 200;  // a near miss among more is luck, and N Services times N workloads is too much
  std::vector<Workload> found;
  for (std::uint32_t at : index_->pod_labels->by_namespace.find(label_key(from.cluster, from.ns, "", ""))) {
    const Workload& workload = index_->workloads[at];
    if (workload->linted() && sees(from, *workload)) found.push_back(workload);
    if (found.size() == enough) break;
  }
  return found;
}

std::vector<Workload> Graph::workloads_like_gateways(const Resource& from) const {
  note(Facet::workloads);
  constexpr std::size_t enough = 200;
  std::vector<Workload> found;
  for (const Workload& workload : index_->workloads) {
    if (workload->origin == Origin::known || !sees(from, *workload)) continue;
    if (workload.is_gateway()) found.push_back(workload);
    if (found.size() == enough) break;
  }
  return found;
}

bool Graph::has_workloads(const Resource& from, bool any) const {
  note(Facet::workloads, [&](Reads& reads) { any ? reads.all(Facet::workloads) : note_pods(reads, from.ns); });
  const auto visible = [&](std::uint32_t at) {
    const Resource& resource = *index_->workloads[at];
    return resource.origin != Origin::known && sees(from, resource);
  };
  if (any) {
    for (std::uint32_t at = 0; at < index_->workloads.size(); ++at) {
      if (visible(at)) return true;
    }
    return false;
  }
  const auto kinds = Workload::kinds();
  return std::ranges::any_of(kinds,
                             [&](Kind kind) { return index_->names->evidence.contains(evidence_key(*input_, from, kind, from.ns)); }) &&
         std::ranges::none_of(kinds, [&](Kind kind) { return index_->makers.may_make(*input_, from, kind, from.ns); });
}

namespace {

/// The Gateways that `labels` lead to, a pair of theirs to each selector, as seen from `from`.
Answered<GatewaySet> find_gateways(const Graph& graph, const Index& index, const Resource& from, Labels labels) {
  std::vector<Gateway> found;
  Answered<GatewaySet> answered;
  for (std::uint16_t cluster : {from.cluster, every_cluster}) {
    for (const auto& [key, value] : labels.node.entries()) {
      const auto take = [&](const Resource* resource) {
        const bool is_meant = graph.sees(from, *resource) && matches(Gateway(*resource).selector(), labels) == Truth::yes;
        if (!is_meant) return Take::no;
        found.emplace_back(*resource);
        return Take::yes;
      };
      const Passed passed = index.gateways_by_selector.each_near(
          label_key(cluster, any_namespace, key.str(), value.str()), from,
          [&](const Resource* resource) { return copy_of(index, *resource); }, take);
      answered.by_place = answered.by_place || passed.some;
    }
    if (from.cluster == every_cluster) break;
  }
  put_in_order(found);
  if (keep_near(graph, index, from, found)) answered.by_place = true;
  std::vector<const Resource*> gateways;
  gateways.reserve(found.size());
  for (const Gateway& gateway : found) gateways.push_back(gateway.resource);
  answered.answer = GatewaySet(std::move(gateways));
  return answered;
}

const GatewaySet& no_gateways() {
  static const GatewaySet none;
  return none;
}

/// What few sets of Gateways are asked for is what pods have of the labels that Gateways select by: they are the same for many pods.
const GatewaySet& gateways_for(const Graph& graph, const Index& index, const Resource& from, Labels labels) {
  std::vector<std::string> pairs;
  for (const yaml::Entry& label : labels.node.entries()) {
    if (index.gateway_labels.contains(label.key.str())) add_label(pairs.emplace_back(), label);
  }
  if (pairs.empty()) return no_gateways();
  std::ranges::sort(pairs);
  std::string question;
  add_standpoint(question, from, true);
  for (const std::string& pair : pairs) question += pair;
  return index.gateway_sets.of(std::move(question), from, [&] { return find_gateways(graph, index, from, labels); });
}

/// One that has what each of these has.
const GatewaySet& join(const Index& index, const std::set<const GatewaySet*>& sets) {
  if (sets.empty()) return no_gateways();
  if (sets.size() == 1) return **sets.begin();
  std::string question;
  for (const GatewaySet* one : sets) question += format("{} ", static_cast<const void*>(one));
  return index.joined_gateways.of(question, [&] {
    std::vector<const Resource*> all;
    for (const GatewaySet* one : sets) all.insert(all.end(), one->gateways().begin(), one->gateways().end());
    std::ranges::sort(all, {}, &Resource::id);
    all.erase(std::ranges::unique(all).begin(), all.end());
    return GatewaySet(std::move(all));
  });
}

}  // namespace

const GatewaySet& Graph::gateways_of(const Workload& workload) const {
  note(Kind::gateway);
  return gateways_for(quiet(), *index_, *workload, workload.labels());
}

const GatewaySet& Graph::gateways_behind(const Service& service) const {
  if (!service.has_selector()) return no_gateways();
  std::set<const GatewaySet*> sets;
  for (const Workload& workload : pods_of(service).workloads) {
    const GatewaySet& gateways = gateways_of(workload);
    if (!gateways.empty()) sets.insert(&gateways);
  }
  if (!sets.empty()) return join(*index_, sets);
  // The pods may be installed by other means.
  note(Kind::gateway);
  return gateways_for(quiet(), *index_, *service, Labels{service.selector()});
}

}  // namespace hop
