// Whether a slip anywhere in a right estate is noticed. Every scalar that an edge or an effective setting may read is misspelt, swapped for
// another word of its enum, or moved by one; the trace must change and a finding must come up there or at the other end.
//
// What goes unnoticed is one of three: another right estate, which is computed from the ways of requests, or stands in `choices` because
// it is a choice that no way shows; undecidable from manifests, each field with its reason; or a silent mistake, which fails the test
// unless it is listed in `not_told`. HOPLINT_LIST_MUTATIONS=1 prints all of these.

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <set>

#include "chain/steps.h"
#include "chain/trace.h"
#include "graph/gateway_port.h"
#include "support/catch.h"
#include "support/estate.h"
#include "text/format.h"
#include "text/pattern.h"

namespace hop {
namespace {

enum class Slip : std::uint8_t { misspelt, swapped, moved };
std::string_view to_string(Slip slip) { return slip == Slip::misspelt ? "misspelt" : slip == Slip::swapped ? "swapped" : "moved"; }

/// A place in a table below: kind, field path as Node::path has it with `[]` for any index, "*" for anything.
struct Field {
  std::string_view kind, path;
  std::string_view reason;
};

// What is mutated by nobody: no edge and no setting reads it.
constexpr Field not_read[] = {
    {"*", "*.image", "free text"},
    {"*", "spec.template.spec.containers[].name", "a name within the pod, which nothing refers to"},
    {"*", "spec.replicas", "how many pods there are changes no way"},
    {"Certificate", "metadata.name", "the Secret has the name of `secretName`"},
    {"Certificate", "spec.dnsNames[]", "what the certificate is for; that it covers the host is no reference"},
    {"Certificate", "spec.issuerRef.*", "who signs"},
    {"Namespace", "metadata.name", "the name of a namespace is read where resources say `namespace`"},
    {"Namespace", "metadata.labels.elbv2.k8s.aws/pod-readiness-gate-inject", "when a pod counts as ready, which is no way"},
    {"ConfigMap", "metadata.namespace", "the mesh's configuration counts wherever it stands"},
    {"Gateway", "spec.servers[].port.name", "for statistics; `protocol` says what the port is"},
    {"Deployment", "spec.template.metadata.annotations.inject.istio.io/templates", "templates may be of one's own"},
    {"StatefulSet", "spec.volumeClaimTemplates*", "storage"},
    {"*", "*.resources.*", "what a container may use"},
    {"*", "spec.template.spec.volumes*", "storage"},
    {"*", "*.volumeMounts*", "storage"},
};

class Estates;
struct Place;
struct Noticed;

/// A choice as good as the one that was there: nothing in the manifests speaks against it, and a finding would be a false one. With
/// `holds` only where that is so.
struct Choice {
  Slip slip;
  Field field;
  bool (*holds)(const Estates&, const Place&, const Noticed&) = nullptr;
};

// What is asked of an estate before the slip, and of what came of it.
bool is_of_gateway(const Estates& estate, const Place& place, const Noticed& how);
bool nothing_leads_there(const Estates& estate, const Place& place, const Noticed& how);
bool is_outside_the_mesh(const Estates& estate, const Place& place, const Noticed& how);
bool keeps_its_protocol(const Estates& estate, const Place& place, const Noticed& how);

constexpr Choice choices[] = {
    {Slip::swapped,
     {"Ingress", "metadata.annotations.alb.ingress.kubernetes.io/scheme", "who may reach it is a choice; the trace shows it"}},
    {Slip::swapped, {"*", "*aws-load-balancer-scheme", "who may reach it is a choice; the trace shows it"}},
    {Slip::moved, {"Ingress", "*listen-ports[].HTTP", "another port is as good"}},
    {Slip::moved, {"Ingress", "*listen-ports[].HTTPS", "another port is as good, where nothing is redirected to it"}},
    {Slip::moved, {"Gateway", "spec.listeners[].port", "another port is as good, where no route or configuration names it"}},
    {Slip::moved, {"Ingress", "*group.order", "the hosts of the group are different: their order does not matter"}},
    {Slip::swapped, {"Ingress", "spec.rules[].http.paths[].pathType", "fewer paths are a choice"}},
    {Slip::swapped, {"HTTPRoute", "spec.rules[].matches[].path.type", "fewer paths are a choice"}},
    {Slip::moved, {"HTTPRoute", "spec.rules[].filters[].requestRedirect.statusCode", "both are redirects"}},
    {Slip::moved, {"ConfigMap", "*numTrustedProxies", "how many proxies stand before the load balancer is in no manifest"}},
    {Slip::moved, {"IstioOperator", "*numTrustedProxies", "how many proxies stand before the load balancer is in no manifest"}},
    {Slip::swapped, {"Namespace", "metadata.labels.istio-injection", "who is in the mesh is a choice; the trace shows it"}},
    {Slip::swapped, {"PeerAuthentication", "*", "a weaker mode is a choice; proxies use mTLS all the same"}},
    {Slip::moved, {"VirtualService", "spec.http[].route[].weight", "weights need no sum of 100"}},
    {Slip::misspelt, {"VirtualService", "spec.http[].match[].headers.*", "clients may send that"}},
    {Slip::misspelt, {"VirtualService", "spec.http[].match[].uri.*", "clients may ask for that"}},
    {Slip::swapped, {"ServiceEntry", "spec.location", "both are right"}},
    {Slip::swapped, {"ServiceEntry", "spec.resolution", "both are right"}},
    {Slip::misspelt, {"ServiceEntry", "spec.ports[].name", "a label: `protocol` says what the port speaks"}},
    {Slip::swapped, {"Gateway", "spec.servers[].tls.httpsRedirect", "plain text that is served and not sent away is a choice"}},
    {Slip::misspelt, {"Gateway", "spec.listeners[].name", "no route names it"}, nothing_leads_there},
    {Slip::moved, {"Service", "spec.ports[].targetPort", "Envoy opens what the Service port leads to"}, is_of_gateway},
    {Slip::moved, {"IstioOperator", "*.ports[].targetPort", "Envoy opens what the Service port leads to"}},
    {Slip::moved, {"Service", "spec.ports[].port", "no way leads to the port, before and after"}, nothing_leads_there},
    {Slip::moved, {"IstioOperator", "*.ports[].port", "no way leads to the port, before and after"}},
    {Slip::moved, {"Service", "spec.ports[].nodePort", "the load balancer asks for it by the port's name"}},
    {Slip::swapped, {"Service", "spec.ports[].name", "outside the mesh nobody reads it"}, is_outside_the_mesh},
    {Slip::misspelt, {"Service", "spec.ports[].name", "outside the mesh nobody reads it"}, is_outside_the_mesh},
    {Slip::misspelt, {"Service", "spec.ports[].name", "it still says the same protocol"}, keeps_its_protocol},
    {Slip::misspelt, {"Deployment", "*.ports[].name", "no Service port leads there by name"}, nothing_leads_there},
    {Slip::swapped, {"Deployment", "*.ports[].name", "no Service port leads there by name"}, nothing_leads_there},
};

constexpr Field changes_no_hop[] = {
    {"*", "*healthcheck-*", "whether a target counts as healthy"},
    {"ServiceAccount", "*", "RBAC: the trace asks whether the certificate is there, not who may read it"},
    {"Role", "*", "RBAC"},
    {"RoleBinding", "*", "RBAC"},
    {"*", "spec.template.spec.serviceAccountName", "RBAC"},
    {"Ingress", "*ssl-policy", "which TLS the clients may speak"},
    {"Ingress", "*certificate-arn", "which certificate; the listener is the same"},
    {"Service", "*ssl-cert", "which certificate; the listener is the same"},
    {"PeerAuthentication", "*", "mTLS comes by itself, whatever the pods take"},
    {"*", "*numTrustedProxies", "how often X-Forwarded-For is believed"},
    {"*", "spec.ports[].name", "what the port speaks is guessed then; the wire is the same"},
    {"*", "spec.ports[].targetPort", "the port of the pods is in no hop"},
    {"*", "*containerPort", "the port of the pods is in no hop"},
    {"*", "*.ports[].name", "the port of the pods is in no hop"},
    {"*", "spec.selector.match*", "the API server refuses the workload; nothing else reads it"},
    {"*", "spec.template.metadata.labels.sidecar.istio.io/inject", "a gateway's own pods, which carry a proxy by their container"},
    {"Namespace", "metadata.labels.*", "its pods are no end of a way here, or stay where they are without a waypoint"},
    {"*", "spec.type", "a word that the API server refuses; the trace goes by the ports"},
    {"*", "*nlb-target-type", "pods or nodes, which is in no hop of an NLB"},
    {"Ingress", "*subnets", "where the load balancer stands"},
    {"Service", "*ssl-negotiation-policy", "which TLS the clients may speak"},
    {"Service", "spec.clusterIP", "a word that the API server refuses; what is there stays"},
    {"Istio", "spec.profile", "a word that the API server refuses; what is installed stays"},
    {"IstioOperator", "spec.profile", "the installation stops; what is installed stays"},
    {"IstioOperator", "*.enabled", "the installation stops; what is installed stays"},
    {"IstioOperator", "*.service.type", "a word that the API server refuses; what is there stays"},
    {"IstioOperator", "*.ports[].targetPort", "the port of the pods is in no hop"},
    {"Gateway", "*networking.istio.io/service-type", "a word that the API server refuses; what is there stays"},
    {"ConfigMap", "data.mesh.outboundTrafficPolicy.mode", "a word that istiod refuses; what it has stays"},
    {"DestinationRule", "metadata.namespace", "a rule that is exported holds from anywhere"},
    {"DestinationRule", "*.tls.*", "names in the session; the wire carries TLS all the same"},
    {"ExternalSecret", "*", "what fills the Secret; that there is one its name says"},
    {"HTTPRoute", "spec.rules[].matches[].path.type", "a word that the API server refuses"},
    {"StatefulSet", "spec.serviceName", "names of single pods"},
    {"ServiceEntry", "*", "a word that the API server refuses"},
    {"AuthorizationPolicy", "*", "who may ask is in no hop"},
    {"ConfigMap", "data.mesh.rootNamespace", "whose policies hold for all; proxies use mTLS all the same"},
    {"Ingress", "*scheme", "a word that the controller refuses; who may reach it is not known either way"},
};

// What no manifest can tell: whether the slip is one, only AWS, a registrar, a vault or the application knows.
constexpr Field undecidable[] = {
    {"Ingress", "*certificate-arn", "the id of a certificate in ACM"},
    {"Service", "*ssl-cert", "the id of a certificate in ACM"},
    {"Ingress", "spec.rules[].host", "the only place that names the host"},
    {"HTTPRoute", "spec.hostnames[]", "the only place that names the host"},
    {"VirtualService", "spec.hosts[]", "the only place that names the host"},
    {"Deployment", "*.containerPort", "where the application listens, which a Service reaches by the port's name"},
    {"ExternalSecret", "spec.secretStoreRef.name", "a store that the operator of secrets knows"},
    {"ExternalSecret", "spec.dataFrom[].extract.key", "a key inside the store"},
};

// Mistakes that should be told and are not, yet.
/// A field of the files in a folder.
struct Untold {
  std::string_view folder;
  Field field;
};

constexpr Untold not_told[] = {
    {"shops/billing/base/", {"*", "*", "in the base of two overlays with patches: what comes of it in each is not put together"}},
};

bool fits(std::string_view pattern, std::string_view text) {
  // One star, anywhere, is all that is needed; several work as well.
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  for (std::size_t at = star; at <= text.size(); ++at) {
    if (fits(pattern.substr(star + 1), text.substr(at))) return true;
  }
  return false;
}

bool fits(const Field& field, std::string_view kind, std::string_view path) { return fits(field.kind, kind) && fits(field.path, path); }

/// A scalar in a file.
struct Place {
  std::string file, kind, path, text;
  std::size_t begin = 0, end = 0;  ///< of its text, without quotes
  const Resource* resource = nullptr;
  yaml::Node parent;  ///< the mapping that it stands in
};

constexpr std::string_view enums[][6] = {
    {"HTTP", "HTTPS", "TLS", "TCP"},
    {"STRICT", "PERMISSIVE", "DISABLE"},
    {"SIMPLE", "PASSTHROUGH", "MUTUAL"},
    {"ISTIO_MUTUAL", "DISABLE", "SIMPLE"},
    {"instance", "ip"},
    {"NodePort", "ClusterIP"},
    {"LoadBalancer", "ClusterIP"},
    {"ClusterIP", "ExternalName"},
    {"internet-facing", "internal"},
    {"internal", "internet-facing"},
    {"true", "false"},
    {"enabled", "disabled"},
    {"Prefix", "Exact"},
    {"PathPrefix", "Exact"},
    {"Terminate", "Passthrough"},
    {"All", "Same"},
    {"Selector", "Same"},
    {"http", "https"},
    {"ambient", "none"},
    {"ssl", "tcp"},
    {"MESH_EXTERNAL", "MESH_INTERNAL"},
    {"DNS", "NONE"},
};

std::optional<std::string> swapped(const std::string& text) {
  for (const auto& words : enums) {
    if (words[0] == text) return std::string(words[1]);
  }
  return std::nullopt;
}

bool is_number(const std::string& text) {
  return !text.empty() && text.size() < 7 && text.find_first_not_of("0123456789") == std::string::npos;
}

/// Two neighbouring letters swapped or one left out; which of them, the text decides.
std::optional<std::string> misspelt(const std::string& text) {
  std::vector<std::size_t> letters;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    const bool pair = std::isalpha(static_cast<unsigned char>(text[at])) && std::isalpha(static_cast<unsigned char>(text[at + 1]));
    if (pair && text[at] != text[at + 1]) letters.push_back(at);
  }
  if (letters.empty()) return std::nullopt;
  std::size_t sum = text.size();
  for (const char c : text) sum = sum * 31 + static_cast<unsigned char>(c);
  const std::size_t at = letters[sum % letters.size()];
  std::string slip = text;
  if (sum % 2 == 0) {
    std::swap(slip[at], slip[at + 1]);
  } else {
    slip.erase(at, 1);
  }
  return slip;
}

std::vector<std::pair<Slip, std::string>> slips_of(const std::string& text) {
  std::vector<std::pair<Slip, std::string>> slips;
  if (is_number(text)) return {{Slip::moved, std::to_string(std::stol(text) + 1)}};
  if (auto other = swapped(text)) slips.emplace_back(Slip::swapped, *other);
  if (auto slip = misspelt(text)) slips.emplace_back(Slip::misspelt, *slip);
  return slips;
}

class Collector {
 public:
  Collector(const LintRun& run) : run_(run) {}

