#include "support/check_sarif.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "text/format.h"
#include "text/unicode.h"

namespace hop {
namespace {

using Value = nlohmann::json;

/// Lines as characters, counted anew rather than by the code under test.
std::vector<std::vector<std::string>> characters_of(std::string_view text) {
  std::vector<std::vector<std::string>> lines(1);
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint character = code_point_at(text, at);
    const std::string_view piece = text.substr(at, character.length);
    at += character.length;
    if (piece == "\r" && text.substr(at).starts_with('\n')) continue;
    if (piece == "\n" || piece == "\r") {
      lines.emplace_back();
    } else {
      lines.back().emplace_back(piece);
    }
  }
  return lines;
}

/// The text of a region, lines joined with a line feed; nothing if it lies outside.
std::optional<std::string> text_in(const std::vector<std::vector<std::string>>& lines, const Value& region) {
  const std::size_t first = region["startLine"], last = region["endLine"];
  const std::size_t begin = region["startColumn"], end = region["endColumn"];
  if (first < 1 || last < first || last > lines.size() || begin < 1 || end < 1) return std::nullopt;
  if (begin > lines[first - 1].size() + 1 || end > lines[last - 1].size() + 1 || (first == last && end < begin)) return std::nullopt;
  std::string text;
  for (std::size_t line = first; line <= last; ++line) {
    const std::size_t from = line == first ? begin - 1 : 0, to = line == last ? end - 1 : lines[line - 1].size();
    for (std::size_t i = from; i < to; ++i) text += lines[line - 1][i];
    if (line != last) text += '\n';
  }
  return text;
}

std::string decoded(const std::string& uri) {
  std::string path;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    if (uri[i] == '%') {
      path += static_cast<char>(std::stoi(uri.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      path += uri[i];
    }
  }
  return path;
}

class Checker {
 public:
  explicit Checker(const FileTexts& files) : files_(files) {}

  Complaints run(const Value& log) {
    if (log["runs"].size() != 1) complaints_.push_back("there is not exactly one run");
    std::set<std::string> seen;
    for (const Value& result : log["runs"][0]["results"]) {
      if (!seen.insert(format("{}{}{}", result["ruleId"].dump(), result["locations"].dump(), result["message"].dump())).second) {
        complain(result, "two equal results");
      }
      check_links(result);
      check_places(result, result);
    }
    return std::move(complaints_);
  }

 private:
  void complain(const Value& result, const std::string& what) {
    complaints_.push_back(format("{}: {}", result["ruleId"].get<std::string>(), what));
  }

  void check_links(const Value& result) {
    std::set<std::size_t> ids, linked;
    if (result.contains("relatedLocations")) {
      for (const Value& related : result["relatedLocations"]) ids.insert(related["id"].get<std::size_t>());
    }
    const std::string text = result["message"]["text"];
    for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
      if (at > 0 && text[at - 1] == '\\') continue;
      const std::string target = text.substr(at + 2, text.find(')', at) - at - 2);
      if (target.empty() || target.find_first_not_of("0123456789") != std::string::npos) {
        complain(result, "a link to " + target);
      } else {
        linked.insert(std::stoul(target));
      }
    }
    if (ids != linked) complain(result, "links and related places are not the same");
  }

  /// Everywhere in the result where a file and a region stand together.
  void check_places(const Value& result, const Value& value) {
    if (value.is_object() && value.contains("artifactLocation")) {
      const std::string uri = value["artifactLocation"]["uri"];
      if (value.contains("region")) check_region(result, uri, value["region"]);
      if (value.contains("contextRegion")) check_region(result, uri, value["contextRegion"]);
      if (value.contains("replacements")) {
        for (const Value& replacement : value["replacements"]) check_region(result, uri, replacement["deletedRegion"]);
      }
    }
    if (!value.is_structured()) return;
    for (const Value& member : value) check_places(result, member);
  }

  void check_region(const Value& result, const std::string& uri, const Value& region) {
    const auto file = files_.find(decoded(uri));
    if (file == files_.end()) return complain(result, "there is no file " + uri);
    const auto text = text_in(characters_of(file_of(*file)->text()), region);
    if (!text) return complain(result, format("{} is not in {}", region.dump(), uri));
    if (!region.contains("snippet")) return;
    const std::string snippet = region["snippet"]["text"];
    if (snippet.empty()) complain(result, "an empty snippet");
    if (snippet != *text) complain(result, format("the snippet `{}` is not `{}`", snippet, *text));
  }

  const FileTexts& files_;
  Complaints complaints_;
};

}  // namespace

Complaints check_sarif(const nlohmann::json& log, const FileTexts& files) { return Checker(files).run(log); }

}  // namespace hop
