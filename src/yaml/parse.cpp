#include "yaml/parse.h"

#include <yaml.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "text/format.h"
#include "text/unicode.h"
#include "yaml/anchors.h"
#include "yaml/comments.h"
#include "yaml/fast.h"
#include "yaml/keys.h"
#include "yaml/lines.h"
#include "yaml/meaning.h"
#include "yaml/offsets.h"
#include "yaml/problem_words.h"
#include "yaml/recover.h"
#include "yaml/survey.h"

namespace hop::yaml {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// Length in bytes of the blank or line break at `at`, 0 if there is none.
std::size_t space_at(std::string_view text, std::size_t at) {
  return at < text.size() && (text[at] == ' ' || text[at] == '\t') ? 1 : break_at(text, at);
}

bool is_any_of(char c, std::string_view characters) { return characters.find(c) != std::string_view::npos; }

std::uint32_t narrow(std::size_t value) { return static_cast<std::uint32_t>(value); }

/// Owns the parser of libyaml. Spares it its two slow parts: decoding character by character, a quarter of its time, by handing it the
/// whole text at once (what its reader would refuse was refused before, see survey.h); and allocating 70 kB for every document, more than
/// half of the time for small ones, by winding it back when it ended well.
class Parser {
 public:
  Parser() = default;
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() { release(); }

  void start(std::string_view text, std::size_t characters);
  /// The event must be deleted, also after a failure.
  bool next(yaml_event_t& event);
  const yaml_parser_t& state() const { return parser_; }

 private:
  void create(std::string_view text);
  void rewind();
  void release();
  void fill_buffer(std::string_view text, std::size_t characters);

  yaml_parser_t parser_{}, fresh_{};
  bool ready_ = false;
  bool reusable_ = false;
  std::string padded_;
};

void Parser::start(std::string_view text, std::size_t characters) {
  // The copy that this needs would be the greater evil for a very large document.
  constexpr std::size_t largest_copy = 32U << 20U;
  const bool whole = text.size() <= largest_copy;
  if (whole && reusable_) {
    rewind();
  } else {
    create(whole ? std::string_view("") : text);
  }
  reusable_ = false;
  if (whole && ready_) fill_buffer(text, characters);
}

bool Parser::next(yaml_event_t& event) {
  if (!ready_) {
    event = {};
    return false;
  }
  if (yaml_parser_parse(&parser_, &event) == 0) return false;
  // Behind an error, tokens that own memory may be queued.
  if (event.type == YAML_STREAM_END_EVENT) reusable_ = parser_.buffer.start != fresh_.buffer.start;
  return true;
}

void Parser::create(std::string_view text) {
  release();
  ready_ = yaml_parser_initialize(&parser_) != 0;
  if (!ready_) return;
  yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
  fresh_ = parser_;
}

/// As it was when it was created, but with the stacks it has allocated since.
void Parser::rewind() {
  const yaml_parser_t used = parser_;
  parser_ = fresh_;
  const auto empty = [](auto& stack, const auto& grown) {
    stack.start = stack.top = grown.start;
    stack.end = grown.end;
  };
  empty(parser_.indents, used.indents);
  empty(parser_.simple_keys, used.simple_keys);
  empty(parser_.states, used.states);
  empty(parser_.marks, used.marks);
  empty(parser_.tag_directives, used.tag_directives);
  parser_.tokens.start = parser_.tokens.head = parser_.tokens.tail = used.tokens.start;
  parser_.tokens.end = used.tokens.end;
}

void Parser::release() {
  if (!ready_) return;
  parser_.buffer.start = fresh_.buffer.start;  // what it allocated and will free
  yaml_parser_delete(&parser_);
  ready_ = false;
}

void Parser::fill_buffer(std::string_view text, std::size_t characters) {
  constexpr std::size_t padding = 16;  // the scanner looks a few bytes ahead
  constexpr std::size_t worth_keeping = 1U << 20U;
  if (padded_.capacity() > worth_keeping) padded_ = {};
  padded_.assign(text).append(padding, '\0');
  auto* begin = reinterpret_cast<yaml_char_t*>(padded_.data());
  parser_.buffer.start = parser_.buffer.pointer = begin;
  parser_.buffer.last = parser_.buffer.end = begin + text.size() + 1;
  parser_.unread = characters + 1;  // the end is a NUL to the scanner
  parser_.eof = 1;
}

std::size_t tag_end(std::string_view text, std::size_t at) {
  const bool verbatim = text.substr(at, 2) == "!<";
  while (at < text.size() && space_at(text, at) == 0 && (verbatim || !is_any_of(text[at], ",[]{}"))) ++at;
  return at;
}

/// Behind blanks, line breaks and comments; the parser also skips a byte order mark that begins a line.
std::size_t next_token(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const std::size_t space = space_at(text, at);
    const bool mark = space == 0 && text.substr(at).starts_with(byte_order_mark) && is_line_begin(text, at);
    if (space == 0 && text[at] != '#' && !mark) break;
    at = text[at] == '#' ? line_end(text, at) : at + (space != 0 ? space : byte_order_mark.size());
  }
  return at;
}

