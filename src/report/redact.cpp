#include "report/redact.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "report/redact_text.h"
#include "text/words.h"

namespace hop {
namespace {

constexpr std::string_view credential_words[] = {"password", "passwd", "pwd", "passphrase", "secret", "token", "key", "credential"};

/// kubectl keeps a whole copy of the object here, data included.
constexpr std::string_view last_applied = "kubectl.kubernetes.io/last-applied-configuration";

/// Key of what was guessed where no document was made of the text.
constexpr std::uint32_t outside_documents = 0xffffffffU;

/// Keys of a Secret, and of kinds with similar names, that hold no data. Any other may be a misspelt `stringData`.
constexpr std::string_view open_keys[] = {"apiVersion", "kind", "metadata", "type", "immutable", "spec", "status"};

bool is_open(std::string_view key) { return std::find(std::begin(open_keys), std::end(open_keys), key) != std::end(open_keys); }

/// As the API server demands of keys in a Secret.
bool is_data_key(std::string_view key) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
  return key.find_first_not_of(allowed) == std::string_view::npos;
}

/// "scheme://user:password@host": the URL of a database holds its password whatever the variable is called.
bool holds_user_info(std::string_view value) {
  const auto scheme = value.find("://");
  return scheme != std::string_view::npos && value.find('@', scheme) != std::string_view::npos;
}

/// Passes every node of a document once and gathers what is secret in it.
class Search {
 public:
  explicit Search(const yaml::Document& document) : document_(&document), seen_(document.tree().items.size()) {}

  std::vector<Span> run() {
    visit(document_->root());
    std::sort(found_.begin(), found_.end());
    hide_comments();
    return std::move(found_);
  }

 private:
  /// Nodes behind an alias are hidden where they are written; with what YAML takes for their anchor or tag, as a password may begin
  /// with `&` or `!`.
  void hide(yaml::Node node) {
    if (!node || node.document() != document_) return;
    const yaml::Tree& tree = document_->tree();
    const yaml::Item& item = tree.items[node.index()];
    const auto property = std::lower_bound(tree.properties.begin(), tree.properties.end(), node.index(),
                                           [](const yaml::Property& candidate, std::uint32_t index) { return candidate.node < index; });
    const bool has_property = property != tree.properties.end() && property->node == node.index();
    const std::uint32_t begin = has_property ? std::min(property->begin, item.begin) : item.begin;
    const std::uint32_t end = has_property ? std::max(property->end, item.end) : item.end;
    if (begin < end) found_.push_back(document_->span(begin, end));
  }

  void hide_values(yaml::Node collection) {
    if (!collection.is_mapping() && !collection.is_sequence()) return hide(collection);
    for (const yaml::Entry entry : collection.entries()) {
      if (entry.value.is_null() || !is_data_key(entry.key.str())) hide(entry.key);  // `{password:hunter2}`
      hide(entry.value);
    }
    for (const yaml::Node item : collection.items()) hide(item);
  }

  // Entries rather than operator[]: of duplicate keys all are secret, not only the one that counts.
  static bool has(yaml::Node mapping, std::string_view key, bool (*matches)(std::string_view)) {
    for (const yaml::Entry entry : mapping.entries()) {
      if (entry.key.str() == key && matches(entry.value.str())) return true;
    }
    return false;
  }

  void look_at(yaml::Node mapping) {
    // Whatever is called a secret: `kind: Secrets` does not work, but what it holds is secret all the same.
    const bool secret = has(mapping, "kind", [](std::string_view kind) { return lower(kind).find("secret") != std::string::npos; });
    const bool object = secret && mapping.has("metadata");  // rather than a reference to a Secret
    holds_secret_ = holds_secret_ || object;
    const bool credential = has(mapping, "name", names_credential) || has(mapping, "value", holds_user_info);
    for (const yaml::Entry entry : mapping.entries()) {
      const std::string_view key = entry.key.str();
      const bool data = key == "data" || key == "stringData" || (object && !is_open(key));
      if (secret && data) hide_values(entry.value);
      if (secret && key == "spec") hide_sealed(entry.value);
      if (credential && key == "value") hide(entry.value);
      if (key == "secretGenerator") hide_literals(entry.value);
      if (key == last_applied) hide(entry.value);
      holds_secret_ = holds_secret_ || (secret && data);
    }
  }

  /// Of a SealedSecret.
  void hide_sealed(yaml::Node spec) {
    if (!spec["encryptedData"]) return;
    hide_values(spec["encryptedData"]);
    hide_values(spec["template"]["data"]);
  }

  /// Of a Kustomization: `literals: [password=…]`.
  void hide_literals(yaml::Node generators) {
    for (const yaml::Node generator : generators.items()) hide_values(generator["literals"]);
  }

