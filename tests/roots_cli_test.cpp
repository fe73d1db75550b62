// What a run reads and tells where parts are configured by themselves, do not parse, or are asked about alone: as a user runs it.

#include <sys/stat.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/catch.h"
#include "support/process.h"

namespace hop {
namespace {

using Strings = std::vector<std::string>;

constexpr auto service = "apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {ports: [{port: 80}]}\n";
constexpr auto half = "kind: Service\nmetadata: {name: cart}\n";  // a warning
constexpr auto broken = "apiVersion: v1\nkind: [\n";              // an error

/// An annotation that is no string: an error in an object, with a safe fix.
std::string ingress(const std::string& name) {
  return "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: " + name +
         "\n  namespace: shop\n  annotations:\n    example.com/weight: 10\nspec: {}\n";
}

struct Folder : TemporaryFolder {
  ProcessResult operator()(const Strings& arguments, ProcessOptions options = {}, const std::string& below = ".") const {
    options.directory = *this / below;
    return run_hoplint(arguments, options);
  }
};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Strings rules_in(const nlohmann::json& report) {
  Strings rules;
  for (const auto& finding : report["findings"])
    rules.push_back(std::string(finding["primary"]["path"]) + " " + std::string(finding["rule"]));
  return rules;
}

// --- folders with a configuration of their own

TEST_CASE("a folder below with a configuration of its own is checked by that one, in the same report") {
  const Folder folder;
  folder.write("z.yaml", half);
  folder.write("deploy/.hoplint.yaml", "severity: {yaml-half-manifest: info}\n");
  folder.write("deploy/x.yaml", half);
  folder.write("deploy/inner/.hoplint.yaml", "ignore: [yaml-half-manifest]\n");
  folder.write("deploy/inner/x.yaml", half);
  folder.write("deploy/inner/y.yaml", ingress("edge"));
  const ProcessResult result = folder({"--format", "json", "--format", "sarif:r.sarif", "--select", "yaml,metadata-annotation-not-string"});
  CHECK(result.exit_code == 1);
  CHECK(result.err.empty());
  const auto report = nlohmann::json::parse(result.out);
  CHECK(rules_in(report) ==
        Strings{"deploy/inner/y.yaml metadata-annotation-not-string", "deploy/x.yaml yaml-half-manifest", "z.yaml yaml-half-manifest"});
  CHECK(report["findings"][1]["severity"] == "info");
  CHECK(report["findings"][2]["severity"] == "warning");
  CHECK(report["summary"]["files"] == 4);
  CHECK(report["summary"]["errors"] == 1);
  CHECK(nlohmann::json::parse(folder.read("r.sarif"))["runs"][0]["results"].size() == 3);
  CHECK(holds(folder({"--format", "text"}).out, "deploy/inner/y.yaml:7:25"));
}

TEST_CASE("what lies in other roots alone is checked, too, and one that is wrong stops the run") {
  const Folder folder;
  folder.write("deploy/.hoplint.yaml", "complete: true\n");
  folder.write("deploy/x.yaml", half);
  CHECK(folder({}).exit_code == 1);
  CHECK(folder({"--fail-on", "error"}).exit_code == 0);
  folder.write("deploy/.hoplint.yaml", "selct: [alb]\n");
  const ProcessResult wrong = folder({});
  CHECK(wrong.exit_code == 2);
  CHECK(wrong.out.empty());
  CHECK(holds(wrong.err, "deploy/.hoplint.yaml:1:1: error[config-invalid] unknown key `selct`"));
}

TEST_CASE("the same object in two roots is two findings with two fingerprints") {
  const Folder folder;
  for (const char* root : {"a", "b"}) {
    folder.write(std::string(root) + "/.hoplint.yaml", "complete: false\n");
    folder.write(std::string(root) + "/x.yaml", ingress("edge"));
  }
  const auto report = nlohmann::json::parse(folder({"--format", "json", "--select", "metadata-annotation-not-string"}).out);
  REQUIRE(report["findings"].size() == 2);
  CHECK(report["findings"][0]["fingerprint"] != report["findings"][1]["fingerprint"]);
  CHECK(folder({"baseline", "create"}).exit_code == 0);
  CHECK(folder({"baseline", "check"}).exit_code == 0);
  CHECK(folder({"--baseline", ".hoplint-baseline.yaml"}).exit_code == 0);
}

TEST_CASE("fixes are made in every root") {
  const Folder folder;
  folder.write("x.yaml", ingress("one"));
  folder.write("deploy/.hoplint.yaml", "complete: false\n");
  folder.write("deploy/x.yaml", ingress("two"));
  const ProcessResult patch = folder({"--diff", "--select", "metadata-annotation-not-string"});
  CHECK(patch.exit_code == 1);
  CHECK(holds(patch.out, "+++ b/deploy/x.yaml"));
  CHECK(holds(folder({"--fix", "--select", "metadata-annotation-not-string"}).err, "fixed 2 findings in 2 files"));
  CHECK(holds(folder.read("deploy/x.yaml"), "weight: \"10\""));
}

TEST_CASE("config check goes through the configurations below a folder") {
  const Folder folder;
  folder.write("deploy/.hoplint.yaml", "selct: [alb]\n");
  folder.write("deploy/inner/.hoplint.yaml", "ignor: [alb]\n");
  folder.write("other/.hoplint.yaml", "ignore: [alb]\n");
  const ProcessResult wrong = folder({"config", "check"});
  CHECK(wrong.exit_code == 1);
  CHECK(holds(wrong.out, "deploy/.hoplint.yaml:1:1: error[config-invalid]"));
  CHECK(holds(wrong.out, "deploy/inner/.hoplint.yaml:1:1: error[config-invalid]"));
  CHECK_FALSE(holds(wrong.err, "configured by nothing"));
  CHECK(holds(folder({"config", "check", "other"}).err, "nothing is wrong in 1 configuration"));
  const Folder nothing;
  CHECK(holds(nothing({"config", "check"}).err, "`.` is configured by nothing"));
}

TEST_CASE("a command about one root says what it leaves out, and does not answer from nothing") {
  const Folder folder;
  folder.write("deploy/.hoplint.yaml", "complete: false\n");
  folder.write("deploy/x.yaml", service);
  const ProcessResult nothing = folder({"trace", "http://shop.example.com/"});
  CHECK(nothing.exit_code == 2);
  CHECK(holds(nothing.err, "`deploy` has a .hoplint.yaml of its own"));
  folder.write("y.yaml", service);
  const ProcessResult refs = folder({"refs"});
  CHECK(refs.exit_code == 0);
  CHECK(holds(refs.err, "`deploy` has a .hoplint.yaml of its own"));
}

// --- what does not parse

TEST_CASE("documents that do not parse are named wherever a graph is read") {
  const Folder folder;
  folder.write("a.yaml", std::string(service) + "---\n" + broken);
  for (const Strings& command : {Strings{"refs"}, Strings{"trace", "--all"}, Strings{"config", "init", "--print"}}) {
    CAPTURE(command);
    const ProcessResult result = folder(command);
    CHECK(result.exit_code == 0);
    CHECK(holds(result.err, "a.yaml:8:1: "));
  }
  const ProcessResult known = folder({"config", "known", "a.yaml"});
  CHECK(known.exit_code == 2);
  CHECK(known.out.empty());
  CHECK(holds(known.err, "a.yaml:8:1: "));
}

TEST_CASE("nothing is proved where a document does not parse") {
  const std::string estate = std::string(HOPLINT_SOURCE_DIR) + "/fixtures/estates/article_fixed";
  const Folder folder;
  std::filesystem::copy(estate, folder / "m", std::filesystem::copy_options::recursive);
  const Strings proved = {"trace", "https://netbox.cluster.tinfoil.private/login", "m", "--require", "reachable"};
  CHECK(folder(proved).exit_code == 0);
  folder.write("m/broken.yaml", broken);
  const ProcessResult result = folder(proved);
  CHECK(result.exit_code == 1);
  CHECK(holds(result.err, "m/broken.yaml:3:1: "));
  CHECK(holds(result.out, "does not parse"));
}

// --- only-affected-by, baselines, fixes: what a run is asked about

TEST_CASE("--only-affected-by says which paths it did not read") {
  const Folder folder;
  folder.write("m/a.yaml", half);
  folder.write("changed.txt", "m/a.yaml\n");
  const ProcessResult list = folder({"--only-affected-by", "changed.txt", "m"});
  CHECK(list.exit_code == 0);
  CHECK(holds(list.err, "--only-affected-by: `changed.txt` is no file that was read; nothing is reported"));
  const ProcessResult both = folder({"--only-affected-by", "changed.txt\nm/a.yaml", "m"});
  CHECK(both.exit_code == 1);
  CHECK(holds(both.err, "`changed.txt` is no file that was read\n"));
  CHECK(folder({"--only-affected-by", "m/a.yaml", "m"}).err.empty());
}

TEST_CASE("a path counts in whichever root it lies") {
  const Folder folder;
  folder.write("a.yaml", half);
  folder.write("deploy/.hoplint.yaml", "complete: false\n");
  folder.write("deploy/x.yaml", half);
  const ProcessResult result = folder({"--only-affected-by", "deploy/x.yaml", "--format", "concise"});
  CHECK(result.err.empty());
  CHECK(holds(result.out, "deploy/x.yaml:1:1"));
  CHECK_FALSE(holds(result.out, "\na.yaml"));
  CHECK_FALSE(result.out.starts_with("a.yaml"));
}

TEST_CASE("fixes keep to what is asked about") {
  const Folder folder;
  folder.write("a.yaml", ingress("one"));
  folder.write("b.yaml", ingress("two"));
  const Strings by_rule = {"--select", "metadata-annotation-not-string"};
  const auto with = [&](Strings more) {
    more.insert(more.end(), by_rule.begin(), by_rule.end());
    return folder(more);
  };
  const ProcessResult affected = with({"--diff", "--only-affected-by", "a.yaml"});
  CHECK(holds(affected.out, "b/a.yaml"));
  CHECK_FALSE(holds(affected.out, "b/b.yaml"));
  CHECK(with({"baseline", "create"}).exit_code == 0);
  folder.write("c.yaml", ingress("three"));
  const ProcessResult fresh = with({"--diff", "--baseline", ".hoplint-baseline.yaml"});
  CHECK(holds(fresh.out, "b/c.yaml"));
  CHECK_FALSE(holds(fresh.out, "b/a.yaml"));
  CHECK(with({"--fix", "--baseline", ".hoplint-baseline.yaml"}).exit_code == 0);
  CHECK(folder.read("a.yaml") == ingress("one"));
  CHECK(folder.read("c.yaml") != ingress("three"));
  CHECK(with({"--fix", "--only-affected-by", "b.yaml"}).exit_code == 0);
  CHECK(folder.read("a.yaml") == ingress("one"));
  CHECK(folder.read("b.yaml") != ingress("two"));
}

TEST_CASE("--diff takes no options of reports") {
  const Folder folder;
  folder.write("a.yaml", service);
  for (const Strings& option : {Strings{"--fail-on", "info"}, Strings{"--max-diagnostics", "1"}, Strings{"--statistics"},
                                Strings{"--category", "x"}, Strings{"--omit-suppressed"}, Strings{"--format", "json"}, Strings{"--fix"}}) {
    Strings arguments = {"--diff"};
    arguments.insert(arguments.end(), option.begin(), option.end());
    CAPTURE(arguments);
    CHECK(folder(arguments).exit_code == 2);
  }
}

TEST_CASE("a patch promises what is in it") {
  const Folder folder;
  folder.write(
      "a.yaml",
      "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  namespace: shop\n  annotations: {example.com/a: 1}\ndata: {a: eA==}\n");
  const ProcessResult result = folder({"--diff", "--select", "metadata-annotation-not-string"});
  if (result.out.empty()) {
    CHECK(result.exit_code == 0);
    CHECK(holds(result.err, "would show secret data"));
    CHECK_FALSE(holds(result.err, "would fix"));
  }
  folder.write("b.yaml", ingress("one"));
  CHECK(
      holds(folder({"--diff", "--select", "metadata-annotation-not-string"}).err, result.out.empty() ? "1 finding in 1 file" : "2 files"));
}

TEST_CASE("a baseline made in one folder holds in another, also of what is no object") {
  const Folder folder;
  folder.write(".git/HEAD", "ref: refs/heads/main\n");
  folder.write("deploy/a.yaml", broken);
  folder.write("deploy/b.yaml", half);
  CHECK(folder({"baseline", "create", "deploy"}).exit_code == 0);
  const ProcessResult below = folder({"baseline", "check", ".", "--baseline", "../.hoplint-baseline.yaml"}, {}, "deploy");
  CHECK(below.exit_code == 0);
  CHECK_FALSE(holds(below.err, "no longer found"));
  CHECK(folder({"baseline", "check"}).exit_code == 0);
}

TEST_CASE("without a repository the folder of the configuration is what paths start from") {
  const Folder folder;
  folder.write(".hoplint.yaml", "complete: false\n");
  folder.write("deploy/a.yaml", broken);
  CHECK(folder({"baseline", "create", "deploy"}).exit_code == 0);
  CHECK(folder({"baseline", "check", ".", "--baseline", "../.hoplint-baseline.yaml"}, {}, "deploy").exit_code == 0);
}

TEST_CASE("a part of what a baseline is of does not say that the rest is gone") {
  const Folder folder;
  folder.write("deploy/a.yaml", ingress("one"));
  folder.write("deploy/edge/b.yaml", ingress("two"));
  folder.write("deploy/edge/c.yaml", half);
  CHECK(folder({"baseline", "create", "deploy"}).exit_code == 0);
  CHECK(folder({"baseline", "check", "deploy/edge"}).exit_code == 0);
  CHECK(folder({"baseline", "check", "deploy", "--select", "alb"}).exit_code == 0);
  CHECK(folder({"baseline", "check", "."}).exit_code == 0);
  folder.write("deploy/a.yaml", service);
  folder.write("deploy/edge/c.yaml", service);
  const ProcessResult part = folder({"baseline", "check", "deploy", "--select", "yaml"});
  CHECK(part.exit_code == 1);
  CHECK(holds(part.err, "no longer found: yaml-half-manifest"));
  CHECK_FALSE(holds(part.err, "shop/one"));
  CHECK(holds(folder({"baseline", "check", "deploy"}).err, "shop/one"));
  CHECK(holds(folder({"baseline", "check"}).err, "shop/one"));
}

// --- files that are written

TEST_CASE("reports keep the mode of what they replace, and links, also those to nothing yet") {
  namespace fs = std::filesystem;
  const Folder folder;
  folder.write("m/a.yaml", ingress("one"));
  CHECK(folder({"baseline", "create", "m"}).exit_code == 0);
  const auto mode = [&](const std::string& path) { return static_cast<unsigned>(fs::status(folder / path).permissions()); };
  const mode_t mask = ::umask(0);
  ::umask(mask);
  CHECK(mode(".hoplint-baseline.yaml") == (0666U & ~mask));
  fs::permissions(folder / ".hoplint-baseline.yaml", fs::perms::owner_read | fs::perms::owner_write);
  CHECK(folder({"baseline", "update", "m"}).exit_code == 0);
  CHECK(mode(".hoplint-baseline.yaml") == 0600U);
  fs::create_directory(folder / "out");
  fs::create_symlink("out/real.json", folder / "link.json");
  CHECK(folder({"--format", "json:link.json", "m"}).exit_code == 1);
  CHECK(fs::is_symlink(folder / "link.json"));
  CHECK(nlohmann::json::accept(folder.read("out/real.json")));
  CHECK(folder.list("out") == Strings{"real.json"});
}

TEST_CASE("two reports never go to one file, whatever it is called; a dash is stdout") {
  const Folder folder;
  folder.write("m/a.yaml", half);
  for (const std::string& other : {folder / "r.json", std::string("./r.json"), std::string("m/../r.json")}) {
    CAPTURE(other);
    const ProcessResult result = folder({"m", "--format", "json:r.json", "--format", "sarif:" + other});
    CHECK(result.exit_code == 2);
    CHECK(holds(result.err, "would go to the same place"));
    CHECK_FALSE(std::filesystem::exists(folder / "r.json"));
  }
  CHECK(folder({"m", "--format", "json:-"}).out == folder({"m", "--format", "json"}).out);
  CHECK_FALSE(std::filesystem::exists(folder / "-"));
  CHECK(folder({"m", "--format", "json:-", "--format", "text"}).exit_code == 2);
}

// --- stdin

TEST_CASE("what stdin stands for is not read again") {
  const Folder folder;
  folder.write("deploy/x.yaml", half);
  ProcessOptions options;
  options.input = service;
  const ProcessResult result = folder({"-", "deploy", "--stdin-filename", "deploy/x.yaml", "--format", "json"}, options);
  CHECK(result.exit_code == 0);
  CHECK(nlohmann::json::parse(result.out)["summary"]["files"] == 1);
  CHECK(folder({"-", "-"}, options).exit_code == 2);
}

// --- words on the command line

TEST_CASE("mistaken words are told with what was meant") {
  const Folder folder;
  folder.write("a.yaml", service);
  folder.write("stubs/b.yaml", service);
  const std::vector<std::pair<Strings, std::string>> mistakes = {
      {{"--known", "service n/b", "."}, "hoplint: --known: expected `Kind namespace/name`, or a path"},
      {{"--known", "Service n/b extra", "."}, "hoplint: --known: expected `Kind namespace/name`, or a path"},
      {{"--known", "Secrt n/b", "."}, "hoplint: --known: `Secrt` is no kind; did you mean `Secret`?"},
      {{"--select", "albb", "."}, "hoplint: --select: `albb` names no rule"},
      {{"chek", "."}, "hoplint: `chek` is neither a command nor a path; did you mean `check`?"},
      {{"baseline", "show"}, "hoplint: baseline: name one of `create`, `update` and `check`"},
      {{"config"}, "hoplint: config: name one of"},
      {{"--frobnicate"}, "hoplint: "},
      {{"--complete=", "."}, "hoplint: --complete=: name the namespaces"},
      {{"trace", "a.yaml"}, "hoplint: `a.yaml` is a path; name the request"},
      {{"trace", "https://x.example.com/", "--all"}, "hoplint: `https://x.example.com/` is one request"}};
  for (const auto& [arguments, told] : mistakes) {
    CAPTURE(arguments);
    const ProcessResult result = folder(arguments);
    CHECK(result.exit_code == 2);
    CHECK(result.out.empty());
    CHECK(holds(result.err, told));
  }
  CHECK(folder({"--known", "stubs", "--isolated", "a.yaml"}).exit_code == 0);
}

TEST_CASE("options may stand before the command, and help is one") {
  const Folder folder;
  folder.write("a.yaml", half);
  folder.write("chek/a.yaml", half);
  CHECK(folder({"--color", "never", "check", "a.yaml"}).exit_code == 1);
  CHECK(folder({"--jobs=1", "--known", "Secret a/b", "refs", "a.yaml"}).exit_code == 0);
  CHECK(folder({"chek"}).exit_code == 1);
  CHECK(folder({"help"}).out == folder({"--help"}).out);
  CHECK(folder({"help", "trace"}).out == folder({"trace", "--help"}).out);
}

TEST_CASE("namespaces of several --complete= add up") {
  const Folder folder;
  const auto route = [](const std::string& ns) {
    return "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: r, namespace: " + ns + "}\nspec:\n  hosts: [x." +
           ns + ".example.com]\n  http: [{route: [{destination: {host: cart}}]}]\n";
  };
  folder.write("a.yaml", route("one") + "---\n" + route("two"));
  const auto errors = [&](Strings arguments) {
    arguments.insert(arguments.end(), {"--format", "json", "--select", "virtualservice-destination-missing", "a.yaml"});
    return nlohmann::json::parse(folder(arguments).out)["summary"]["errors"].get<int>();
  };
  const int all = errors({"--complete=one,two"});
  CHECK(errors({"--complete=one"}) < all);
  CHECK(errors({"--complete=one", "--complete=two"}) == all);
  CHECK(errors({"--complete", "--complete=one"}) == all);
}

}  // namespace
}  // namespace hop
