"""Wall time, processor time and memory of programs, side by side in one run. Knows nothing of what they do."""

import os
import statistics
import subprocess
import sys
import time


class Figures:
    """Of one program on one input: medians of its runs. Times in seconds, memory in MiB."""

    def __init__(self, runs, code):
        self.runs = len(runs)
        self.wall, self.user, self.memory = (statistics.median(column) for column in zip(*runs))
        self.code = code


def run_once(command, limit, out=subprocess.DEVNULL):
    """(wall, user, memory, exit code); nothing if it takes longer than `limit` seconds."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    while True:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG if limit else 0)
        if pid:
            break
        if time.monotonic() - start > limit:
            child.kill()
            os.wait4(child.pid, 0)
            return None
        time.sleep(0.0005 if time.monotonic() - start < 1 else 0.02)
    child.returncode = 0  # it was waited for
    return time.monotonic() - start, usage.ru_utime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def side_by_side(commands, rounds, limit=600, budget=60):
    """Figures by name. Each round runs every command once, so that a busy machine is unfair to none; one whose runs have taken more than
    `budget` seconds together is left out of further rounds. None for one that did not end in time."""
    runs = {name: [] for name in commands}
    codes = {}
    for number in range(rounds + 1):  # the first fills the page cache, and counts only for those that run once
        for name, command in commands.items():
            if runs[name] is None or sum(run[0] for run in runs[name]) > budget:
                continue
            found = run_once(command, limit)
            if found is None:
                runs[name] = None
                continue
            codes[name] = found[3]
            runs[name].append(found[:3])
    return {name: Figures(all_runs[1:] or all_runs, codes[name]) if all_runs else None for name, all_runs in runs.items()}


def table(title, figures, ours):
    """One line for each program, with how often ours fits into it."""
    print(f"\n{title}")
    print(f"  {'':14} {'wall':>10} {'user':>10} {'memory':>10}   {'wall':>8} {'user':>8}  of ours")
    for name, figure in figures.items():
        if figure is None:
            print(f"  {name:14} did not end in time")
            continue
        wall, user = figure.wall / figures[ours].wall, figure.user / max(figures[ours].user, 1e-4)
        times = "" if name == ours else f"   {wall:7.1f}x {user:7.1f}x"
        print(f"  {name:14} {figure.wall * 1e3:7.0f} ms {figure.user * 1e3:7.0f} ms {figure.memory:6.0f} MiB{times}"
              f"   (exit code {figure.code}, {figure.runs} runs)")
    sys.stdout.flush()