  void visit(yaml::Node node) {
    if (!node || node.document() != document_ || seen_[node.index()]) return;
    seen_[node.index()] = true;
    if (node.is_mapping()) look_at(node);
    for (const yaml::Entry entry : node.entries()) visit(entry.value);
    for (const yaml::Node item : node.items()) visit(item);
  }

  /// People keep old values in comments: on the same line, and anywhere in a Secret. Our own comments are no place for secrets, and
  /// findings point at them.
  void hide_comments() {
    const std::string_view source = document_->tree().source;
    std::vector<Span> comments;
    for (const yaml::Comment& comment : document_->tree().comments) {
      const Span place = document_->span(comment.begin, comment.end);
      const bool ours = trim(source.substr(comment.begin + 1, comment.end - comment.begin - 1)).starts_with("hoplint:");
      if (!ours && (holds_secret_ || follows_secret(place, source))) comments.push_back(place);
    }
    found_.insert(found_.end(), comments.begin(), comments.end());
  }

  bool follows_secret(Span comment, std::string_view source) const {
    const auto after = std::upper_bound(found_.begin(), found_.end(), comment);
    if (after == found_.begin()) return false;
    const std::uint32_t end = std::min(std::prev(after)->end, comment.begin);
    return source.substr(end - document_->base(), comment.begin - end).find_first_of("\r\n") == std::string_view::npos;
  }

  const yaml::Document* document_;
  std::vector<bool> seen_;
  std::vector<Span> found_;
  bool holds_secret_ = false;
};

/// Sorted and without overlaps.
std::vector<Span> joined(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end());
  std::vector<Span> result;
  for (const Span span : spans) {
    if (!result.empty() && span.begin <= result.back().end) {
      result.back().end = std::max(result.back().end, span.end);
    } else {
      result.push_back(span);
    }
  }
  return result;
}

std::vector<Span> search(const ReadDocument& read, const File& file) {
  const yaml::Document& document = *read.document;
  std::vector<Span> found;
  if (!document.tree().items.empty()) found = Search(document).run();
  if (document.tree().items.empty() || !document.tree().problems.empty()) {
    const std::vector<Span> guessed = guess_secrets(file, {document.file(), read.chunk.begin, read.chunk.end});
    found.insert(found.end(), guessed.begin(), guessed.end());
  }
  return joined(std::move(found));
}

/// The part of `secret` on this line; indentation of later lines of a block scalar stays.
Span part_on_line(Span secret, Span line, std::string_view text) {
  Span part{line.file, std::max(secret.begin, line.begin), std::min(secret.end, line.end)};
  if (secret.begin >= line.begin) return part;
  while (part.begin < part.end && (text[part.begin] == ' ' || text[part.begin] == '\t')) ++part.begin;
  return part;
}

}  // namespace

bool names_credential(std::string_view name) {
  const std::string word = lower(name);
  return std::any_of(std::begin(credential_words), std::end(credential_words),
                     [&](std::string_view credential) { return word.find(credential) != std::string::npos; });
}

const std::vector<Span>& Secrets::of_document(Span line) {
  static const std::vector<Span> none;
  if (manifests_->file(line.file) == nullptr) return none;
  const File& file = manifests_->run().input->sources[line.file];
  const ReadDocument* const read = manifests_->document(line);
  const Span whole{line.file, 0, static_cast<std::uint32_t>(file.text().size())};
  const auto [place, added] = known_.try_emplace({line.file, read == nullptr ? outside_documents : read->chunk.begin});
  if (added) place->second = read == nullptr ? guess_secrets(file, whole) : search(*read, file);
  return place->second;
}

std::vector<Span> Secrets::within(Span line) {
  const std::vector<Span>& secrets = of_document(line);
  const std::string_view text = manifests_->run().input->sources[line.file].text();
  std::vector<Span> parts;
  auto next = std::partition_point(secrets.begin(), secrets.end(), [&](Span secret) { return secret.end <= line.begin; });
  for (; next != secrets.end() && next->begin < line.end; ++next) {
    const Span part = part_on_line(*next, line, text);
    if (part.begin < part.end) parts.push_back(part);
  }
  return parts;
}

bool Secrets::touch(Span place) {
  const std::vector<Span>& secrets = of_document(place);
  const auto next = std::partition_point(secrets.begin(), secrets.end(), [&](Span secret) { return secret.end < place.begin; });
  return next != secrets.end() && next->begin <= place.end;
}

bool Secrets::allow(const Fix& fix) {
  return std::none_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) { return edit.where && touch(edit.where); });
}

}  // namespace hop