  std::vector<Place> collect() {
    for (const Resource& resource : run_.graph->resources()) {
      if (!resource.linted() || resource.kind == Kind::other || resource.kind == Kind::kustomization) continue;
      resource_ = &resource;
      for (const auto& [key, value] : resource.root.entries()) {
        const std::string_view name = key.str();
        if (name == "metadata" || name == "spec" || name == "data") walk(value, std::string(name));
      }
    }
    return std::move(places_);
  }

 private:
  bool is_mentioned(std::string_view path) const { return path != "metadata.name" || !run_.graph->to(*resource_).empty(); }

  void walk(yaml::Node node, const std::string& path, yaml::Node parent = {}) {
    if (node.via_alias()) return;
    for (const auto& [key, value] : node.entries()) walk(value, path + "." + std::string(key.str()), node);
    for (yaml::Node item : node.items()) walk(item, path + "[]");
    if (!node.is_scalar() || node.is_null()) return;
    const std::string text(node.str());
    const bool holds_more = text.find_first_of("[{") == 0 || text.find('\n') != std::string::npos;
    if (holds_more) {
      const auto inner = node.inner();
      if (inner->root().is_mapping() || inner->root().is_sequence()) return walk(inner->root(), path);
    }
    const auto skipped = [&](const Field& field) { return fits(field, resource_->kind_name, path); };
    if (std::ranges::any_of(not_read, skipped) || !is_mentioned(path)) return;
    const Span span = node.text_span();
    const File& file = run_.graph->sources()[span.file];
    // Escapes make the text differ from what stands there.
    if (file.text().substr(span.begin, span.size()) != text) return;
    places_.push_back({std::string(file.path()), std::string(resource_->kind_name), path, text, span.begin, span.end, resource_, parent});
  }

