// Requests as one writes them, and which rules and routes take them.

#include "chain/request.h"
#include "chain/host_map.h"
#include "support/catch.h"
#include "yaml/parse.h"

namespace hop {
namespace {

Request request(std::string_view url) {
  const auto parsed = parse_request(url);
  REQUIRE(parsed);
  return *parsed;
}

TEST_CASE("a URL becomes a request") {
  const Request whole = request("http://Shop.Example.com.:8080/a/b?x=1#top");
  CHECK(whole.scheme == "http");
  CHECK(whole.host == "shop.example.com");
  CHECK(whole.port == 8080);
  CHECK(whole.path == "/a/b");
  CHECK_FALSE(whole.path_is_prefix);
  CHECK(whole.headers.front().second == "x=1");
  const Request bare = request("shop.example.com");
  CHECK(bare.scheme == "https");
  CHECK(bare.path == "/");
  CHECK(bare.port == std::nullopt);
  CHECK(request("https://user:secret@shop.example.com/").host == "shop.example.com");
}

TEST_CASE("what is no URL is told why") {
  for (const std::string_view url : {"", "https://", "ftp://a.example/", "https://a.example:0/", "https://a.example:70000/", "https://a b/",
                                     "https://a.example:x/", "https://a\x1b[31m.example/"}) {
    CAPTURE(url);
    const auto parsed = parse_request(url);
    CHECK_FALSE(parsed);
    CHECK_FALSE(parsed.reason().empty());
  }
}

/// A condition that a rule of an ALB makes.
class AlbRule {
 public:
  AlbRule(std::vector<std::string> hosts, std::vector<std::string> paths) {
    rule_.paths = std::move(paths);
    condition.hosts = std::move(hosts);
    condition.rule = &rule_;
  }
  AlbRule(const AlbRule&) = delete;
  AlbRule& operator=(const AlbRule&) = delete;
  AlbRule(AlbRule&&) = delete;
  AlbRule& operator=(AlbRule&&) = delete;
  ~AlbRule() = default;
  Condition condition;

 private:
  ListenerRule rule_;
};

TEST_CASE("a rule of an ALB takes a request by host and path patterns") {
  const AlbRule rule({"*.example.com"}, {"/cart", "/cart/*"});
  const auto taken = [&](std::string_view url) { return takes(rule.condition, request(url)).taken; };
  CHECK(taken("https://shop.example.com/cart") == Truth::yes);
  CHECK(taken("https://a.b.example.com/cart/1") == Truth::yes);
  CHECK(taken("https://shop.example.com/carts") == Truth::no);
  CHECK(taken("https://shop.example.com/Cart") == Truth::no);
  CHECK(taken("https://example.com/cart") == Truth::no);
}

TEST_CASE("a request for anything is narrowed to what is taken") {
  const AlbRule rule({"a.example.com", "*.example.org"}, {"/cart/*"});
  const auto ways = ways_taken(rule.condition, {});
  REQUIRE(ways.size() == 2);
  CHECK(ways[0].host == "a.example.com");
  CHECK(ways[1].host == "*.example.org");
  CHECK(ways[0].path == "/cart/");
  Request narrowed;
  narrowed.host = "*.example.org";
  narrowed.path = "/shop";
  CHECK(ways_taken(rule.condition, narrowed).empty());
  narrowed.path = "/cart/new";
  CHECK(takes(rule.condition, narrowed).path == "/cart/new");
}

TEST_CASE("the closest host wins") {
  Condition wide, close, exact;
  wide.hosts = {"*"};
  close.hosts = {"*.example.com"};
  exact.hosts = {"shop.example.com"};
  const Request asked = request("https://shop.example.com/");
  CHECK(takes(wide, asked).closeness < takes(close, asked).closeness);
  CHECK(takes(close, asked).closeness < takes(exact, asked).closeness);
}

/// A condition with the matches of an HTTP route in YAML.
class Match {
 public:
  explicit Match(const std::string& text) : document_(read(text)) { condition.http_match = document_->root(); }
  Condition condition;
  Truth taken(std::string_view url, std::string_view method = "GET") const {
    Request asked = request(url);
    asked.method = method;
    asked.headers.emplace_back("x-team", "blue");
    return takes(condition, asked).taken;
  }

 private:
  static std::shared_ptr<const yaml::Document> read(const std::string& text);
  std::shared_ptr<const yaml::Document> document_;
};

std::shared_ptr<const yaml::Document> Match::read(const std::string& text) {
  const auto kept = std::make_shared<const std::string>(text);
  return std::make_shared<yaml::Document>(yaml::parse(*kept, kept), FileId{0}, 0);
}

TEST_CASE("a VirtualService's matches are alternatives whose parts must all fit") {
  const Match match("- uri: {prefix: /cart}\n  method: {exact: GET}\n- uri: {exact: /login}\n");
  CHECK(match.taken("https://a.example/cart/1") == Truth::yes);
  CHECK(match.taken("https://a.example/cart/1", "POST") == Truth::no);
  CHECK(match.taken("https://a.example/login", "POST") == Truth::yes);
  CHECK(match.taken("https://a.example/login/x") == Truth::no);
}

TEST_CASE("headers, queries and regular expressions are asked for") {
  CHECK(Match("- headers: {x-team: {exact: blue}}\n").taken("https://a.example/") == Truth::yes);
  CHECK(Match("- headers: {x-team: {exact: red}}\n").taken("https://a.example/") == Truth::no);
  CHECK(Match("- headers: {x-other: {exact: red}}\n").taken("https://a.example/") == Truth::no);
  CHECK(Match("- withoutHeaders: {x-team: {exact: blue}}\n").taken("https://a.example/") == Truth::no);
  CHECK(Match("- queryParams: {v: {exact: '2'}}\n").taken("https://a.example/?v=2") == Truth::yes);
  CHECK(Match("- queryParams: {v: {exact: '2'}}\n").taken("https://a.example/?v=3") == Truth::no);
  CHECK(Match("- uri: {regex: '/v[0-9]+/.*'}\n").taken("https://a.example/v1/x") == Truth::yes);
  CHECK(Match("- uri: {regex: '/v[0-9]+'}\n").taken("https://a.example/v1/x") == Truth::no);
  CHECK(Match("- uri: {prefix: /CART}\n  ignoreUriCase: true\n").taken("https://a.example/cart/1") == Truth::yes);
  CHECK(Match("- sourceLabels: {app: web}\n").taken("https://a.example/") == Truth::unknown);
  CHECK(Match("- uri: {prefix: '{{ .Values.path }}'}\n").taken("https://a.example/") == Truth::unknown);
}

TEST_CASE("hosts are found by what overlaps them") {
  HostMap map;
  map.add("shop.example.com", 0);
  map.add("*.example.com", 1);
  map.add("*", 2);
  map.add("other.example", 3);
  using Values = std::vector<std::uint32_t>;
  CHECK(map.overlapping("shop.example.com") == Values{0, 1, 2});
  CHECK(map.overlapping("Cart.Example.com.") == Values{1, 2});
  CHECK(map.overlapping("*.com") == Values{0, 1, 2});
  CHECK(map.overlapping("*") == Values{0, 1, 2, 3});
  CHECK(map.overlapping("example.com") == Values{2});
}

}  // namespace
}  // namespace hop