std::string_view text_of(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

Style style_of(yaml_scalar_style_t style) {
  switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
      return Style::single_quoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
      return Style::double_quoted;
    case YAML_LITERAL_SCALAR_STYLE:
      return Style::literal;
    case YAML_FOLDED_SCALAR_STYLE:
      return Style::folded;
    default:
      return Style::plain;
  }
}

struct Open {
  std::uint32_t node;
  std::uint64_t nodes_before;
  std::uint32_t children = 0;
};

/// What stands in front of a node.
struct Lead {
  std::uint32_t begin = 0, end = 0;  // of anchor and tag
  std::uint32_t content = 0;
};

}  // namespace

struct DocumentParser::Buffers {
  FastReader fast;
  Parser parser;
  std::vector<Item> items;
  std::vector<Open> open;
  KeyFiler keys;
};

namespace {

/// Turns the events of one document into a Tree.
class Reader {
 public:
  /// `text` is the tree's source without byte order mark. The tree must be empty, but may bring memory.
  template <class Buffers>
  Reader(Tree& tree, const Limits& limits, std::string_view text, const Survey& survey, Buffers& buffers)
      : tree_(tree),
        limits_(limits),
        parser_(buffers.parser),
        offsets_(text, survey.ascii),
        shift_(narrow(tree.source.size() - text.size())),
        open_(buffers.open),
        keys_(buffers.keys) {
    tree_.items.reserve(tree_.source.size() / 24 + 8);
    open_.clear();
    parser_.start(text, survey.characters);
  }
  void read();

 private:
  bool take(const yaml_event_t& event);
  bool take_scalar(const yaml_event_t& event);
  bool take_alias(const yaml_event_t& event);
  bool open(const yaml_event_t& event, NodeType type, bool flow, std::string_view anchor, std::string_view tag);
  void close(const yaml_event_t& event);
  bool add(const Item& item);
  void grow(std::uint32_t reached);
  Lead lead_at(std::uint32_t begin, std::string_view anchor, std::string_view tag) const {
    return anchor.empty() && tag.empty() ? Lead{begin, begin, begin} : skip_properties(begin, anchor, tag);
  }
  Lead skip_properties(std::uint32_t begin, std::string_view anchor, std::string_view tag) const;
  void keep_properties(const Lead& lead, std::string_view anchor, std::string_view tag);
  void place_text(Item& item, std::string_view value);
  std::uint32_t place_of_nothing(std::uint32_t mark) const;
  std::uint32_t block_scalar_end(std::uint32_t begin, std::uint32_t end) const;
  bool count_work();

  std::uint32_t offset(const yaml_mark_t& mark) { return shift_ + offsets_.byte_of(mark.index); }
  bool fail(ProblemKind kind, std::string message, std::uint32_t begin, std::uint32_t end);
  void fail_as_parser_says();
  std::uint32_t behind_character(std::uint32_t begin) const;

