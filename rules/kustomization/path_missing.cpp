// A kustomization that lists what is not there.
#include <algorithm>
#include <map>

#include "rule/rule.h"
#include "text/file_system.h"

namespace hop::rules {
namespace {

/// Names of files and folders by the folder they lie in: what a missing one may have meant.
std::map<std::string_view, std::vector<std::string_view>> names_by_folder(const Graph& graph) {
  std::map<std::string_view, std::vector<std::string_view>> names;
  for (const ReadFile& file : graph.files()) {
    bool is_new = true;  // the folder, whose own name is not noted yet
    for (std::string_view path = file.path; is_new && path != "."; path = parent_path(path)) {
      std::vector<std::string_view>& beside = names[parent_path(path)];
      is_new = beside.empty() && path != parent_path(path);
      beside.push_back(file_name(path));
    }
  }
  return names;
}

using Kustomizations = std::multimap<FileId, const Resource*>;

Kustomizations by_file(const Graph& graph) {
  Kustomizations all;
  for (const Resource* resource : graph.of(Kind::kustomization)) all.emplace(resource->root.span().file, resource);
  return all;
}

/// The kustomization as an object; nullptr for one that leaves out what would make it one.
const Resource* resource_at(const Kustomizations& all, const Span& place) {
  const auto [first, last] = all.equal_range(place.file);
  const auto found = std::find_if(first, last, [&](const auto& entry) {
    const Span whole = entry.second->root.span();
    return whole.begin <= place.begin && place.end <= whole.end;
  });
  return found == last ? nullptr : found->second;
}

/// A file may be made before the build: what Helm renders for kustomize to patch, say.
bool may_be_made(std::string_view path) { return path.ends_with(".yaml") || path.ends_with(".yml") || path.ends_with(".json"); }

void report_absent(const AbsentPath& absent, const Resource* resource, bool complete, std::span<const std::string_view> beside,
                   Report& report) {
  const std::string_view written = absent.place.str();
  std::string message = absent.folder ? format("the folder `{}` holds no kustomization", written) : format("`{}` does not exist", written);
  Finding finding =
      resource != nullptr ? report.at(*resource, absent.place, std::move(message)) : report.at(absent.place.span(), std::move(message));
  if (absent.folder) return;
  if (const auto meant = nearest(file_name(written), beside)) {
    const std::string path = format("{}{}", written.substr(0, written.size() - file_name(written).size()), *meant);
    finding.fix(format("change it to `{}`", path), absent.place, path, Safety::unsafe);
  } else if (may_be_made(written) && !complete) {
    finding.severity(Severity::warning);
  }
}

void check(const Graph& graph, Report& report) {
  if (std::ranges::all_of(graph.files(), [](const ReadFile& file) { return file.absent.empty(); })) return;
  auto names = names_by_folder(graph);
  const Kustomizations kustomizations = by_file(graph);
  for (const ReadFile& file : graph.files()) {
    for (const AbsentPath& absent : file.absent) {
      const Resource* resource = resource_at(kustomizations, absent.place.span());
      report_absent(absent, resource, graph.world().complete, names[parent_path(absent.path)], report);
    }
  }
}

}  // namespace

extern constinit const Rule kustomization_path_missing = {
    .info = {.id = "kustomization-path-missing",
             .summary = "a kustomization lists a file or folder that does not exist",
             .docs =
                 "`resources`, `bases`, `components` and the files of `patches` are looked for on the disk, from the kustomization's own "
                 "folder; a folder must hold a kustomization itself.\n\nStays silent for addresses, for what lies outside of the folders "
                 "that are checked, and for what `exclude:` or a `.gitignore` leaves out: it may be made before the build.\n\nA file whose "
                 "name resembles "
                 "no other beside it is a warning, unless the manifests are `complete`: it may be made all the same.",
             .effect = "`kustomize build` fails: nothing of this kustomization is applied, nor of those that include it",
             .source = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::kustomization, Facet::files},
    .check = check,
};

}  // namespace hop::rules
