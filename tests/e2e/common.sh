# What the scripts here share. Each takes the program as its first argument, uses a folder of its own that vanishes, and exits with 77 where
# a tool that it needs is not installed, which ctest counts as skipped.
set -euo pipefail
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export HOME=$folder/home LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
mkdir -p "$HOME" "$folder/bin"
ln -s "$program" "$folder/bin/hoplint"

# Debian's Python, whatever a developer has in front of it.
python=/usr/bin/python3

need() {
  for tool in "$@"; do
    command -v "$tool" >/dev/null || { echo "skipped: there is no $tool"; exit 77; }
  done
}
fail() { echo "FAILED: $*" >&2; exit 1; }
# The text holds the words.
holds() { case "$1" in *"$2"*) ;; *) fail "no \`$2\` in: $1" ;; esac; }
lacks() { case "$1" in *"$2"*) fail "\`$2\` in: $1" ;; esac; }
same() { [ "$1" = "$2" ] || fail "\`$1\` rather than \`$2\`"; }

# A Service and an Ingress that fit; and the same with a port the Service does not have.
write_service() {
  printf '%s\n' 'apiVersion: v1' 'kind: Service' 'metadata: {name: cart, namespace: shop}' 'spec:' '  type: NodePort' '  selector: {app: cart}' \
    "  ports: [{name: http, port: ${2:-80}, targetPort: 8080}]" >"$1"
}
write_ingress() {
  printf '%s\n' 'apiVersion: networking.k8s.io/v1' 'kind: Ingress' 'metadata:' '  name: shop' '  namespace: shop' '  annotations:' \
    '    alb.ingress.kubernetes.io/scheme: internal' 'spec:' '  ingressClassName: alb' '  rules:' '  - host: shop.example.com' '    http:' \
    '      paths:' "      - {path: /, pathType: Prefix, backend: {service: {name: cart, port: {number: ${2:-80}}}}}" >"$1"
}
