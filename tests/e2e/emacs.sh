#!/usr/bin/env bash
# Emacs in batch mode, with eglot, works on the article estate as one would by hand: findings, a jump, fixes, a suppression, a trace.
. "$(dirname "$0")/editor.sh"
want emacs
for library in eglot yaml-mode; do
  emacs --batch --eval "(unless (locate-library \"$library\") (kill-emacs 1))" || { echo "skipped: Emacs has no $library"; exit 77; }
done
copy_estate

alone 90 emacs --batch --no-init-file --directory "$source/editors/emacs" --load "$source/tests/e2e/emacs.el"

expect_mended_ingress
