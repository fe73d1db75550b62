#!/usr/bin/env python3
"""How `hoplint check` grows with a generated mesh of 1,000 to 1,000,000 resources: each size a process of its own, a file for each namespace.

    scale.py HOPLINT WRITE_MESH [RESOURCES …]

Exits with 1 where a resource takes more than twice the time, in user seconds, at the largest size than at 10,000, or memory exceeds 6 GiB.
"""

import shutil
import subprocess
import sys
import tempfile

from measure import side_by_side

BASE = 10_000
MOST_MEMORY = 6 * 1024  # MiB
MOST_GROWTH = 2


def main():
    hoplint, write_mesh = sys.argv[1:3]
    sizes = [int(size) for size in sys.argv[3:]] or [1_000, 10_000, 100_000, 1_000_000]
    print(f"{'resources':>10} {'wall':>9} {'user':>9} {'a resource':>12} {'memory':>11}   all threads")
    each = {}
    worst = 0
    for size in sizes:
        folder = tempfile.mkdtemp(prefix="hoplint-scale-")
        try:
            subprocess.run([write_mesh, folder, str(size), "--joined"], check=True)
            command = [hoplint, "check", "--isolated", "--exit-zero", folder]
            figures = side_by_side({"hoplint": command}, rounds=3)["hoplint"]
        finally:
            shutil.rmtree(folder)
        if figures is None:
            print(f"{size:>10} did not end in time")
            return 1
        each[size] = figures.user / size
        worst = max(worst, figures.memory)
        print(f"{size:>10} {figures.wall:>7.2f} s {figures.user:>7.2f} s {each[size] * 1e6:>9.1f} µs {figures.memory:>7.0f} MiB", flush=True)
    growth = each[sizes[-1]] / each[BASE] if BASE in each else 0
    print(f"a resource takes {growth:.2f} times as long at {sizes[-1]:,} as at {BASE:,} (at most {MOST_GROWTH}); "
          f"most memory {worst:.0f} MiB (at most {MOST_MEMORY})")
    return 0 if growth <= MOST_GROWTH and worst <= MOST_MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
