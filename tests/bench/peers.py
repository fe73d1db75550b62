#!/usr/bin/env python3
"""hoplint beside the programs that one would pick instead, on the same files in one interleaved run; and what they find that we claim to.

    peers.py HOPLINT WRITE_MESH BIN [DIR …]

BIN holds the peers, and gets those that are missing, from the Go module proxy; one that is not to be had is left out, and said. Each DIR is
measured, then 2,000 and 20,000 generated small files. Findings are compared on each DIR.
"""

import collections
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile

from measure import side_by_side, table

# Versions that the module proxy has. istioctl has no tagged module since 1.x: this is the branch of 1.29 or later.
MODULES = {
    "istioctl": "istio.io/istio/istioctl/cmd/istioctl@v0.0.0-20260827124520-eed52ebb66ad",
    "kubeconform": "github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0",
    "kube-score": "github.com/zegl/kube-score/cmd/kube-score@v1.20.0",
    "kube-linter": "golang.stackrox.io/kube-linter/cmd/kube-linter@v0.7.6",
}

# Asked of istioctl and of all others: so many times our speed.
AT_LEAST = {"istioctl": 20}
AT_LEAST_OTHERS = 5
HOLD_FILES_OPEN = ("istioctl", "kube-score")
# Exit codes that are no verdict on what was read.
COULD_NOT_RUN = {"istioctl": (1,)}


def install(folder):
    """Names of the peers that are there in the end. One package at a time: linking istioctl alone takes 2 GB."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "GOBIN": str(folder.resolve()), "GOFLAGS": "-p=1"}
    for name, module in MODULES.items():
        if (folder / name).exists():
            continue
        print(f"installing {module}", file=sys.stderr, flush=True)
        try:
            done = subprocess.run(["go", "install", module], env=environment, capture_output=True, text=True)
            reason = done.stderr.strip().splitlines()[-1:] if done.returncode != 0 else []
        except FileNotFoundError:
            reason = ["there is no `go`"]
        if reason:
            print(f"{name} is not to be had here: {reason[0]}")
    return [name for name in MODULES if (folder / name).exists()]


def write_schemas(folder):
    """Schemas for kubeconform to read locally, as shallow as can be: real ones would only take it longer."""
    schema = {"type": "object", "required": ["apiVersion", "kind", "metadata"],
              "properties": {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"}}}
    for kind in ("deployment", "service", "namespace", "ingress", "virtualservice", "destinationrule", "gateway", "certificate",
                 "peerauthentication", "configmap", "secret", "serviceaccount"):
        (folder / f"{kind}.json").write_text(json.dumps(schema))


def manifests_in(folder):
    return [str(path) for path in sorted(pathlib.Path(folder).rglob("*")) if path.suffix in (".yaml", ".yml") and path.is_file()]


def commands_for(folder, hoplint, bins, peers, schemas):
    commands = {"hoplint": [hoplint, "check", "--isolated", "--exit-zero", folder]}
    of_peers = {
        "istioctl": ["analyze", "--use-kube=false", "-A", folder],
        "kubeconform": ["-schema-location", f"{schemas}/{{{{.ResourceKind}}}}.json", "-ignore-missing-schemas", folder],
        "kube-score": ["score", "--exit-one-on-warning=false", *manifests_in(folder)],
        "kube-linter": ["lint", folder],
    }
    commands.update({name: [str(bins / name), *of_peers[name]] for name in peers})
    return commands


def lacks_open_files(folder):
    return sum(1 for _ in pathlib.Path(folder).rglob("*")) >= resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def measure(title, folder, tools, rounds):
    """Whether all keep the distance that was asked."""
    commands = commands_for(folder, *tools)
    for name in HOLD_FILES_OPEN:
        if name in commands and lacks_open_files(folder):
            del commands[name]
            print(f"\n{name} is left out: it keeps every file open, which are more than a process may here")
    figures = side_by_side(commands, rounds)
    table(title, figures, "hoplint")
    far = True
    for name, figure in figures.items():
        if name == "hoplint" or figure is None:
            continue
        if figure.code in COULD_NOT_RUN.get(name, ()):
            print(f"  {name}: could not run; its figures mean nothing")
            continue
        wanted = AT_LEAST.get(name, AT_LEAST_OTHERS)
        ratio = figure.wall / figures["hoplint"].wall
        if ratio < wanted:
            far = False
            print(f"  {name}: only {ratio:.1f} times as long, asked are {wanted}")
    return far


def allow_open_files():
    """As many as can be: some peers keep all of them open."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    for most in (max(hard, 200_000), hard):  # only root may have more than the hard limit
        try:
            return resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        except (ValueError, OSError):
            continue