  const LintRun& run_;
  const Resource* resource_ = nullptr;
  std::vector<Place> places_;
};

/// Every chain, from outside and from each workload: in words, places left out, for they move with the text; and as the ways of requests
/// that matter to who sends them: where they end, whether they arrive, and what every wire carries.
struct Traced {
  std::string text;
  std::multiset<std::string> ways;
};

std::string way_of(const Chain& chain) {
  const Step last = steps_of(chain).back();
  // A host outside is the same whatever the entry for it is called.
  const std::string end = last.object && last.kind != "external" ? last.object->name : last.label;
  const bool open = chain.steps.front().hop != nullptr && chain.steps.front().hop->internet != Truth::no;
  std::string way = format("{} {}{} -> {} {}: {} ", open ? "internet" : "inside", chain.request.host, chain.request.path, last.kind, end,
                           to_string(chain.verdict()));
  for (const ChainStep& step : chain.steps) {
    if (step.wire) way += format(" {}", to_string(step.encryption));
  }
  return way;
}

void add_ways(const HopGraph& hops, Traced& traced) {
  const Trace found = trace(hops, Request{}, 1000);
  for (const Chain& chain : found.legs.front().chains) {
    traced.text += url_of(chain) + "\n";
    for (const Step& step : steps_of(chain)) {
      traced.text += format("  {} {} {} {} {} {} {} {}\n", step.kind, step.label, step.protocol, step.encryption, step.verified,
                            step.verdict, step.reason, step.object ? step.object->name : std::string());
    }
    traced.ways.insert(way_of(chain));
  }
  for (const Link& entry : hops.entries()) traced.text += format("internet {}\n", static_cast<int>(hops[entry.to].internet));
}

Traced trace_of(const Graph& graph) {
  Traced traced;
  add_ways(build_hops(graph), traced);
  for (const Workload& workload : graph.workloads()) {
    if (workload->opaque || workload.is_gateway()) continue;
    traced.text += format("from {}/{}\n", workload->ns, workload->name);
    add_ways(build_hops_from(graph, workload), traced);
  }
  return traced;
}

std::string key_of(const Diagnostic& finding) {
  const std::string object = finding.object ? format("{} {}/{}", finding.object->kind, finding.object->ns, finding.object->name) : "";
  return format("{}|{}|{}|{}", finding.rule->id, object, finding.field, finding.message);
}

/// What can be held against a mutation.
struct Noticed {
  bool trace = false, anywhere = false, near = false;
  bool same_ways = false;  ///< every request still ends where it did, as it did
  std::string first;
};

class Estates {
 public:
  explicit Estates(const Estate& estate) : estate_(estate), settings_(estate_settings()) {
    // An estate is all there is.
    settings_.world.complete = true;
    settings_.selection.select = {"ALL"};
    base_ = read_estate(estate.files, estate.folder, settings_);
    trace_ = trace_of(*base_.graph);
    for (const Diagnostic& finding : base_.findings) keys_.insert(key_of(finding));
  }
  std::vector<Place> places() const { return Collector(base_).collect(); }
  const Graph& graph() const { return *base_.graph; }

