#pragma once
// The command line described: what completions and the manual page are made of. Plain data; knows nothing of how it is parsed.

#include <string>
#include <vector>

namespace hop {

struct OptionText {
  std::vector<std::string> names;    ///< "--format", "-h"; none for what is no option, as paths
  std::string value;                 ///< what it takes: "FILE"; "" for a flag
  std::vector<std::string> choices;  ///< its values, where they are few
  std::string help;
};

struct CommandText {
  std::string name, help;
  std::vector<OptionText> options;
  std::vector<CommandText> commands;
};

/// The whole program.
CommandText command_text();

}  // namespace hop
