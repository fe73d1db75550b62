#include <utility>

#include "yaml/document.h"
#include "yaml/parse.h"
#include "yaml/text_map.h"

namespace hop::yaml {
namespace {

bool looks_like_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

/// JSON may be indented with tabs, YAML not. Offsets stay the same.
std::string tabs_to_spaces(std::string_view json) {
  std::string result(json);
  bool quoted = false;
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (quoted && result[i] == '\\') {
      ++i;
    } else if (result[i] == '"') {
      quoted = !quoted;
    } else if (result[i] == '\t' && !quoted) {
      result[i] = ' ';
    }
  }
  return result;
}

std::shared_ptr<const Tree> parse_inner(std::string_view text, const std::shared_ptr<const Tree>& owner) {
  auto tree = parse(text, owner);
  if (tree->problems.empty() || !looks_like_json(text) || text.find('\t') == std::string_view::npos) return tree;
  auto copy = std::make_shared<const std::string>(tabs_to_spaces(text));
  auto second = parse(*copy, copy);
  return second->problems.empty() ? second : tree;
}

}  // namespace

std::shared_ptr<const Document> Node::inner() const {
  const Item* scalar = is_scalar() ? item() : nullptr;
  if (scalar == nullptr) {
    return std::make_shared<Document>(std::make_shared<const Tree>(), document_ != nullptr ? document_->file_ : no_file, 0);
  }
  auto document = std::make_shared<Document>(parse_inner(str(), document_->share_tree()), document_->file_, document_->base_);
  document->synthetic_ = document_->synthetic_;
  if (document->synthetic_) {
    const Span whole = span();
    document->map_ = std::make_unique<const OffsetMap>(OffsetMap{{{0, whole.begin - document_->base_}}, whole.end - document_->base_});
  } else {
    OffsetMap own = map_text(document_->tree(), *scalar);
    document->map_ = std::make_unique<const OffsetMap>(document_->map_ ? compose(own, *document_->map_) : std::move(own));
  }
  return document;
}

}  // namespace hop::yaml
