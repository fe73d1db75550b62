#include "support/estate.h"

#include <algorithm>

#include "support/case.h"

namespace hop {

std::vector<Estate> right_estates() {
  const std::filesystem::path root = std::filesystem::path(HOPLINT_SOURCE_DIR) / "fixtures/estates";
  std::vector<Estate> estates;
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    Estate estate;
    estate.name = entry.path().filename().string();
    if (!entry.is_directory() || estate.name == "article" || estate.name.starts_with("mistake_")) continue;
    estate.folder = "fixtures/estates/" + estate.name;
    for (const auto& file : std::filesystem::recursive_directory_iterator(entry.path())) {
      if (!file.is_regular_file() || !is_manifest_path(file.path().string())) continue;
      estate.files[estate.folder + "/" + std::filesystem::relative(file.path(), entry.path()).string()] = read_bytes(file.path());
    }
    estates.push_back(std::move(estate));
  }
  std::ranges::sort(estates, {}, &Estate::name);
  return estates;
}

Settings estate_settings() {
  Settings settings;
  settings.isolated = true;
  settings.jobs = 1;
  settings.today = "2026-01-01";
  return settings;
}

LintRun read_estate(const std::map<std::string, std::string>& files, const std::string& folder, const Settings& settings) {
  return lint(MemoryFiles(files), {{folder, std::nullopt}}, settings);
}

}  // namespace hop
