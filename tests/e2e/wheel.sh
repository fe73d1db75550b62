#!/usr/bin/env bash
# The Python wheel: made from the static program, installed with pip into a fresh environment without a network, run, taken away.
#
#   wheel.sh STATIC_PROGRAM
. "$(dirname "$0")/common.sh"
need "$python" ldd
"$python" -c 'import venv, ensurepip' 2>/dev/null || { echo "skipped: Python has no venv"; exit 77; }
make=$source_dir/packaging/python/make_wheel.py

wheel=$("$python" "$make" "$program" "$folder/one")
same "$("$python" "$make" "$program" "$folder/two" | xargs basename)" "$(basename "$wheel")"
cmp "$wheel" "$folder/two/$(basename "$wheel")" || fail "two wheels of one program differ"
"$python" "$make" /bin/ls "$folder/three" 2>/dev/null && fail "a program with shared libraries was packed"

"$python" -m venv "$folder/venv"
pip() { "$folder/venv/bin/python" -m pip --disable-pip-version-check --no-cache-dir "$@"; }
pip install --quiet --no-index "$wheel"
hoplint=$folder/venv/bin/hoplint
same "$("$hoplint" --version)" "$("$program" --version)"
holds "$(pip show hoplint)" "Version: $("$program" --version | cut -d' ' -f2)"
pip check >/dev/null || fail "pip check"

write_service "$folder/service.yaml"
write_ingress "$folder/ingress.yaml" 81
cd "$folder"
code=0
output=$(env -i "$hoplint" check --isolated service.yaml ingress.yaml) || code=$?
same $code 1
holds "$output" ingress-backend-port-missing
code=0
"$folder/venv/bin/python" -m hoplint check --isolated service.yaml >/dev/null || code=$?
same $code 0

pip uninstall --quiet --yes hoplint
[ ! -e "$hoplint" ] || fail "the program stays behind"
ls "$folder"/venv/lib/python*/site-packages | grep -i hoplint && fail "files stay behind"
echo "$(basename "$wheel"), $(stat -c %s "$wheel") bytes"
