#include "engine/add_suppressions.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/cover.h"
#include "text/format.h"

namespace hop {
namespace {

constexpr auto none = std::string_view::npos;

bool is_block(const yaml::Item& item) { return item.style == yaml::Style::literal || item.style == yaml::Style::folded; }

/// Where a comment can stand, as an offset of the document.
struct Seat {
  std::uint32_t at = 0;
  bool above = false;  ///< on a line of its own there
};

std::uint32_t end_of_text(std::string_view text, Range line) {
  const std::size_t last = text.substr(0, line.end).find_last_not_of(" \t");
  return last == none || last < line.begin ? line.begin : static_cast<std::uint32_t>(last + 1);
}

/// The first byte of the scalar over several lines that covers `offset` and begins on a line before it; `offset` itself if none does.
std::uint32_t start_of_scalar(const yaml::Tree& tree, std::uint32_t offset) {
  const Range line = line_range(tree.source, offset);
  for (const yaml::Item& item : tree.items) {
    if (item.begin > offset) break;
    if (item.type == yaml::NodeType::scalar && item.begin < line.begin && item.end > line.begin) return item.begin;
  }
  return offset;
}

/// Whether a comment at the end of this line would be one, and the only one.
bool can_follow(const yaml::Tree& tree, Range line) {
  const auto on_line = [&](const yaml::Comment& comment) { return comment.begin >= line.begin && comment.begin < line.end; };
  if (std::any_of(tree.comments.begin(), tree.comments.end(), on_line)) return false;
  return std::none_of(tree.items.begin(), tree.items.end(), [&](const yaml::Item& item) {
    return item.type == yaml::NodeType::scalar && !is_block(item) && item.begin <= line.end && item.end > line.end;
  });
}

Seat seat_for(const yaml::Tree& tree, std::uint32_t offset) {
  const std::uint32_t start = start_of_scalar(tree, offset);
  const Range line = line_range(tree.source, start);
  if (start == offset && can_follow(tree, line)) return {end_of_text(tree.source, line), false};
  const std::size_t content = tree.source.find_first_not_of(" \t", line.begin);
  return {content == none ? line.begin : static_cast<std::uint32_t>(content), true};
}

std::string line_end_of(std::string_view text) { return text.find("\r\n") == none ? "\n" : "\r\n"; }

class Offers {
 public:
  Offers(const SuppressWish& wish, const LintRun& run) : wish_(wish), run_(run) {
    for (const ReadFile& file : run.input->files) files_[file.file] = &file;
  }

  void make(std::vector<Diagnostic>& findings) {
    for (Diagnostic& finding : findings) {
      finding.fixes.clear();
      if (const auto place = place_of(finding)) rules_[*place].insert(finding.rule->id);
    }
    for (Diagnostic& finding : findings) {
      if (const auto place = place_of(finding)) finding.fixes.push_back(fix(*place));
    }
  }

  std::optional<Fix> make_one(const Diagnostic& finding) {
    const auto place = place_of(finding);
    if (!place) return std::nullopt;
    rules_[*place].insert(finding.rule->id);
    return fix(*place);
  }

 private:
  struct Place {
    Span where;
    bool above;
    friend auto operator<=>(const Place&, const Place&) = default;
  };

  std::optional<Place> place_of(const Diagnostic& finding) const {
    if (finding.suppressed || finding.severity < wish_.least || !finding.where || family(*finding.rule) == "suppression")
      return std::nullopt;
    const auto found = files_.find(finding.where.file);
    if (found == files_.end() || found->second->known || found->second->path.ends_with(".json")) return std::nullopt;
    for (const ReadDocument& document : found->second->documents) {
      if (finding.where.begin < document.chunk.begin || finding.where.begin > document.chunk.end) continue;
      const std::uint32_t base = document.document->base();
      const Seat seat = seat_for(document.document->tree(), finding.where.begin - base);
      return Place{{finding.where.file, base + seat.at, base + seat.at}, seat.above};
    }
    return std::nullopt;
  }

  /// One comment for all findings of a line.
  Fix fix(const Place& place) const {
    const File& file = run_.input->sources[place.where.file];
    std::string rules;
    for (const std::string_view rule : rules_.at(place)) rules += (rules.empty() ? "" : ", ") + std::string(rule);
    std::string comment = format("# hoplint: allow {}", rules);
    if (!wish_.reason.empty()) comment += " -- " + wish_.reason;
    if (!wish_.until.empty()) comment += " until " + wish_.until;
    const Position at = file.position(place.where.begin, ColumnUnit::byte);
    const std::string_view indent = file.line(at.line).substr(0, at.column - 1);
    const std::string text = place.above ? format("{}{}{}", comment, line_end_of(file.text()), indent) : "  " + comment;
    return {"allow it in a comment", {{place.where, text}}, Safety::safe};
  }

  const SuppressWish& wish_;
  const LintRun& run_;
  std::map<FileId, const ReadFile*> files_;
  std::map<Place, std::set<std::string_view>> rules_;
};

}  // namespace

void offer_suppressions(const SuppressWish& wish, LintRun& run) { Offers(wish, run).make(run.findings); }

std::optional<Fix> suppression_of(const SuppressWish& wish, const LintRun& run, const Diagnostic& finding) {
  return Offers(wish, run).make_one(finding);
}

}  // namespace hop
