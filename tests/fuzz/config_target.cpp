#include <map>

#include "engine/config.h"
#include "engine/config_text.h"
#include "fuzz/runs.h"
#include "fuzz/targets.h"
#include "text/format.h"

namespace hop::fuzz {
namespace {

constexpr std::string_view manifests =
    "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: cart, namespace: shop}\nspec:\n  hosts: [cart]\n"
    "  http:\n  - route:\n    - destination: {host: card, subset: v1}\n---\napiVersion: v1\nkind: Service\n"
    "metadata: {name: cart, namespace: shop, labels: {team: pay}}\nspec:\n  ports:\n  - {name: http, port: 80}\n";

}  // namespace

void fuzz_config(std::string_view bytes) {
  Files texts = files_of(bytes);
  texts["m/.hoplint.yaml"] = texts["m/a.yaml"];
  texts["m/a.yaml"] = manifests;
  const MemoryFiles files(texts);
  Sources sources;
  Settings settings;
  settings.jobs = 1;
  settings.today = "2026-01-01";
  const auto mistakes = read_config(files, "m/.hoplint.yaml", sources, settings);
  for (const Diagnostic& mistake : mistakes) {
    require(!mistake.message.empty(), "a mistake says something");
    if (!mistake.where) continue;
    const std::size_t size = sources[mistake.where.file].text().size();
    require(mistake.where.begin <= mistake.where.end && mistake.where.end <= size, "a mistake lies in its file");
  }
  parse_known_name(bytes);
  if (!mistakes.empty()) return;
  config_in_force(settings, [](Span place) { return format("{}", place.begin); });
  settings.jobs = 1;
  examine(lint(files, {{"m", std::nullopt}}, settings));
}

}  // namespace hop::fuzz
