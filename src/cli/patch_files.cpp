#include "cli/patch_files.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/repository.h"
#include "report/manifests.h"
#include "report/patch.h"
#include "report/redact.h"
#include "text/format.h"
#include "text/line_diff.h"

namespace hop {
namespace {

/// What must not be shown of the files of one run.
class SecretLines {
 public:
  explicit SecretLines(const LintRun& run) : run_(&run), manifests_(run), secrets_(manifests_) {}

  /// Whether a line of `path` holds anything secret, by its index.
  std::function<bool(std::size_t)> of(const std::string& path) {
    std::vector<Span> lines;
    for (const ReadFile& file : run_->input->files) {
      if (file.path == path) lines = lines_of(file.file);
    }
    return [this, lines = std::move(lines)](std::size_t line) { return line < lines.size() && !secrets_.within(lines[line]).empty(); };
  }

 private:
  std::vector<Span> lines_of(FileId id) const {
    std::vector<Span> spans;
    std::uint32_t begin = 0;
    for (const std::string_view line : split_lines(run_->input->sources[id].text())) {
      const auto end = static_cast<std::uint32_t>(begin + line.size());
      spans.push_back({id, begin, end});
      begin = end;
    }
    return spans;
  }

  const LintRun* run_;
  Manifests manifests_;
  Secrets secrets_;
};

bool is_utf16(const File& file) { return file.encoding() == Encoding::utf16_le || file.encoding() == Encoding::utf16_be; }

}  // namespace

Patch patch_of(const FileSystem& files, const FixRun& run) {
  const Repository repository(files);
  SecretLines before(run.before), after(run.now());
  Patch patch;
  for (const ChangedFile& changed : run.files) {
    const std::string& path = changed.before->path();
    if (is_utf16(*changed.before)) {
      patch.left_out.push_back(format("`{}` is not in the patch: it is UTF-16, which no patch can carry", path));
      continue;
    }
    std::string name = repository.path_of(path);
    if (name.starts_with('/')) name.erase(0, 1);
    const auto text = render_patch({std::move(name), changed.before->stored(), changed.after, before.of(path), after.of(path)});
    if (text) {
      patch.text += *text;
      patch.paths.insert(path);
    } else {
      patch.left_out.push_back(format("`{}` is not in the patch: it would show secret data", path));
    }
  }
  return patch;
}

}  // namespace hop