def worlds_of(folder):
    """The folder, or those in it where it holds nothing else: estates beside each other are no cluster."""
    entries = [entry for entry in pathlib.Path(folder).iterdir() if not entry.name.startswith(".")]
    if any(entry.suffix in (".yaml", ".yml") for entry in entries):
        return [folder]
    return sorted(str(entry) for entry in entries if entry.is_dir())


def istioctl_findings(istioctl, folder):
    """(code, object) of each message; an object as "Kind name.namespace"."""
    done = subprocess.run([istioctl, "analyze", "--use-kube=false", "-A", "-o", "json", folder], capture_output=True, text=True)
    start = re.search(r"^\[$", done.stdout, re.MULTILINE)  # words about what it skipped stand before
    messages = json.JSONDecoder().raw_decode(done.stdout, start.start())[0] if start else []
    return collections.Counter((message["code"], message.get("origin", "")) for message in messages)


def our_findings(hoplint, folder):
    done = subprocess.run([hoplint, "check", "--isolated", "--complete", "--select", "ALL", "--format", "json", "--exit-zero", folder],
                          capture_output=True, text=True)
    found = collections.defaultdict(set)
    for finding in json.loads(done.stdout)["findings"]:
        thing = finding["object"]
        places = [thing] if thing else []
        places += [step["object"] for step in finding["chain"] if step["object"]]
        for code in finding["aliases"]:
            found[code].update((place["kind"], place["namespace"], place["name"]) for place in places)
    return found


def as_ours(origin):
    """[("VirtualService", "shop", "cart")] for "VirtualService shop/cart"; one without a namespace may be cluster-scoped, or in `default`."""
    kind, _, name = origin.partition(" ")
    ns, slash, name_in_ns = name.partition("/")
    return [(kind, ns, name_in_ns)] if slash else [(kind, "", name), (kind, "default", name)]


def claimed_codes(hoplint):
    rules = json.loads(subprocess.run([hoplint, "rules", "--format", "json"], capture_output=True, text=True).stdout)
    rules = rules["rules"] if isinstance(rules, dict) else rules
    return {alias for rule in rules for alias in rule["aliases"] if alias.startswith("IST")}


def compare_findings(hoplint, istioctl, folder):
    """Prints what istioctl says of an object with a code that we claim, and we do not."""
    claimed = claimed_codes(hoplint)
    both, unclaimed, missing = collections.Counter(), collections.Counter(), collections.defaultdict(list)
    for world in worlds_of(folder):
        theirs, ours = istioctl_findings(istioctl, world), our_findings(hoplint, world)
        for (code, origin), count in sorted(theirs.items()):
            if code not in claimed:
                unclaimed[code] += count
            elif any(thing in ours[code] for thing in as_ours(origin)):
                both[code] += count
            else:
                missing[code].append(f"{origin} in {os.path.relpath(world, folder)}")
    lost = sum(len(origins) for origins in missing.values())
    print(f"\n{folder}: istioctl says {sum(both.values()) + lost + sum(unclaimed.values())} things; {sum(both.values())} with codes that we claim "
          f"we say of the same object, {lost} we do not; {sum(unclaimed.values())} have codes that we do not claim {dict(unclaimed)}")
    for code, origins in missing.items():
        print(f"  {code}: {len(origins)} not found by us: {'; '.join(origins[:8])}{'; …' if len(origins) > 8 else ''}")


def main():
    hoplint, write_mesh = sys.argv[1:3]
    bins, folders = pathlib.Path(sys.argv[3]), sys.argv[4:]
    peers = install(bins)
    allow_open_files()
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="hoplint-peers-"))
    far = True
    try:
        (scratch / "schemas").mkdir()
        write_schemas(scratch / "schemas")
        tools = hoplint, bins, peers, scratch / "schemas"
        for folder in folders:
            far &= measure(f"{folder}: {len(manifests_in(folder))} manifests", folder, tools, rounds=5)
        for count in (2_000, 20_000):
            folder = str(scratch / str(count))
            subprocess.run([write_mesh, folder, str(count)], check=True)
            far &= measure(f"{count:,} small files", folder, tools, rounds=5 if count < 10_000 else 1)
        if "istioctl" in peers:
            for folder in folders:
                compare_findings(hoplint, str(bins / "istioctl"), folder)
    finally:
        shutil.rmtree(scratch)
    return 0 if far else 1


if __name__ == "__main__":
    sys.exit(main())
