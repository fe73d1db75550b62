#!/usr/bin/env bash
# Every rule's fixtures as SARIF, under the rules of the standard and of GitHub, as the npm package @microsoft/sarif-multitool knows them: no
# error and no warning. Its notes cannot be heeded: they ask for message.id, which GitHub does not read, for ids like ABC123, and the network.
# Wants the network once, to fetch that package into FOLDER; runs only where HOPLINT_SARIF_MULTITOOL names a folder.
#
#   HOPLINT_SARIF_MULTITOOL=FOLDER sarif_multitool.sh PROGRAM
tools=${HOPLINT_SARIF_MULTITOOL:-}
. "$(dirname "$0")/common.sh"
[ -n "$tools" ] || { echo "skipped: HOPLINT_SARIF_MULTITOOL names no folder"; exit 77; }
need npm "$python"
mkdir -p "$tools"
tool=$(find "$tools" -name Sarif.Multitool -type f | head -n 1)
if [ -z "$tool" ]; then
  npm install --silent --no-audit --no-fund --prefix "$tools" @microsoft/sarif-multitool >&2
  tool=$(find "$tools" -name Sarif.Multitool -type f | head -n 1)
fi
[ -n "$tool" ] || fail "the package holds no Sarif.Multitool"
chmod u+x "$tool"
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

# Like a checkout: paths are those in the repository.
mkdir "$folder/repository"
cp -r "$source_dir/fixtures" "$folder/repository"
cd "$folder/repository"
git init -q
"$program" check --isolated --select ALL --exit-zero --format "sarif:$folder/all.sarif" fixtures 2>/dev/null
"$program" check --isolated --exit-zero --format "sarif:$folder/none.sarif" fixtures/estates/article/../article >/dev/null 2>&1 || true
code=0
for report in all none; do
  # Its exit code says 0 whatever it finds.
  "$tool" validate "$folder/$report.sarif" --rule-kind "Sarif;Ghas" --level "Error;Warning" --max-file-size-in-kb 200000 --output "$folder/$report.found" \
    --log "ForceOverwrite" >"$folder/log" 2>&1 || { cat "$folder/log"; fail "the tool did not run"; }
  "$python" - "$folder/$report.sarif" "$folder/$report.found" <<'PYTHON' || code=1
import json, sys
report, found = (json.load(open(path, encoding="utf-8-sig")) for path in sys.argv[1:])
seen = [result for run in found["runs"] for result in run.get("results", [])]
for result in seen[:20]:
    print(result["ruleId"], result.get("level", "warning"), result["message"].get("arguments", result["message"]))
print(len(report["runs"][0]["results"]), "results,", len(seen), "complaints")
sys.exit(1 if seen else 0)
PYTHON
done
exit $code