  Noticed try_slip(const Place& place, const std::string& slip) const {
    auto files = estate_.files;
    files[place.file].replace(place.begin, place.end - place.begin, slip);
    const LintRun run = read_estate(files, estate_.folder, settings_);
    Noticed noticed;
    const Traced traced = trace_of(*run.graph);
    noticed.trace = traced.text != trace_.text;
    noticed.same_ways = traced.ways == trace_.ways;
    for (const Diagnostic& finding : run.findings) {
      if (keys_.contains(key_of(finding))) continue;
      noticed.anywhere = true;
      if (noticed.first.empty()) noticed.first = finding.rule->id;
      noticed.near = noticed.near || is_near(run, finding, place);
    }
    return noticed;
  }

 private:
  /// On the line of the slip, or anywhere in another document: only one thing was changed, so that is its other end.
  static bool is_near(const LintRun& run, const Diagnostic& finding, const Place& place) {
    const auto near = [&](Span span) {
      if (!span) return false;
      const File& file = run.graph->sources()[span.file];
      if (file.path() != place.file) return true;
      const std::string_view text = file.text();
      const std::size_t line_begin = text.rfind('\n', place.begin) + 1;
      const std::size_t line_end = std::min(text.find('\n', place.begin), text.size());
      if (span.begin <= line_end && span.end >= line_begin) return true;
      const std::size_t from = std::min<std::size_t>(span.begin, place.begin), to = std::max<std::size_t>(span.begin, place.begin);
      return text.substr(from, to - from).find("\n---") != std::string_view::npos;
    };
    if (near(finding.where)) return true;
    if (std::ranges::any_of(finding.notes, [&](const Note& note) { return near(note.where); })) return true;
    return std::ranges::any_of(finding.chain, [&](const Step& step) { return near(step.where); });
  }

