#include "report/patch.h"

#include <algorithm>
#include <vector>

#include "text/format.h"
#include "text/line_diff.h"

namespace hop {
namespace {

constexpr std::size_t most_context = 3;

/// As git writes names that a line of a patch could not hold as they are. Source: git-scm.com/docs/git-config, core.quotePath.
std::string quoted_name(const std::string& name) {
  std::string inner;
  bool plain = true;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool escaped = byte < 0x20 || byte == 0x7f || c == '"' || c == '\\';
    plain = plain && !escaped;
    if (c == '"' || c == '\\') {
      inner += format("\\{}", c);
    } else {
      inner += escaped ? format("\\{:03o}", byte) : std::string(1, c);
    }
  }
  return plain ? inner : format("\"{}\"", inner);
}

/// A name that holds a blank ends with a tab there: what follows would be a date.
std::string name_line(std::string_view sign, const std::string& name) {
  return format("{} {}{}\n", sign, quoted_name(name), name.find(' ') == std::string::npos ? "" : "\t");
}

void add_line(std::string& out, char sign, std::string_view line) {
  out += sign;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

/// Changes that are shown together, with the lines around them.
struct Hunk {
  std::vector<LineChange> changes;
  std::size_t lead = 0, trail = 0;

  std::size_t begin() const { return changes.front().begin - lead; }
  std::size_t end() const { return changes.back().end + trail; }
  std::size_t new_begin() const { return changes.front().new_begin - lead; }
  std::size_t new_end() const { return changes.back().new_end + trail; }
};

class PatchWriter {
 public:
  explicit PatchWriter(const PatchedFile& file) : file_(file), before_(split_lines(file.before)), after_(split_lines(file.after)) {}

  std::optional<std::string> run() {
    std::vector<Hunk> hunks;
    for (const LineChange& change : line_changes(before_, after_)) {
      Hunk hunk{{change}, lead_of(change), trail_of(change)};
      if (!may_show(change) || (hunk.trail == 0 && change.end < before_.size())) return std::nullopt;
      if (!hunks.empty() && hunk.begin() <= hunks.back().end()) {
        hunks.back().changes.push_back(change);
        hunks.back().trail = hunk.trail;
      } else {
        hunks.push_back(std::move(hunk));
      }
    }
    if (hunks.empty()) return std::string();
    const std::string from = "a/" + file_.path, to = "b/" + file_.path;
    std::string out = format("diff --git {} {}\n", quoted_name(from), quoted_name(to));
    out += name_line("---", from) + name_line("+++", to);
    for (const Hunk& hunk : hunks) write(out, hunk);
    return out;
  }

 private:
  bool is_secret(std::size_t line) const { return file_.is_secret && file_.is_secret(line); }
  bool is_secret_after(std::size_t line) const { return file_.is_secret_after && file_.is_secret_after(line); }

  bool may_show(const LineChange& change) const {
    for (std::size_t line = change.begin; line < change.end; ++line) {
      if (is_secret(line)) return false;
    }
    for (std::size_t line = change.new_begin; line < change.new_end; ++line) {
      if (is_secret_after(line)) return false;
    }
    return true;
  }

  std::size_t lead_of(const LineChange& change) const {
    std::size_t count = 0;
    while (count < std::min(most_context, change.begin) && !is_secret(change.begin - count - 1)) ++count;
    return count;
  }

  std::size_t trail_of(const LineChange& change) const {
    std::size_t count = 0;
    while (count < std::min(most_context, before_.size() - change.end) && !is_secret(change.end + count)) ++count;
    return count;
  }

  /// A range of no lines is said to begin at the line before it.
  static std::string range(std::size_t begin, std::size_t end) { return format("{},{}", begin == end ? begin : begin + 1, end - begin); }

  void write(std::string& out, const Hunk& hunk) const {
    out += format("@@ -{} +{} @@\n", range(hunk.begin(), hunk.end()), range(hunk.new_begin(), hunk.new_end()));
    std::size_t line = hunk.begin();
    for (const LineChange& change : hunk.changes) {
      for (; line < change.begin; ++line) add_line(out, ' ', before_[line]);
      for (; line < change.end; ++line) add_line(out, '-', before_[line]);
      for (std::size_t added = change.new_begin; added < change.new_end; ++added) add_line(out, '+', after_[added]);
    }
    for (; line < hunk.end(); ++line) add_line(out, ' ', before_[line]);
  }

  const PatchedFile& file_;
  std::vector<std::string_view> before_, after_;
};

}  // namespace

std::optional<std::string> render_patch(const PatchedFile& file) { return PatchWriter(file).run(); }

}  // namespace hop
