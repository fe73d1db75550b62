#pragma once
// What a feature is given to answer a request, and the steps that all features share: from a position to what stands there and back.
// Knows no feature.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "chain/hop.h"
#include "graph/occurrences.h"
#include "lsp/abilities.h"
#include "lsp/places.h"
#include "lsp/rpc.h"
#include "lsp/workspace.h"

namespace hop::lsp {

/// Occurrences and the like, made once for each run.
class Relations {
 public:
  const Occurrences& occurrences(const LiveRoot& root);
  /// Where requests can go.
  const HopGraph& hops(const LiveRoot& root);
  /// Resources read from a file, in source order.
  const std::vector<const Resource*>& resources(const LiveRoot& root, FileId file);

 private:
  struct Made {
    std::size_t generation = 0;
    const Input* input = nullptr;
    std::unique_ptr<Occurrences> occurrences;
    std::unique_ptr<HopGraph> hops;
    std::map<FileId, std::vector<const Resource*>> resources;
    bool has_resources = false;
  };
  Made& made_for(const LiveRoot& root);
  std::map<const LiveRoot*, Made> made_;
};

struct Asked {
  const Workspace& workspace;
  const Abilities& client;
  Relations& relations;
  const JsonValue& params;
};

using Answer = std::variant<Json, Failed>;

/// The file of `textDocument`, and an offset in the text that the graph saw.
struct Target {
  Spot spot;
  std::uint32_t offset = 0;  ///< of `position`, in the text that the graph saw
  std::uint32_t here = 0;    ///< the same in the newest text
  FileId file() const { return spot.file->id; }
};

std::optional<Target> target_of(const Asked& asked);
/// The file alone; offsets are 0.
std::optional<Target> file_of(const Asked& asked);

/// The resource that stands at an offset of a file as the graph saw it; nullptr if there is none.
const Resource* resource_at(const Asked& asked, const LiveRoot& root, FileId file, std::uint32_t offset);

/// The narrowest node at an offset, by its value or its key.
struct NodeAt {
  yaml::Node node;
  bool on_key = false;
};
NodeAt node_at(yaml::Node root, std::uint32_t offset);

/// `{uri, range}` of a place of the root's run; nothing for a place in no file.
std::optional<Json> location_json(const Asked& asked, const LiveRoot& root, Span place);
/// Its range alone.
Json range_of(const Asked& asked, const LiveRoot& root, Span place);

/// "edge/gateway.yaml:14" of a place of the root's run; "" for a place in no file.
std::string place_text(const LiveRoot& root, Span place);

/// Where a resource is named; its first line if it has no name.
Span name_place(const Resource& resource);

// The features, one file each.
Answer definition(const Asked& asked);
Answer references(const Asked& asked);
Answer highlights(const Asked& asked);
Answer prepare_rename(const Asked& asked);
Answer rename(const Asked& asked);
Answer hover(const Asked& asked);
Answer completion(const Asked& asked);
Answer lenses(const Asked& asked);
Answer document_symbols(const Asked& asked);
Answer workspace_symbols(const Asked& asked);
Answer code_actions(const Asked& asked);
Answer resolve_action(const Asked& asked);

}  // namespace hop::lsp
