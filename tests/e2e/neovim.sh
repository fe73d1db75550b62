#!/usr/bin/env bash
# Neovim, with no window, works on the article estate as one would by hand: findings, a jump, fixes, a suppression, a trace.
. "$(dirname "$0")/editor.sh"
want nvim
copy_estate

alone 90 nvim --headless --clean -n --cmd "set runtimepath^=$source/editors/neovim" -c "luafile $source/tests/e2e/neovim.lua"

expect_mended_ingress
