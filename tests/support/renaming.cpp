#include "support/renaming.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <set>
#include <utility>

#include "text/format.h"
#include "text/words.h"
#include "yaml/document.h"
#include "yaml/parse.h"

namespace hop {
namespace {

using Words = std::set<std::string, std::less<>>;

/// What somebody reads a meaning into.
constexpr std::string_view meaningful[] = {
    "alb",      "all",           "allow",     "annotation", "auto",      "aws",     "balancer",       "beta",
    "cert",     "certs",         "chart",     "charts",     "cluster",   "com",     "controller",     "default",
    "deny",     "egressgateway", "example",   "external",   "facing",    "false",   "fixed",          "forward",
    "gateway",  "global",        "grpc",      "http",       "https",     "ingress", "ingressgateway", "injector",
    "instance", "internal",      "internet",  "io",         "istio",     "istiod",  "kube",           "kubernetes",
    "lease",    "load",          "local",     "manager",    "mesh",      "mongo",   "mutual",         "mysql",
    "net",      "nlb",           "node",      "none",       "off",       "org",     "pilot",          "plain",
    "public",   "redirect",      "redis",     "response",   "role",      "root",    "sidecar",        "simple",
    "svc",      "system",        "tcp",       "template",   "templates", "tls",     "true",           "udp",
    "use",      "values",        "validator", "waypoint",   "yaml",      "sytem"};

bool is_letter_or_digit(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

/// Calls `word` with each run of letters and digits, `between` with what stands between them.
void each_word(std::string_view text, const std::function<void(std::string_view)>& word,
               const std::function<void(std::string_view)>& between) {
  for (std::size_t at = 0; at < text.size();) {
    const bool inside = is_letter_or_digit(text[at]);
    std::size_t end = at;
    while (end < text.size() && is_letter_or_digit(text[end]) == inside) ++end;
    (inside ? word : between)(text.substr(at, end - at));
    at = end;
  }
}

void add_words(std::string_view text, Words& words) {
  each_word(text, [&](std::string_view word) { words.emplace(word); }, [](std::string_view) {});
}

std::string with_words(std::string_view text, const std::map<std::string, std::string, std::less<>>& words) {
  std::string out;
  each_word(
      text,
      [&](std::string_view word) {
        const bool shortened = text.substr(static_cast<std::size_t>(word.end() - text.begin())).starts_with("…");
        const auto found = shortened ? words.lower_bound(word) : words.find(word);
        const bool fits = found != words.end() && found->first.starts_with(word);
        out += fits ? std::string_view(found->second).substr(0, word.size()) : word;
      },
      [&](std::string_view between) { out += between; });
  return out;
}

void add_keys(yaml::Node node, Words& keys) {
  if (node.via_alias()) return;
  const bool holds_more = node.str().starts_with('{') || node.str().starts_with('[');
  if (holds_more) add_keys(node.inner()->root(), keys);
  for (const yaml::Node item : node.items()) add_keys(item, keys);
  for (const yaml::Entry& entry : node.entries()) {
    add_words(entry.key.str(), keys);
    add_keys(entry.value, keys);
  }
}

/// What the words of a case are there for.
struct Vocabulary {
  Words names, fixed, all;
  Words cut;  ///< beside a `*`: a name may begin or end with it
};

void add_cut_words(std::string_view text, Words& words) {
  std::string_view before;
  each_word(
      text,
      [&](std::string_view word) {
        if (before.ends_with('*') || text.substr(static_cast<std::size_t>(word.end() - text.begin())).starts_with('*')) words.emplace(word);
      },
      [&](std::string_view between) { before = between; });
}

/// What their objects are called is decided elsewhere.
bool is_known_by_name(std::string_view kind) {
  return kind == "CustomResourceDefinition" || kind == "IngressClass" || kind == "GatewayClass" || kind.ends_with("WebhookConfiguration");
}

void add_document(yaml::Node root, Vocabulary& words) {
  add_keys(root, words.fixed);
  for (const char* key : {"apiVersion", "kind"}) add_words(root[key].str(), words.fixed);
  const bool names_mean = is_known_by_name(root["kind"].str());
  add_words(root["metadata"]["name"].str(), names_mean ? words.fixed : words.names);
  add_words(root["metadata"]["namespace"].str(), words.names);
  for (const yaml::Node item : root["items"].items()) add_document(item, words);
}

Vocabulary vocabulary_of(const FileTexts& files) {
  Vocabulary words;
  words.fixed.insert(std::begin(meaningful), std::end(meaningful));
  for (const auto& stored : files) {
    const auto file = file_of(stored);
    add_words(file->text(), words.all);
    add_cut_words(file->text(), words.cut);
    for (const yaml::Chunk& chunk : yaml::split(file->text())) {
      const yaml::Document document(yaml::parse(file->text().substr(chunk.begin, chunk.end - chunk.begin), nullptr), no_file, 0);
      add_document(document.root(), words);
    }
  }
  return words;
}

bool may_change(std::string_view word) {
  constexpr std::size_t shortest = 3;
  const auto is_plain = [](char c) { return c >= 'a' && c < 'z'; };
  return word.size() >= shortest && std::all_of(word.begin(), word.end(), is_plain);
}

std::string next_letters(std::string_view word) {
  std::string out;
  for (const char c : word) out += static_cast<char>(c + 1);
  return out;
}

/// Where a comment begins that names rules: a suppression, or what the harness reads.
std::size_t end_of_names(std::string_view line) { return std::min({line.find("#~"), line.find("# hoplint"), line.size()}); }

/// A part of a name, cut off it by a `*`, or a slip for one, and not for a word that stays.
bool is_name(std::string_view word, const Vocabulary& words) {
  if (words.names.contains(word)) return true;
  const bool cut = words.cut.contains(word);
  const auto is_near = [&](const std::string& name) {
    return may_change(name) && (slip(word, name) || (cut && (name.starts_with(word) || name.ends_with(word))));
  };
  const auto is_fixed = [&](std::string_view other) { return words.all.contains(other) && slip(word, other); };
  return std::none_of(std::begin(meaningful), std::end(meaningful), is_fixed) &&
         std::any_of(words.names.begin(), words.names.end(), is_near);
}

}  // namespace

Renaming::Renaming(const Case& fixture) {
  const Vocabulary words = vocabulary_of(fixture.files);
  for (const std::string& word : words.all) {
    std::string now = next_letters(word);
    if (!may_change(word) || words.fixed.contains(word) || words.all.contains(now) || !is_name(word, words)) continue;
    back_.emplace(now, word);
    words_.emplace(word, std::move(now));
  }
}

Case Renaming::apply(const Case& fixture) const {
  Case out{fixture.place, fixture.suffix, fixture.type, fixture.folder, {}, {}};
  out.expected.header = fixture.expected.header;
  for (std::string& name : out.expected.header.known) name = with_words(name, words_);
  for (std::string& name : out.expected.header.complete_namespaces) name = with_words(name, words_);
  for (const auto& [path, text] : fixture.files) {
    std::string& now = out.files[format("{}{}", case_root, with_words(path.substr(case_root.size()), words_))];
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
      const std::string_view line = std::string_view(text).substr(at, end - at);
      const std::size_t names = end_of_names(line);
      now += with_words(line.substr(0, names), words_);
      now += line.substr(names);
      at = end;
    }
  }
  return out;
}

std::string Renaming::undo(std::string_view text) const { return with_words(text, back_); }

}  // namespace hop
