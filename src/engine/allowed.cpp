#include "engine/allowed.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "engine/allow_text.h"
#include "engine/cover.h"
#include "text/words.h"

namespace hop {
namespace {

constexpr auto none = std::string_view::npos;
constexpr std::string_view annotation = "hoplint.dev/allow";

bool is_linted(const ReadDocument& document) {
  return document.is == DocumentClass::resource || document.is == DocumentClass::half || document.is == DocumentClass::broken;
}

/// The whole document with the marker before it; one byte more, for findings at the very end.
Span document_span(const ReadDocument& document, FileId file) {
  return {file, std::min(document.chunk.marker_begin, document.chunk.begin), document.chunk.end + 1};
}

Allowed from_text(AllowText text, Span where) {
  Allowed allowed;
  allowed.reason = text.reason;
  allowed.until = text.until;
  allowed.problem = std::move(text.problem);
  allowed.where = where;
  for (const AllowText::Word& word : text.rules) {
    const std::uint32_t begin = where.begin + word.begin;
    allowed.rules.push_back({word.text, {where.file, begin, begin + static_cast<std::uint32_t>(word.text.size())}});
  }
  return allowed;
}

/// The comments of one file.
class FileComments {
 public:
  FileComments(const ReadFile& file, std::string_view text, std::vector<Allowed>& out) : file_(file), text_(text), out_(out) {}

  void gather() {
    for (std::size_t i = 0; i < file_.documents.size(); ++i) {
      const ReadDocument& document = file_.documents[i];
      if (!is_linted(document) && document.is != DocumentClass::empty) continue;
      for (const yaml::Comment& comment : document.document->tree().comments) add(i, comment);
    }
  }

 private:
  void add(std::size_t at, const yaml::Comment& comment) {
    const yaml::Document& document = *file_.documents[at].document;
    const std::string_view text = document.tree().source.substr(comment.begin, comment.end - comment.begin);
    auto found = parse_allow_comment(text);
    if (!found) return;
    const std::uint32_t begin = document.base() + comment.begin;
    Allowed allowed = from_text(std::move(found->allow), {file_.file, begin, document.base() + comment.end});
    allowed.covers = found->whole_file ? Span{file_.file, 0, static_cast<std::uint32_t>(text_.size() + 1)} : covered_by(at, comment);
    out_.push_back(std::move(allowed));
  }

  Span covered_by(std::size_t at, const yaml::Comment& comment) {
    const ReadDocument& here = file_.documents[at];
    const yaml::Tree& tree = here.document->tree();
    if (!begins_line(tree.source, comment.begin)) return line(here, comment.begin);
    // Comments one below the other speak of the same block: a thousand of them look for it once.
    const bool is_same = block_ && block_->document == at && comment.end < block_->content;
    if (!is_same) block_ = block_below(at, comment);
    return block_->covers ? *block_->covers : line(here, comment.begin);
  }

  /// What comments before `content` speak of; only of themselves where nothing follows.
  struct Block {
    std::size_t document;
    std::uint32_t content;
    std::optional<Span> covers;
  };

  Block block_below(std::size_t at, const yaml::Comment& comment) const {
    const ReadDocument& here = file_.documents[at];
    const yaml::Tree& tree = here.document->tree();
    const auto content = next_content(tree.source, comment.end);
    if (!content) {  // comments alone before a marker speak of the document behind it
      const bool alone = here.is == DocumentClass::empty && at + 1 < file_.documents.size();
      return {at, 0xffffffffU, alone ? std::optional(document_span(file_.documents[at + 1], file_.file)) : std::nullopt};
    }
    if (here.is == DocumentClass::broken) return {at, *content, document_span(here, file_.file)};
    const Range range = block_range(tree, *content);
    if (range.begin == 0 && range.end == tree.source.size()) return {at, *content, document_span(here, file_.file)};
    return {at, *content, Span{file_.file, here.document->base() + range.begin, here.document->base() + range.end}};
  }

  Span line(const ReadDocument& document, std::uint32_t offset) const {
    const Range range = line_range(text_, document.document->base() + offset);
    return {file_.file, range.begin, range.end + 1};
  }