  Tree& tree_;
  const Limits& limits_;
  Parser& parser_;
  Offsets offsets_;
  std::uint32_t shift_;
  std::vector<Open>& open_;
  Anchors anchors_;
  KeyFiler& keys_;
  std::uint32_t last_end_ = 0;  // behind the last child that is complete; in a collection without one, behind its bracket
  std::uint32_t flow_depth_ = 0;
  std::uint64_t nodes_ = 0;  // aliases followed
  std::uint64_t work_ = 0;
  bool had_document_ = false;
};

void Reader::read() {
  for (bool more = true; more;) {
    yaml_event_t event;
    if (parser_.next(event)) {
      more = take(event);
    } else {
      fail_as_parser_says();
      more = false;
    }
    yaml_event_delete(&event);
  }
}

/// False at the end and after a problem.
bool Reader::take(const yaml_event_t& event) {
  switch (event.type) {
    case YAML_SCALAR_EVENT:
      return take_scalar(event);
    case YAML_MAPPING_START_EVENT: {
      const auto& start = event.data.mapping_start;
      return open(event, NodeType::mapping, start.style == YAML_FLOW_MAPPING_STYLE, text_of(start.anchor), text_of(start.tag));
    }
    case YAML_SEQUENCE_START_EVENT: {
      const auto& start = event.data.sequence_start;
      return open(event, NodeType::sequence, start.style == YAML_FLOW_SEQUENCE_STYLE, text_of(start.anchor), text_of(start.tag));
    }
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
      close(event);
      return true;
    case YAML_ALIAS_EVENT:
      return take_alias(event);
    case YAML_DOCUMENT_START_EVENT:
      if (had_document_) {
        const std::uint32_t begin = offset(event.start_mark);
        return fail(ProblemKind::syntax, "a second document starts here", begin, behind_character(begin));
      }
      had_document_ = true;
      return true;
    case YAML_STREAM_END_EVENT:
      return false;
    default:
      return true;
  }
}

/// The parser's time per token grows with the flow nesting around it, and with the length of a collection used as a key: deep and wide
/// text within the depth limit would still take minutes.
bool Reader::count_work() {
  constexpr std::uint64_t most = 200'000'000;
  constexpr std::uint64_t collection_key = 10'000;
  constexpr std::uint32_t deep = 32;  // what people write stays below and is never refused
  if (flow_depth_ > deep) work_ += flow_depth_;
  const Item& last = tree_.items.back();
  if (last.is_collection() && flow_depth_ > 0 && !open_.empty()) {
    const Item& parent = tree_.items[open_.back().node];
    if (parent.type == NodeType::mapping && open_.back().children % 2 == 1) work_ += collection_key;
  }
  return work_ <= most;
}

/// Reserves what the whole document will need, judged by what it took so far: doubling would leave half of a large tree unused.
void Reader::grow(std::uint32_t reached) {
  const double part = static_cast<double>(std::max(reached, 1U)) / static_cast<double>(tree_.source.size() + 1);
  const double whole = static_cast<double>(tree_.items.size()) / std::min(part, 1.0) * 1.05 + 16;
  const double most = static_cast<double>(tree_.items.size()) * 8 + 16;
  const double least = static_cast<double>(tree_.items.size()) * 1.2 + 16;
  tree_.items.reserve(static_cast<std::size_t>(std::clamp(whole, least, most)));
}

bool Reader::add(const Item& item) {
  if (!open_.empty()) ++open_.back().children;
  if (tree_.items.size() == tree_.items.capacity()) grow(item.begin);
  tree_.items.push_back(item);
  ++nodes_;
  if (nodes_ > limits_.expansion) {
    return fail(ProblemKind::expansion, format("more than {} values once aliases are followed", limits_.expansion), item.begin,
                behind_character(item.begin));
  }
  if (count_work()) return true;
  return fail(ProblemKind::depth, "brackets nested too deep for so much text", item.begin, behind_character(item.begin));
}

bool Reader::take_scalar(const yaml_event_t& event) {
  const auto& scalar = event.data.scalar;
  const std::string_view value(reinterpret_cast<const char*>(scalar.value), scalar.length);
  const std::string_view anchor = text_of(scalar.anchor), tag = text_of(scalar.tag);
  Item item;
  item.style = style_of(scalar.style);
  item.begin = offset(event.start_mark);
  item.end = offset(event.end_mark);
  const Lead lead = lead_at(item.begin, anchor, tag);
  const bool empty = item.style == Style::plain && value.empty();
  if (empty) {
    item.begin = item.end = lead.end > lead.begin ? lead.end : place_of_nothing(item.begin);
  } else {
    item.begin = lead.content;
    if (item.style == Style::literal || item.style == Style::folded) item.end = block_scalar_end(item.begin, item.end);
  }
  place_text(item, value);
  const std::uint32_t node = narrow(tree_.items.size());
  last_end_ = item.end;
  const bool key = !open_.empty() && tree_.items[open_.back().node].type == NodeType::mapping && open_.back().children % 2 == 0;
  if (!add(item)) return false;
  if (!anchor.empty() || !tag.empty()) keep_properties(lead, anchor, tag);
  note_null(tree_, node);
  if (key && value == "<<" && is_merge_key(tree_, node)) tree_.items[open_.back().node].flags |= has_merge;
  if (!anchor.empty()) anchors_.finish(anchor, node, 1);
  return true;
}

bool Reader::take_alias(const yaml_event_t& event) {
  Item item;
  item.type = NodeType::alias;
  item.begin = offset(event.start_mark);
  item.end = offset(event.end_mark);
  const std::string_view name = text_of(event.data.alias.anchor);
  const Anchor* const anchor = anchors_.find(name);
  if (anchor == nullptr) {
    return fail(ProblemKind::syntax, format("no anchor `{}` above this alias", name.substr(0, 60)), item.begin, item.end);
  }
  item.data = anchor->node;
  if (tree_.next(item.data) == 0) {
    return fail(ProblemKind::syntax, format("anchor `{}` contains itself", name.substr(0, 60)), item.begin, item.end);
  }
  last_end_ = item.end;
  nodes_ += std::min(anchor->nodes, limits_.expansion);
  return add(item);
}

bool Reader::open(const yaml_event_t& event, NodeType type, bool flow, std::string_view anchor, std::string_view tag) {
  Item item;
  item.type = type;
  item.style = flow ? Style::flow : Style::block;
  const Lead lead = lead_at(offset(event.start_mark), anchor, tag);
  item.begin = item.end = lead.content;
  if (open_.size() >= limits_.depth) {
    return fail(ProblemKind::depth, format("nested more than {} levels deep", limits_.depth), item.begin, behind_character(item.begin));
  }
  const std::uint32_t node = narrow(tree_.items.size());
  const std::uint64_t nodes_before = nodes_;
  if (flow) ++flow_depth_;
  if (!add(item)) return false;
  if (!anchor.empty() || !tag.empty()) keep_properties(lead, anchor, tag);
  if (!anchor.empty()) anchors_.begin(anchor, node);
  const bool bracket = flow && is_any_of(tree_.source[item.begin], "[{");
  last_end_ = item.begin + (bracket ? 1 : 0);
  open_.push_back({node, nodes_before});
  return true;
}

void Reader::close(const yaml_event_t& event) {
  const Open closed = open_.back();
  open_.pop_back();
  Item& item = tree_.items[closed.node];
  item.data = narrow(tree_.items.size());
  if (item.style == Style::flow) --flow_depth_;
  // A block collection ends where its last child does; so does a pair without braces in a flow sequence, whose end has no width.
  const bool bracket = item.style == Style::flow && event.start_mark.index != event.end_mark.index;
  if (bracket) {
    item.end = offset(event.end_mark);
  } else {
    item.end = last_end_;
  }
  last_end_ = item.end;
  if (item.type == NodeType::mapping) {
    keys_.file(tree_, closed.node);
  } else {
    item.set_count(closed.children);
  }
  const Property* const property = find_property(tree_, closed.node);
  if (property != nullptr && !property->anchor.empty()) anchors_.finish(property->anchor, closed.node, nodes_ - closed.nodes_before);
}

/// The parser's mark of a node with an anchor or tag is that of the anchor or tag.
Lead Reader::skip_properties(std::uint32_t begin, std::string_view anchor, std::string_view tag) const {
  Lead lead{begin, begin, begin};
  const std::string_view text = tree_.source;
  bool wants_anchor = !anchor.empty(), wants_tag = !tag.empty();
  std::size_t at = begin;
  while (at < text.size() && ((text[at] == '&' && wants_anchor) || (text[at] == '!' && wants_tag))) {
    const bool is_anchor = text[at] == '&';
    (is_anchor ? wants_anchor : wants_tag) = false;
    at = is_anchor ? at + 1 + anchor.size() : tag_end(text, at);
    lead.end = narrow(at);
    at = next_token(text, at);
  }
  lead.content = narrow(at);
  return lead;
}

void Reader::keep_properties(const Lead& lead, std::string_view anchor, std::string_view tag) {
  const std::uint32_t node = narrow(tree_.items.size()) - 1;
  tree_.items[node].flags |= has_property;
  tree_.properties.push_back({node, lead.begin, lead.end, std::string(anchor), std::string(tag)});
}

/// Where a value stands that is not there: right behind its indicator, never on the next token's line where the parser may put it.
std::uint32_t Reader::place_of_nothing(std::uint32_t mark) const {
  const std::string_view text = tree_.source;
  if (mark > last_end_ && is_any_of(text[mark - 1], ":-?")) return mark;
  std::uint32_t at = last_end_;
  while (at < mark && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at < mark && text[at] == ':' ? at + 1 : std::min(last_end_, mark);
}

/// The parser's end is the begin of the line behind; ours is the end of the last line that holds more than spaces.
std::uint32_t Reader::block_scalar_end(std::uint32_t begin, std::uint32_t end) const {
  const std::string_view text = tree_.source;
  while (end > begin + 1 && is_any_of(text[end - 1], " \t\r\n")) {
    const std::size_t line_begin = text.substr(0, end).find_last_of("\r\n") + 1;
    if (line_begin == end) {
      --end;
    } else if (text.substr(0, end).find_first_not_of(' ', line_begin) == std::string_view::npos) {
      end = narrow(line_begin);
    } else {
      break;  // spaces behind text belong to it
    }
  }
  return end;
}

/// Points at the source where the value stands there as it is, and copies it otherwise.
void Reader::place_text(Item& item, std::string_view value) {
  const std::string_view text = tree_.source;
  std::size_t at = item.begin;
  if (item.style == Style::literal || item.style == Style::folded) {
    at = line_end(text, at);
    at = std::min(text.find_first_not_of("\r\n ", at), text.size());
  } else if (item.style != Style::plain) {
    ++at;
  }
  const bool stands = text.size() - at >= value.size() && std::memcmp(text.data() + at, value.data(), value.size()) == 0;
  if (!stands || !item.stand_at(narrow(at), value.size())) tree_.add_text(item, value);
}

bool Reader::fail(ProblemKind kind, std::string message, std::uint32_t begin, std::uint32_t end) {
  tree_.problems.push_back({kind, std::move(message), begin, end, {}, 0, 0});
  return false;
}

std::uint32_t Reader::behind_character(std::uint32_t begin) const {
  const std::string_view text = tree_.source;
  if (begin >= text.size()) return narrow(text.size());
  if (const std::size_t width = break_at(text, begin)) return begin + narrow(width);
  return begin + code_point_at(text, begin).length;
}

void Reader::fail_as_parser_says() {
  const yaml_parser_t& state = parser_.state();
  if (state.error != YAML_SCANNER_ERROR && state.error != YAML_PARSER_ERROR) {
    fail(ProblemKind::size, "not enough memory to read the document", 0, behind_character(0));
    return;
  }
  const std::string_view said = state.problem == nullptr ? "" : state.problem;
  const std::string_view context = state.context == nullptr ? "" : state.context;
  const std::uint32_t begin = offset(state.problem_mark);
  Wording wording = reword_problem(said, context, tree_.source.substr(begin));
  if (wording.blame == Blame::context) {
    const std::uint32_t place = offset(state.context_mark);
    fail(ProblemKind::syntax, std::move(wording.message), place, std::max(narrow(line_end(tree_.source, place)), behind_character(place)));
    return;
  }
  fail(ProblemKind::syntax, std::move(wording.message), begin, behind_character(begin));
  if (context.empty() || context == "while scanning for the next token") return;  // which says nothing
  Problem& problem = tree_.problems.back();
  problem.context = reword_context(context);
  problem.context_begin = offset(state.context_mark);
  problem.context_end = behind_character(problem.context_begin);
}

/// The parser compares every %TAG line with all others.
std::optional<std::uint32_t> first_directive_too_many(std::string_view text) {
  constexpr int most = 1000;
  int count = 0;
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    const bool starts_line = at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
    if (starts_line && ++count > most) return narrow(at);
  }
  return std::nullopt;
}

Problem refusal(ProblemKind kind, std::string message, std::size_t at, std::size_t size) {
  return {kind, std::move(message), narrow(at), narrow(std::min(at + 1, size)), {}, 0, 0};
}

Problem refusal(const BadCharacter& bad, std::uint32_t shift) {
  std::string message =
      bad.valid ? format("character U+{:04X} is not allowed in YAML", static_cast<std::uint32_t>(bad.value)) : std::string("invalid UTF-8");
  return {ProblemKind::encoding, std::move(message), shift + narrow(bad.begin), shift + narrow(bad.end), {}, 0, 0};
}

template <class Buffers>
void read(Tree& tree, const Limits& limits, Buffers& buffers) {
  // The parser would skip a byte order mark but count it as a column, and so take the first line for indented.
  const std::uint32_t shift = tree.source.starts_with(byte_order_mark) ? narrow(byte_order_mark.size()) : 0;
  const std::string_view text = tree.source.substr(shift);
  const Survey seen = survey(text);
  if (seen.bad) {
    tree.problems.push_back(refusal(*seen.bad, shift));
  } else if (const auto directive = first_directive_too_many(tree.source)) {
    tree.problems.push_back(refusal(ProblemKind::size, "more than 1000 directives", *directive, tree.source.size()));
  } else {
    Reader(tree, limits, text, seen, buffers).read();
  }
}

/// A tree with a problem has no nodes: what was read of it may be anything.
void drop_nodes(Tree& tree) {
  tree.items.clear();
  tree.scratch = {};
  tree.properties = {};
  tree.duplicates = {};
}

/// Leaves the tree a copy that is no larger than needed and takes the memory back. A large one stays: of its unused end nothing was
/// touched, but a copy would need both at once.
void take_back(std::vector<Item>& memory, Tree& tree) {
  constexpr std::size_t large = 1U << 16U;
  if (tree.items.size() >= large) return;
  memory = std::move(tree.items);
  tree.items.assign(memory.begin(), memory.end());
  memory.clear();
  if (memory.capacity() > 2 * large) memory = {};
}

}  // namespace

