#pragma once
// What a fixture says must be found in it: `#~` comments, or lines of an expect.txt where comments cannot stand. And the matcher.
// Knows nothing of which rule a fixture belongs to.
//
//   port: 80           #~ error gateway-port-missing[IST0104]: text that the message contains
//   #~^ warning other-rule                     the line above; one `^` for each line up
//   name: edge         #~ note: text           a related place of one of the findings
//
// At the top of a file: `#~ complete`, `#~ complete=ns1,ns2`, `#~ known: Kind ns/name`, `#~ version: istio 1.29`,
// `#~ file-limit: 64`: a file of more bytes cannot be read (no file in a repository can lack permissions).
// In an expect.txt: `file:line: error gateway-port-missing[IST0104]: text`, `file:line: note: text`, and `file: complete`.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "support/complaints.h"
#include "text/file.h"

namespace hop {

/// Line is 1-based; 0 for a span that lies in no file.
struct Place {
  std::string path;
  std::uint32_t line = 0;
  friend bool operator==(const Place&, const Place&) = default;
};
/// Total, also for a span that a broken rule made up.
Place place_of(Span span, const Sources& sources);
std::string to_string(const Place& place);

struct ExpectedFinding {
  Place place;
  Severity severity = Severity::error;
  std::string rule;
  std::optional<std::vector<std::string>> aliases;  ///< exactly these, in any order; not compared where none are written
  std::string text;
};

struct ExpectedNote {
  Place place;
  std::string text;
};

/// What a fixture says about the world it lies in.
struct CaseHeader {
  bool complete = false;
  std::vector<std::string> complete_namespaces;
  std::vector<std::string> known;
  std::vector<std::string> versions;
  std::uint64_t file_limit = 0;  ///< bytes beyond which a file is not read; 0: the usual
};

struct Expectations {
  std::vector<ExpectedFinding> findings;
  std::vector<ExpectedNote> notes;
  CaseHeader header;
  Complaints mistakes;  ///< `#~` comments that cannot be read
};

/// Adds what the `#~` comments of a file say.
void read_expectations(const File& file, Expectations& into);

/// One line of an expect.txt; `path` as written there. A header line without a path speaks of the whole folder.
struct ListedExpectation {
  std::string path;
  std::uint32_t line = 0;  ///< 0: a header line
  std::string statement;
  std::uint32_t written_on = 0;
};
std::vector<ListedExpectation> read_expect_list(std::string_view text);
/// Adds one to a case in which its file is called `path`.
void add_listed(const ListedExpectation& listed, std::string path, Expectations& into);

/// The text without `#~` comments, the blanks before them, and lines that hold nothing else.
std::string without_expectations(std::string_view text);

/// What becomes of findings that nothing expects: bad cases refuse them, good ones have their own word on them.
enum class Unexpected : std::uint8_t { refused, passed_over };

/// Matches findings that are not suppressed, and the notes of the expected ones, to expectations, one to one.
Complaints match(const Expectations& expected, std::span<const Diagnostic> findings, const Sources& sources,
                 Unexpected unexpected = Unexpected::refused);

/// "error gateway-port-missing[IST0104] at edge.yaml:7: message", for failure messages.
std::string describe(const Diagnostic& finding, const Sources& sources);

}  // namespace hop