  const Estate& estate_;
  Settings settings_;
  LintRun base_;
  Traced trace_;
  std::set<std::string> keys_;
};

bool is_of_gateway(const Estates& estate, const Place& place, const Noticed& /*how*/) {
  return place.parent["name"].str() != "status-port" && leads_to_gateway_pods(estate.graph(), Service(*place.resource));
}

// The trace has every way.
bool nothing_leads_there(const Estates& /*estate*/, const Place& /*place*/, const Noticed& how) { return !how.trace; }

bool is_outside_the_mesh(const Estates& estate, const Place& place, const Noticed& /*how*/) {
  const auto& pods = estate.graph().pods_of(Service(*place.resource)).workloads;
  return !pods.empty() &&
         std::ranges::all_of(pods, [&](const Workload& pod) { return estate.graph().injection(pod).plane == Dataplane::none; });
}

/// The slip is behind the protocol's word.
bool keeps_its_protocol(const Estates& /*estate*/, const Place& place, const Noticed& how) {
  return !how.trace && place.text.find('-') != std::string::npos;
}

constexpr std::size_t every = HOPLINT_SANITIZED ? 11 : 1;

/// What became of a mutation.
enum class Outcome : std::uint8_t { told, right, open, silent };

template <std::size_t count>
bool is_listed(const Field (&table)[count], const Place& place) {
  return std::ranges::any_of(table, [&](const Field& field) { return fits(field, place.kind, place.path); });
}

Outcome outcome_of(const Estates& estate, const Place& place, Slip slip, const Noticed& how) {
  if (how.anywhere && (how.trace || is_listed(changes_no_hop, place))) return Outcome::told;
  if (how.anywhere) return Outcome::silent;
  if (how.trace && how.same_ways) return Outcome::right;
  const bool chosen = std::ranges::any_of(choices, [&](const Choice& one) {
    return one.slip == slip && fits(one.field, place.kind, place.path) && (one.holds == nullptr || one.holds(estate, place, how));
  });
  if (chosen) return Outcome::right;
  return is_listed(undecidable, place) ? Outcome::open : Outcome::silent;
}

struct Count {
  std::size_t told = 0, right = 0, open = 0, silent = 0, there = 0;
  std::size_t all() const { return told + open + silent; }
};

TEST_CASE("nearly every slip in a right estate changes the trace and is reported there or at the other end") {
  const bool lists = std::getenv("HOPLINT_LIST_MUTATIONS") != nullptr;
  Count count;
  std::size_t counter = 0;
  std::vector<std::string> unlisted;
  for (const Estate& estate : right_estates()) {
    const Estates tried(estate);
    for (const Place& place : tried.places()) {
      for (const auto& [slip, text] : slips_of(place.text)) {
        if (counter++ % every != 0) continue;
        const Noticed how = tried.try_slip(place, text);
        const Outcome outcome = outcome_of(tried, place, slip, how);
        count.told += outcome == Outcome::told ? 1 : 0;
        count.right += outcome == Outcome::right ? 1 : 0;
        count.open += outcome == Outcome::open ? 1 : 0;
        count.silent += outcome == Outcome::silent ? 1 : 0;
        count.there += outcome == Outcome::told && how.near ? 1 : 0;
        if (outcome == Outcome::told) continue;
        constexpr std::string_view words[] = {"noticed", "right", "undecidable", "SILENT"};
        const std::string line =
            format("{} {} {} {}: {} {} -> {}: trace {}, finding {} {}", words[static_cast<std::size_t>(outcome)], estate.name, place.kind,
                   place.path, to_string(slip), place.text, text, how.trace ? "changed" : "SAME",
                   how.near       ? "there"
                   : how.anywhere ? "ELSEWHERE"
                                  : "NONE",
                   how.first);
        if (lists) std::cout << line << "\n";
        const bool known = std::ranges::any_of(not_told, [&](const Untold& one) {
          return place.file.find(one.folder) != std::string::npos && fits(one.field, place.kind, place.path);
        });
        if (outcome == Outcome::silent && !known) unlisted.push_back(line);
      }
    }
  }
  std::cout << format(
      "{} mutations: {} noticed ({:.1f} %), {} of them on the line or in another document; {} undecidable; {} silent mistakes; {} more "
      "make "
      "another right estate\n",
      count.all(), count.told, 100.0 * static_cast<double>(count.told) / static_cast<double>(count.all()), count.there, count.open,
      count.silent, count.right);
  for (const std::string& line : unlisted) UNSCOPED_INFO(line);
  CHECK(unlisted.empty());
  CHECK(count.all() > (every == 1 ? 850 : 50));
  constexpr std::size_t least_percent = every == 1 ? 97 : 90;
  CHECK(count.told * 100 >= count.all() * least_percent);
}

}  // namespace
}  // namespace hop
