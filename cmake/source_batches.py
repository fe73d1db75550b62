#!/usr/bin/env python3
"""Puts sources into batches that can be compiled as one file: prints a line `<number> <source>` for each.

    source_batches.py <folder that includes are relative to> <source>…

Most of the time that a source takes goes into what it includes. Two sources may be in a batch where no name that one keeps to itself, in an
anonymous namespace or by `using`, occurs in the other or is declared by what the other includes: so no name is taken for another. Sources
with `using namespace` or macros stay alone.
"""

import functools
import os
import re
import sys

MOST = 24  # of a batch: two processors share the work

# Literals and comments are no code; a raw string is looked for first, since it may hold anything.
NO_CODE = re.compile(r"""R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\b\d[\d']*|'(?:\\.|[^'\\\n])+'|//[^\n]*|/\*.*?\*/""", re.DOTALL)
NAMESPACE = re.compile(r"namespace (?:([\w:]+) )?\{")
TYPE = re.compile(r"(?:template <.*> ?)?(?:struct|class|union|enum(?: class)?|concept) (?:\[\[\w+\]\] )?(\w+)(?!::)\b")
ALIAS = re.compile(r"(?:template <.*> ?)?using (?:[\w:]*::)?(\w+)")
FURTHER = re.compile(r",\s*(\w+)\s*=")  # of one declaration that declares several
OTHER = re.compile(r"[^(=\[{;]*?(?<![\w:])(\w+)\s*[(=\[{;]")
NO_DECLARATION = ("static_assert", "extern template", "#", "}", "public:", "private:", "protected:")


def code_of(path):
    with open(path, encoding="utf-8") as file:
        return NO_CODE.sub(" ", re.sub(r'^#include "(.*)"', r"#include \1 ", file.read(), flags=re.MULTILINE))


def includes(code):
    return re.findall(r"^#include (\w\S*) ", code, re.MULTILINE)


def declarations(code):
    """Triples of namespace, name and whether nobody else sees it. They begin in the first column, as the format of the project has it."""
    open_ones, depth = [], 0  # namespaces with the number of braces around; None is an anonymous one
    for line in code.split("\n"):
        opened = NAMESPACE.match(line)
        if opened:
            open_ones.append((opened[1], depth))
        elif re.match(r"\w|\[\[", line) and not line.startswith(NO_DECLARATION):
            alias = ALIAS.match(line)
            found = alias or TYPE.match(line) or OTHER.match(line)
            if found:
                names = [name for name, _ in open_ones]
                further = FURTHER.findall(line) if line.startswith("constexpr ") and "(" not in line else []
                for name in [found[1], *further]:
                    yield "::".join(filter(None, names)), name, bool(alias or None in names)
        depth += line.count("{") - line.count("}")
        while open_ones and depth <= open_ones[-1][1]:
            open_ones.pop()


def around(namespace):
    """The namespace and those it lies in."""
    parts = namespace.split("::")
    return {"::".join(parts[:count]) for count in range(1, len(parts) + 1)}


@functools.cache
def included(root, path):
    """What this header and all it includes declare, as pairs of namespace and name."""
    path = os.path.join(root, path)
    if not os.path.exists(path):  # generated ones declare what nobody else calls so
        return frozenset()
    code = code_of(path)
    own = {(namespace, name) for namespace, name, _ in declarations(code)}
    return frozenset(own).union(*(included(root, other) for other in includes(code)))


class Source:
    def __init__(self, root, path):
        self.path = path
        code = code_of(path)
        self.own = {(namespace, name) for namespace, name, own in declarations(code) if own}
        self.declared = frozenset().union(*(included(root, header) for header in includes(code)))
        self.inside = set().union(*(around(name) for name in re.findall(r"^namespace ([\w:]+) \{", code, re.MULTILINE)))
        self.words = frozenset(re.findall(r"(?<![\w.:])(?<!->)[A-Za-z_]\w*", code))  # but what is looked for in a class or namespace
        self.alone = re.search(r"^#define|^using namespace", code, re.MULTILINE) is not None

    def disturbs(self, other):
        """Whether the other, or what it includes, would find a name of this one where it has another, or none, when it is alone."""
        foreign = self.declared - other.declared | self.own
        return any(name in other.words and namespace in other.inside for namespace, name in foreign) or any(
            (outer, name) in other.declared for namespace, name in self.own for outer in around(namespace))


def may_stand_together(batch, source):
    if len(batch) == MOST or source.alone or any(other.alone for other in batch):
        return False
    return not any(source.disturbs(other) or other.disturbs(source) for other in batch)


def batches_of(sources):
    batches = []
    for source in sources:
        batch = next((batch for batch in batches if may_stand_together(batch, source)), None)
        if batch is None:
            batches.append([source])
        else:
            batch.append(source)
    return batches


def main():
    root, *paths = sys.argv[1:]
    for number, batch in enumerate(batches_of([Source(root, path) for path in sorted(paths)])):
        for source in batch:
            print(number, source.path)


if __name__ == "__main__":
    main()
