#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "report/frame.h"
#include "report/render.h"
#include "report/wording.h"
#include "text/unicode.h"

namespace hop {
namespace {

constexpr std::size_t most_frames = 5;  ///< of one finding; further places are listed

/// Findings under one header: one, or all that miss the same target.
using Group = std::vector<const Diagnostic*>;

std::vector<Group> grouped(std::span<const Diagnostic> findings) {
  using Cause = std::tuple<std::string_view, Severity, std::string_view, std::string_view, std::string_view, bool>;
  std::vector<Group> groups;
  std::map<Cause, std::size_t> known;
  for (const Diagnostic& finding : findings) {
    const Cause cause{finding.rule->id, finding.severity, finding.target, finding.message, finding.cluster, finding.suppressed};
    const auto [place, added] = known.try_emplace(cause, groups.size());
    if (added || finding.target.empty()) {
      groups.push_back({&finding});
    } else {
      groups[place->second].push_back(&finding);
    }
  }
  return groups;
}

unsigned gutter_of(const Group& group, const Sources& sources) {
  std::uint32_t highest = 1;
  for (const Diagnostic* const finding : group) {
    if (finding->where) highest = std::max(highest, line_of(sources, finding->where));
    for (const Note& note : finding->notes) {
      if (note.where) highest = std::max(highest, line_of(sources, note.where));
    }
  }
  return static_cast<unsigned>(format("{}", highest).size());
}

/// "ALB :443 → Service shop/cart:80 ▸ Gateway shop/edge:443": the other arrow stands where the chain breaks.
std::string chain_text(const std::vector<Step>& chain, bool unicode) {
  std::string text;
  bool broken = false;
  for (const Step& step : chain) {
    const bool breaks = !broken && step.verdict == "broken";
    broken = broken || breaks;
    if (!text.empty() && unicode) text += breaks ? " ▸ " : " → ";
    if (!text.empty() && !unicode) text += breaks ? " -x-> " : " -> ";
    text += step.label;
  }
  return text;
}

/// What stands below the frames, in fixed order and each line once.
class Facts {
 public:
  void add(std::string line) {
    if (known_.insert(line).second) lines_.push_back(std::move(line));
  }
  const std::vector<std::string>& lines() const { return lines_; }

 private:
  std::vector<std::string> lines_;
  std::set<std::string> known_;
};

class TextRenderer {
 public:
  TextRenderer(const RenderInput& input, const TextStyle& style)
      : input_(&input), style_(&style), paint_(style.colour), manifests_(input.run), secrets_(manifests_) {}

  std::string run() {
    std::string out;
    for (const Group& findings : grouped(input_->findings)) {
      draw(out, findings);
      out += '\n';
    }
    return out;
  }

 private:
  const Sources& sources() const { return input_->run.input->sources; }

  void draw(std::string& out, const Group& group) {
    const Diagnostic& first = *group.front();
    draw_header(out, first, group.size());
    const FramePainter painter(manifests_, secrets_, *style_, first.severity, gutter_of(group, sources()));
    Facts facts;
    draw_frames(out, group, painter, facts);
    for (const Diagnostic* const finding : group) add_chain(facts, *finding, painter);
    for (const Diagnostic* const finding : group) add_effect(facts, *finding, painter);
    for (const Diagnostic* const finding : group) add_fixes(facts, *finding, painter);
    if (!facts.lines().empty() && first.where) out += painter.empty_line();
    for (const std::string& line : facts.lines()) out += line;
  }

  void draw_header(std::string& out, const Diagnostic& finding, std::size_t places) const {
    const std::string rule = format("{}[{}]", to_string(finding.severity), finding.rule->id);
    out += format("{}: {}", paint_(tone_of(finding.severity), rule), paint_(Tone::strong, escape_controls(finding.message)));
    if (places > 1) out += format(" ({} places)", places);
    if (finding.suppressed) out += " (suppressed)";
    out += '\n';
  }

  void draw_frames(std::string& out, const Group& group, const FramePainter& painter, Facts& facts) const {
    Shown shown;
    bool first = true;
    for (const Diagnostic* const finding : group) {
      const std::vector<Frame> frames = frames_of(without(shown, *finding), manifests_);
      for (std::size_t i = 0; i < frames.size(); ++i) {
        if (i >= most_frames) {
          list_places(facts, frames[i], painter);
          continue;
        }
        if (!first) out += painter.empty_line();
        painter.draw(out, titled(frames[i], *finding), i == 0 ? "-->" : ":::");
        first = false;
      }
      for (const Note& note : finding->notes) {
        if (!note.where) facts.add(painter.fact("note", note.text));
      }
    }
  }

  /// Notes already shown under this header.
  using Shown = std::set<std::pair<Span, std::string_view>>;

  /// Findings with one cause have notes in common: they are shown with the first.
  static Diagnostic without(Shown& shown, const Diagnostic& finding) {
    Diagnostic copy = finding;
    copy.notes.clear();
    for (const Note& note : finding.notes) {
      if (shown.emplace(note.where, note.text).second) copy.notes.push_back(note);
    }
    return copy;
  }

  static Frame titled(Frame frame, const Diagnostic& finding) {
    const bool own = frame.marks.front().primary;
    if (own && finding.object) frame.title = title(*finding.object);
    return frame;
  }

  void list_places(Facts& facts, const Frame& frame, const FramePainter& painter) const {
    for (const Mark& mark : frame.marks) {
      facts.add(painter.fact("also", format("{} {}", location(sources(), mark.where), mark.text)));
    }
  }

  void add_chain(Facts& facts, const Diagnostic& finding, const FramePainter& painter) const {
    if (!finding.chain.empty()) facts.add(painter.fact("chain", chain_text(finding.chain, style_->unicode)));
  }

  static void add_effect(Facts& facts, const Diagnostic& finding, const FramePainter& painter) {
    if (!finding.effect.empty()) facts.add(painter.fact("effect", finding.effect));
    if (!finding.cluster.empty()) facts.add(painter.fact("cluster", finding.cluster));
  }

  static void add_fixes(Facts& facts, const Diagnostic& finding, const FramePainter& painter) {
    for (const Fix& fix : finding.fixes) {
      facts.add(painter.fact("fix", format("{} ({}: `{}`)", fix.title, to_string(fix.safety), fix_command(fix.safety))));
    }
  }

  const RenderInput* input_;
  const TextStyle* style_;
  Paint paint_;
  Manifests manifests_;
  Secrets secrets_;
};

}  // namespace

std::string render_text(const RenderInput& input, const TextStyle& style) {
  std::string text = input.findings.empty() ? std::string() : TextRenderer(input, style).run();
  return text + closing_line(input, style);
}

}  // namespace hop
