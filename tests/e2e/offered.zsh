# What zsh offers for a line, one a line between <<< and >>>. zsh completes at a prompt only: one is run on a terminal of its own.
#
#   offered.zsh LINE
zmodload zsh/zpty
zpty terminal zsh -f -i
# Each line of the interactive shell, then the line itself with a tab behind it.
{
  zpty -w terminal 'stty -echo; PROMPT= RPROMPT= PROMPT_EOL_MARK=; unset zle_bracketed_paste; unsetopt zle_bracketed_paste 2>/dev/null'
  zpty -w terminal 'autoload -Uz compinit && compinit -u -D; source =(hoplint completion zsh)'
  zpty -w terminal 'compadd() { builtin compadd -O offered "$@"; offered_all+=("${offered[@]}"); builtin compadd "$@" }'
  zpty -w terminal 'show() { offered_all=(); zle complete-word; print -r -- "<""<<"; print -rl -- $offered_all; print -r -- ">"">>" }; zle -N show; bindkey "^X" show'
  zpty -n -w terminal "$1"$'\x18'
  zpty -r -m terminal text $'*>>>*'
  print -r -- "$text"
} always { zpty -d terminal }
