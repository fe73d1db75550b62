// What `hoplint trace --all` prints of each right estate, held to fixtures/estates/<name>/trace.txt, which people have read.
// HOPLINT_WRITE_TRACES=1 writes them anew.

#include <cstdlib>
#include <fstream>

#include "chain/trace.h"
#include "report/trace.h"
#include "support/case.h"
#include "support/catch.h"
#include "support/estate.h"

namespace hop {
namespace {

constexpr std::size_t most_chains = 1000;

std::string trace_of(const LintRun& run) {
  const HopGraph hops = build_hops(*run.graph);
  const Trace traced = trace(hops, Request{}, most_chains);
  return render_trace_text({run, traced, true}, {});
}

TEST_CASE("every right estate is traced as is written beside it") {
  const std::filesystem::path root = HOPLINT_SOURCE_DIR;
  const bool writes = std::getenv("HOPLINT_WRITE_TRACES") != nullptr;
  const std::vector<Estate> estates = right_estates();
  REQUIRE(estates.size() >= 13);
  for (const Estate& estate : estates) {
    const std::filesystem::path file = root / estate.folder / "trace.txt";
    const std::string now = trace_of(read_estate(estate.files, estate.folder, estate_settings()));
    if (writes) std::ofstream(file) << now;
    INFO(estate.folder);
    CHECK(now == read_bytes(file));
  }
}

TEST_CASE("no right estate loses a request") {
  for (const Estate& estate : right_estates()) {
    const LintRun run = read_estate(estate.files, estate.folder, estate_settings());
    const HopGraph hops = build_hops(*run.graph);
    const Trace traced = trace(hops, Request{}, most_chains);
    INFO(estate.folder);
    REQUIRE(traced.legs.size() == 1);
    CHECK_FALSE(traced.legs.front().chains.empty());
    for (const Chain& chain : traced.legs.front().chains) {
      INFO(url_of(chain));
      CHECK(chain.verdict() != Verdict::broken);
    }
  }
}

}  // namespace
}  // namespace hop
