# What the tests with editors share. Needs $1, the hoplint binary; sets $hoplint, $source and $folder, a copy of the article estate that goes
# away at the end.
set -euo pipefail
hoplint=$(realpath "${1:?usage: $0 HOPLINT}")
source=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Ends the test as skipped if there is no such program.
want() { command -v "$1" >/dev/null || { echo "skipped: there is no $1"; exit 77; }; }

copy_estate() {
  cp -r "$source/fixtures/estates/article/." "$folder/estate"
  git init -q "$folder/estate"
  mkdir "$folder/home" "$folder/bin"
  ln -s "$hoplint" "$folder/bin/hoplint"
}

# Nothing of the user's own is read or written, and nothing runs for ever: seconds, command.
alone() {
  local seconds=$1
  shift
  (cd "$folder/estate" && env HOME="$folder/home" XDG_CONFIG_HOME="$folder/home" XDG_DATA_HOME="$folder/home" XDG_STATE_HOME="$folder/home" \
    XDG_CACHE_HOME="$folder/home" PATH="$folder/bin:$PATH" timeout --kill-after=5 "$seconds" "$@" </dev/null)
}

# edge/ingress.yaml with one quick fix made, one finding allowed and all that is left fixed; nothing else is touched.
expect_mended_ingress() {
  diff -u - "$folder/estate/edge/ingress.yaml" < <(
    sed -e '1s/$/  # hoplint: allow metadata-api-version-removed -- an old cluster/' -e '/^    secretName:/d' -e '/^  annotations:/a\
    alb.ingress.kubernetes.io/healthcheck-port: status-port\
    alb.ingress.kubernetes.io/healthcheck-path: /healthz/ready\
    alb.ingress.kubernetes.io/healthcheck-protocol: HTTP' "$source/fixtures/estates/article/edge/ingress.yaml"
  )
}
