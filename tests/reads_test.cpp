// What an edit reaches: everything that looked into what it changed, and not much more, or each edit would cost as much as a lint.

#include <map>
#include <set>
#include <string>

#include "engine/lint.h"
#include "graph/build.h"
#include "graph/reads.h"
#include "support/catch.h"
#include "text/file_system.h"

namespace hop {
namespace {

using Files = std::map<std::string, std::string>;

std::string service(const std::string& ns, const std::string& name, const std::string& port = "80") {
  return "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + ", namespace: " + ns + "}\nspec:\n  selector: {app: " + name +
         "}\n  ports: [{port: " + port + "}]\n";
}

std::string deployment(const std::string& ns, const std::string& name, const std::string& image = "one") {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name + ", namespace: " + ns +
         "}\nspec:\n  template:\n    metadata: {labels: {app: " + name + "}}\n    spec: {containers: [{name: a, image: " + image + "}]}\n";
}

std::string route(const std::string& ns, const std::string& host) {
  return "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: route, namespace: " + ns +
         "}\nspec: {hosts: [a.example.com], http: [{route: [{destination: {host: " + host + "}}]}]}\n";
}

const Files before = {{"w/bill.yaml", service("billing", "bill")},
                      {"w/bill-pods.yaml", deployment("billing", "bill")},
                      {"w/cart.yaml", service("shop", "cart")},
                      {"w/cart-pods.yaml", deployment("shop", "cart")},
                      {"w/route.yaml", route("shop", "cart")}};

LintRun read(const Files& files) {
  Settings settings;
  settings.isolated = true;
  settings.jobs = 1;
  return read_graph(MemoryFiles(files), {{"w", std::nullopt}}, settings);
}

/// Two graphs in a row: of `before`, and of the same files with one that holds something else.
class Edit {
 public:
  Edit(const std::string& path, const std::string& text) : was_(read(before)), is_(read(with(path, text))) {
    GraphBuild first(*was_.input, nullptr, {});
    while (first.step()) {
    }
    was_.graph = first.graph();
    std::set<FileId> changed;
    for (const ReadFile& file : is_.input->files) {
      if (file.path == path) changed.insert(file.file);
    }
    REQUIRE(changed.size() == 1);
    GraphBuild second(*is_.input, &*was_.graph, changed);
    while (second.step()) {
    }
    is_.graph = second.graph();
    REQUIRE(second.changes() != nullptr);
    changes_ = *second.changes();
  }
  const Graph& now() const { return *is_.graph; }

  /// Whether it reaches what was done with the graph before.
  template <class Work>
  bool reaches(Work work) const {
    Reads reads;
    work(was_.graph->noting(reads));
    return changes_.reach(reads.take());
  }

 private:
  static Files with(const std::string& path, const std::string& text) {
    Files files = before;
    files[path] = text;
    return files;
  }
  LintRun was_, is_;
  Changes changes_;
};

const Resource& only(const Graph& graph, Kind kind) { return *graph.of(kind).front(); }

auto pods_of(std::string name) {
  return [name](const Graph& graph) {
    Reads unseen;
    for (const Resource* service : graph.noting(unseen).of(Kind::service)) {
      if (service->name == name) static_cast<void>(graph.pods_of(Service(*service)));
    }
  };
}

void look_at_route(const Graph& graph) {
  Reads unseen;
  static_cast<void>(graph.destinations(VirtualService(only(graph.noting(unseen), Kind::virtual_service))));
}

TEST_CASE("an edit reaches who looked the resource up") {
  const Edit edit("w/cart.yaml", service("shop", "cart", "8080"));
  CHECK(edit.reaches([](const Graph& graph) { static_cast<void>(graph.of(Kind::service)); }));
  CHECK(edit.reaches(look_at_route));
  CHECK_FALSE(edit.reaches(pods_of("bill")));
  CHECK_FALSE(edit.reaches([](const Graph& graph) { static_cast<void>(graph.of(Kind::gateway)); }));
}

TEST_CASE("a lookup is reached by what it found, and in vain by what would have been found") {
  const auto lookup = [](std::string ns, std::string name) {
    return [ns, name](const Graph& graph) {
      Reads unseen;
      const Resource& asker = only(graph.noting(unseen), Kind::virtual_service);
      static_cast<void>(graph.find(asker, Kind::service, ns, name));
    };
  };
  const Edit changed("w/cart.yaml", service("shop", "cart", "8080"));
  CHECK(changed.reaches(lookup("shop", "cart")));
  CHECK_FALSE(changed.reaches(lookup("billing", "bill")));
  const Edit renamed("w/cart.yaml", service("shop", "basket"));
  CHECK(renamed.reaches(lookup("shop", "cart")));
  CHECK(renamed.reaches(lookup("shop", "basket")));
  CHECK(renamed.reaches(lookup("elsewhere", "basket")));  // the same name in another namespace is worth a note
  CHECK_FALSE(renamed.reaches(lookup("billing", "bill")));
}

TEST_CASE("pods reach the Services of their namespace") {
  const Edit edit("w/cart-pods.yaml", deployment("shop", "cart", "two"));
  CHECK(edit.reaches(pods_of("cart")));
  CHECK_FALSE(edit.reaches(pods_of("bill")));
  CHECK_FALSE(edit.reaches(look_at_route));
}

TEST_CASE("what has moved is no change") {
  const Edit edit("w/cart.yaml", "# two lines\n# of comments\n" + service("shop", "cart"));
  CHECK_FALSE(edit.reaches(look_at_route));
  CHECK_FALSE(edit.reaches(pods_of("cart")));
  CHECK_FALSE(edit.reaches([](const Graph& graph) { static_cast<void>(graph.of(Kind::service)); }));
}

TEST_CASE("what is taken over points at the resources of now") {
  const Edit edit("w/cart.yaml", service("shop", "cart", "8080"));
  for (const Edge& edge : edit.now().edges()) {
    REQUIRE(edge.to.found());
    const auto is_now = [&](const Resource& resource) { return &edit.now().resources()[resource.id] == &resource; };
    CHECK(is_now(*edge.from));
    CHECK(is_now(*edge.to.target));
  }
  for (const Resource* service : edit.now().of(Kind::service)) {
    const Graph::Selection& pods = edit.now().pods_of(Service(*service));
    REQUIRE(pods.workloads.size() == 1);
    CHECK(&edit.now().resources()[pods.workloads.front()->id] == pods.workloads.front().resource);
  }
}

}  // namespace
}  // namespace hop
