#!/usr/bin/env bash
# The Debian package: made by CPack, installed by dpkg, run, taken away again with all its files. As root it is really installed, its
# dependencies checked; others install it below a folder of their own.
#
#   deb.sh PROGRAM BUILD_FOLDER
. "$(dirname "$0")/common.sh"
build=$2
need cpack dpkg dpkg-deb dpkg-shlibdeps man

(cd "$build" && cpack -G DEB -B "$folder/packages") >"$folder/cpack.log" 2>&1 || { cat "$folder/cpack.log"; fail cpack; }
package=$(echo "$folder"/packages/*.deb)
version=$("$program" --version | cut -d' ' -f2)
same "$(dpkg-deb -f "$package" Version)" "$version"
holds "$(dpkg-deb -f "$package" Depends)" libc6
contents=$(dpkg-deb -c "$package")
for file in bin/hoplint share/man/man1/hoplint.1 share/bash-completion/completions/hoplint share/zsh/vendor-completions/_hoplint \
  share/fish/vendor_completions.d/hoplint.fish; do
  holds "$contents" "/usr/$file"
done

root= options=()
if [ "$(id -u)" -ne 0 ]; then
  root=$folder/root options=(--force-not-root --force-depends --root="$root" --no-triggers)
  mkdir -p "$root/var/lib/dpkg"/{info,updates,triggers}
  touch "$root/var/lib/dpkg/status"
elif dpkg-query -W hoplint >/dev/null 2>&1; then
  echo "skipped: hoplint is installed here"
  exit 77
fi
trap 'dpkg "${options[@]}" -P hoplint >/dev/null 2>&1 || true; rm -rf "$folder"' EXIT

dpkg "${options[@]}" -i "$package" >"$folder/dpkg.log" 2>&1 || { cat "$folder/dpkg.log"; fail "dpkg -i"; }
same "$("$root/usr/bin/hoplint" --version)" "hoplint $version"
write_service "$folder/service.yaml"
"$root/usr/bin/hoplint" check --isolated "$folder/service.yaml" >/dev/null || fail "the installed program"
holds "$(man -l "$root/usr/share/man/man1/hoplint.1"* 2>/dev/null)" 'EXIT STATUS'
same "$(dpkg "${options[@]}" -L hoplint | grep -c '/bin/hoplint$')" 1

files=$(dpkg "${options[@]}" -L hoplint | grep -i hoplint)
dpkg "${options[@]}" -P hoplint >/dev/null
for file in $files; do [ ! -e "$root$file" ] || fail "$file stays behind"; done
echo "$(basename "$package"), $([ -z "$root" ] && echo "really installed" || echo "installed below a folder")"
