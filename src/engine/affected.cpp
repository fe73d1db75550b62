#include "engine/affected.h"

#include <algorithm>
#include <map>
#include <set>

namespace hop {
namespace {

class Affected {
 public:
  Affected(const LintRun& run, std::set<FileId> changed) : run_(&run), changed_(std::move(changed)) {
    if (!run.graph) return;
    for (const Edge& edge : run.graph->edges()) {
      edge.to.any([&](const Resource& to) {
        if (lies_in(*edge.from)) neighbours_.insert(object_id(to));
        if (lies_in(to)) neighbours_.insert(object_id(*edge.from));
        return false;
      });
    }
  }

  bool operator()(const Diagnostic& finding) const {
    const auto touches = [&](const auto& thing) { return changed_.contains(thing.where.file); };
    const auto edits = [&](const Fix& fix) { return std::any_of(fix.edits.begin(), fix.edits.end(), touches); };
    const bool wants_what_is_not_there = !finding.target.empty() && !changed_.empty();
    return wants_what_is_not_there || touches(finding) || std::any_of(finding.notes.begin(), finding.notes.end(), touches) ||
           std::any_of(finding.chain.begin(), finding.chain.end(), touches) ||
           std::any_of(finding.fixes.begin(), finding.fixes.end(), edits) || (finding.object && neighbours_.contains(*finding.object));
  }

 private:
  bool lies_in(const Resource& resource) const { return changed_.contains(resource.root.document()->file()); }

  const LintRun* run_;
  std::set<FileId> changed_;
  std::set<ObjectId> neighbours_;  ///< objects at the other end of a reference
};

}  // namespace

std::vector<ChangedPath> set_aside_unaffected(const FileSystem& files, const std::vector<std::string>& paths, const Settings& settings,
                                              LintRun& run) {
  std::map<std::string, FileId> read;
  for (const ReadFile& file : run.input->files) read.emplace(files.canonical(std::string(file.path)), file.file);
  std::vector<ChangedPath> are;
  std::set<FileId> changed;
  for (const std::string& path : paths) {
    const std::string address = files.canonical(path);
    const auto is = [&](const std::shared_ptr<const File>& file) { return file != nullptr && address == files.canonical(file->path()); };
    const bool is_config = is(settings.config) || std::any_of(settings.extended.begin(), settings.extended.end(), is);
    const bool is_unclear = is_config || files.type(path) == FileType::missing;
    const auto found = read.find(address);
    if (found != read.end()) changed.insert(found->second);
    are.push_back(is_unclear ? ChangedPath::unclear : found != read.end() ? ChangedPath::read : ChangedPath::unread);
  }
  if (std::find(are.begin(), are.end(), ChangedPath::unclear) != are.end()) return are;
  const Affected affected(run, std::move(changed));
  for (Diagnostic& finding : run.findings) finding.aside = !affected(finding);
  return are;
}

void drop_aside(LintRun& run) {
  std::erase_if(run.findings, [](const Diagnostic& finding) { return finding.aside; });
  count_findings(run);
}

}  // namespace hop
