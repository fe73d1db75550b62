#!/usr/bin/env bash
# The real pre-commit on a real repository: a bad commit is refused and a mended one passes, also where the mistake shows in a file that did
# not change. With the hoplint on PATH, and with the wheel that pip installs; no network.
#
#   pre_commit.sh PROGRAM [STATIC_PROGRAM]
. "$(dirname "$0")/common.sh"
need git pre-commit "$python"
export PATH=$folder/bin:$PATH PRE_COMMIT_HOME=$folder/cache GIT_CONFIG_GLOBAL=$folder/gitconfig GIT_CONFIG_NOSYSTEM=1
git config --global user.name tester
git config --global user.email tester@example.com
git config --global init.defaultBranch main
git config --global protocol.file.allow always

# The repository of the hooks: what of this one pre-commit and pip look at.
hooks=$folder/hooks
mkdir -p "$hooks/packaging"
cp "$source_dir"/{.pre-commit-hooks.yaml,pyproject.toml,CMakeLists.txt,README.md,LICENSE} "$hooks"
cp -r "$source_dir/packaging/python" "$hooks/packaging"
git -C "$hooks" init -q
git -C "$hooks" add -A
git -C "$hooks" commit -qm hooks
git -C "$hooks" tag v1

# check VARIANT HOOKS…: hooks by their ids.
check() {
  local variant=$1 repository=$folder/$1 output
  shift
  mkdir -p "$repository"
  cd "$repository"
  git init -q
  printf 'repos:\n- repo: %s\n  rev: v1\n  hooks: [%s]\n' "$hooks" "$(printf '{id: %s},' "$@")" >.pre-commit-config.yaml
  pre-commit install >/dev/null
  write_service service.yaml
  write_ingress ingress.yaml
  git add -A
  output=$(git commit -qm good 2>&1) || fail "$variant: a good commit was refused: $output"
  holds "$output" Passed

  # Only the Service changes; what breaks is the Ingress, which is part of no commit.
  write_service service.yaml 8081
  git add -A
  output=$(git commit -qm bad 2>&1) && fail "$variant: a bad commit passed: $output"
  holds "$output" ingress-backend-port-missing
  holds "$output" ingress.yaml:14
  same "$(git log --format=%s | head -n 1)" good

  write_ingress ingress.yaml 8081
  git add -A
  output=$(git commit -qm mended 2>&1) || fail "$variant: a mended commit was refused: $output"
  same "$(git log --format=%s | head -n 1)" mended

  # A safe fix is made, and the commit refused once: pre-commit's way to show what changed.
  sed -i 's/path: \/,/path: "\/cart\/*",/' ingress.yaml
  git add -A
  output=$(git commit -qm fix 2>&1) && fail "$variant: a commit with a fix passed at once: $output"
  holds "$output" 'files were modified by this hook'
  grep -q 'path: "/cart",' ingress.yaml || fail "$variant: not fixed: $(cat ingress.yaml)"
  git add -A
  output=$(git commit -qm fixed 2>&1) || fail "$variant: a fixed commit was refused: $output"

  # A mistake in the configuration.
  echo 'ignroe: [alb]' >.hoplint.yaml
  git add -A
  output=$(git commit -qm configured 2>&1) && fail "$variant: a wrong configuration passed: $output"
  holds "$output" 'did you mean `ignore`?'
  cd "$folder"
}

check system hoplint-fix-system hoplint-system hoplint-config-system

if [ $# -gt 1 ] && [ -x "$2" ]; then
  "$python" "$source_dir/packaging/python/make_wheel.py" "$2" "$folder/wheels" >/dev/null
  rm "$folder/bin/hoplint"  # only what pip brings
  export PIP_NO_INDEX=1 PIP_FIND_LINKS=$folder/wheels PIP_DISABLE_PIP_VERSION_CHECK=1
  check python hoplint-fix hoplint hoplint-config
  echo "system and python: fine"
else
  echo "system: fine; python: skipped, there is no static program"
fi