  const ReadFile& file_;
  std::string_view text_;
  std::vector<Allowed>& out_;
  std::optional<Block> block_;  ///< of the last comment that had a line of its own
};

void add_annotation(const Resource& resource, std::vector<Allowed>& out) {
  const yaml::Node node = resource.annotation(annotation);
  if (!node) return;
  Allowed allowed = from_text(parse_allow(node.str()), node.span());
  for (Allowed::Word& word : allowed.rules) {
    const auto begin = static_cast<std::size_t>(word.text.data() - node.str().data());
    word.where = node.part_span(begin, begin + word.text.size());
  }
  allowed.covers = resource.root.span();
  out.push_back(std::move(allowed));
}

void add_annotations(const Graph& graph, const std::vector<bool>& files, std::vector<Allowed>& out) {
  for (unsigned kind = 0; kind < static_cast<unsigned>(Kind::count_); ++kind) {
    for (const Resource* resource : graph.of(static_cast<Kind>(kind))) {
      const auto file = static_cast<std::size_t>(resource->root.document()->file());
      if (resource->linted() && file < files.size() && files[file]) add_annotation(*resource, out);
    }
  }
}

/// Annotations by which people silence a peer. Sources: istio.io/docs/reference/config/annotations; kiali.io/docs, validations.
struct PeerAnnotation {
  std::string_view name, codes;
  bool empty_is_all;
};
constexpr PeerAnnotation peer_annotations[] = {{"galley.istio.io/analyze-suppress", "IST", false},
                                               {"kiali.io/ignore-validations", "KIA", true}};

void add_peer_annotation(const Resource& resource, const PeerAnnotation& peer, std::vector<Allowed>& out) {
  const yaml::Node node = resource.annotation(peer.name);
  if (!node.is_scalar()) return;
  Allowed allowed;
  allowed.where = node.span();
  allowed.covers = resource.root.span();
  allowed.peer = peer.codes;
  for (const std::string_view word : split_list(node.str(), ',')) allowed.rules.push_back({word, node.span()});
  if (allowed.rules.empty() && peer.empty_is_all) allowed.rules.push_back({"*", node.span()});
  out.push_back(std::move(allowed));
}

void add_peer_annotations(const Graph& graph, std::vector<Allowed>& out) {
  for (unsigned kind = 0; kind < static_cast<unsigned>(Kind::count_); ++kind) {
    for (const Resource* resource : graph.of(static_cast<Kind>(kind))) {
      if (!resource->linted() || !resource->annotations()) continue;
      for (const PeerAnnotation& peer : peer_annotations) add_peer_annotation(*resource, peer, out);
    }
  }
}

void add_entries(const Graph& graph, const Settings& settings, std::vector<Allowed>& out) {
  for (const Allowance& entry : settings.allowances) {
    Allowed allowed;
    for (const std::string& rule : entry.rules) allowed.rules.push_back({rule, entry.where});
    allowed.reason = entry.reason;
    allowed.until = entry.until;
    allowed.where = entry.where;
    allowed.entry = &entry;
    allowed.scope.emplace(entry.scope, graph);
    out.push_back(std::move(allowed));
  }
}

}  // namespace

std::vector<Allowed> gather_allowed(const Graph& graph, const Settings& settings) {
  std::vector<Allowed> out;
  std::vector<bool> annotated(graph.sources().size());
  bool any_annotated = false;
  for (const ReadFile& file : graph.files()) {
    if (file.known || !file.speaks_to_us) continue;
    const std::string_view text = graph.sources()[file.file].text();
    if (std::none_of(file.documents.begin(), file.documents.end(), is_linted)) continue;
    if (text.find("hoplint:") != none) FileComments(file, text, out).gather();
    if (text.find(annotation) == none) continue;
    annotated[static_cast<std::size_t>(file.file)] = true;
    any_annotated = true;
  }
  if (any_annotated) add_annotations(graph, annotated, out);
  add_peer_annotations(graph, out);
  add_entries(graph, settings, out);
  return out;
}

bool names_for_peer(const Allowed& allowed, const Allowed::Word& word, const Diagnostic& finding) {
  return std::any_of(finding.aliases.begin(), finding.aliases.end(),
                     [&](std::string_view alias) { return word.text == "*" ? alias.starts_with(allowed.peer) : alias == word.text; });
}

bool covers(const Allowed& allowed, const Diagnostic& finding) {
  if (!allowed.problem.empty()) return false;
  if (allowed.scope) return allowed.scope->covers(finding);
  const bool begins_with_it = finding.where.begin == allowed.covers.begin;
  const bool inside = finding.where.begin > allowed.covers.begin && finding.where.begin < allowed.covers.end;
  return finding.where.file == allowed.covers.file && (begins_with_it || inside);
}

}  // namespace hop
