// Writes the generated mesh to disk, for programs that are measured from outside.
//
//   write_mesh DIR RESOURCES             a file for each resource
//   write_mesh DIR RESOURCES --joined    a file for each namespace

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

#include "bench/generate.h"

namespace {

constexpr std::uint64_t seed = 1;

/// "team-3.yaml" for "team-3/app-1/service.yaml".
std::string joined_path(const std::string& path) { return path.substr(0, path.find('/')) + ".yaml"; }

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "write_mesh DIR RESOURCES [--joined]\n";
    return 2;
  }
  const std::filesystem::path root = argv[1];
  const bool joined = argc > 3 && std::string_view(argv[3]) == "--joined";
  for (const hop::bench::GeneratedFile& file : hop::bench::generate_mesh(std::stoul(argv[2]), seed)) {
    const std::filesystem::path path = root / (joined ? joined_path(file.path) : file.path);
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::app) << (joined ? "---\n" : "") << file.text;
  }
  return 0;
}