DocumentParser::DocumentParser() : buffers_(std::make_unique<Buffers>()) {}
DocumentParser::~DocumentParser() = default;

std::shared_ptr<const Tree> DocumentParser::parse(std::string_view text, std::shared_ptr<const void> owner, const Limits& limits) {
  const auto read_once = [&](std::string_view once) -> std::shared_ptr<const Tree> {
    if (auto tree = buffers_->fast.read(once, owner, limits)) return tree;
    return parse_with_library(once, owner, limits);
  };
  auto tree = read_once(text);
  const bool broken = !tree->problems.empty() && tree->problems.back().kind == ProblemKind::syntax;
  return broken ? recover(*tree, read_once) : tree;
}

std::shared_ptr<const Tree> DocumentParser::parse_with_library(std::string_view text, std::shared_ptr<const void> owner,
                                                               const Limits& limits) {
  constexpr std::uint64_t addressable = 0xf0000000U;
  auto tree = std::make_shared<Tree>();
  tree->owner = std::move(owner);
  tree->source = text;
  if (text.size() > std::min(limits.document_size, addressable)) {
    tree->problems.push_back(refusal(ProblemKind::size, format("a document of more than {} bytes", limits.document_size), 0, text.size()));
    return tree;
  }
  tree->items = std::move(buffers_->items);
  read(*tree, limits, *buffers_);
  collect_comments(*tree);
  if (!tree->problems.empty()) drop_nodes(*tree);
  std::sort(tree->duplicates.begin(), tree->duplicates.end(), [](const DuplicateKey& a, const DuplicateKey& b) { return a.key < b.key; });
  take_back(buffers_->items, *tree);
  tree->scratch.shrink_to_fit();
  tree->comments.shrink_to_fit();
  return tree;
}

std::shared_ptr<const Tree> parse(std::string_view text, std::shared_ptr<const void> owner, const Limits& limits) {
  return DocumentParser().parse(text, std::move(owner), limits);
}

}  // namespace hop::yaml
