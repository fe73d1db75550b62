#!/usr/bin/env bash
# Completions in the real shells: each is asked what it would offer for a line.
#
#   completions.sh PROGRAM
. "$(dirname "$0")/common.sh"
export PATH=$folder/bin:$PATH
shells=()
cd "$folder"
touch manifests.yaml

in_bash() {
  timeout 30 bash --norc -c '. <(hoplint completion bash); COMP_WORDS=('"$1"'); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _hoplint; printf "%s\n" "${COMPREPLY[@]}"' 2>/dev/null
}

in_fish() { timeout 30 fish --no-config -c 'hoplint completion fish | source; complete -C "$argv[1]"' -- "$1" | cut -f1; }

in_zsh() {
  timeout 30 zsh -f "$source_dir/tests/e2e/offered.zsh" "$1" | tr -d '\r' | sed -n '/<<<$/,/^>>>/p' | grep -v '<<<$\|^>>>'
}

# offers SHELL LINE WORD…
offers() {
  local shell=$1 line=$2 offered
  shift 2
  offered=$("in_$shell" "$line" || true)
  for word in "$@"; do grep -qxF -- "$word" <<<"$offered" || fail "$shell: \`$line\` offers no $word but: $offered"; done
}

for shell in bash zsh fish; do
  command -v "$shell" >/dev/null || continue
  shells+=("$shell")
  empty=$([ "$shell" = bash ] && echo " ''" || echo " ")
  offers "$shell" "hoplint ba" baseline
  offers "$shell" "hoplint config$empty" show check init known
  offers "$shell" "hoplint baseline$empty" create update check
  offers "$shell" "hoplint check --max-d" --max-diagnostics
  offers "$shell" "hoplint check --color a" auto always
  offers "$shell" "hoplint schema c" config
  offers "$shell" "hoplint explain gateway-credential-m" gateway-credential-missing
  offers "$shell" "hoplint check manif" manifests.yaml
done
[ ${#shells[@]} -gt 1 ] || { echo "skipped: neither zsh nor fish is here"; exit 77; }
echo "${shells[*]}: fine"
