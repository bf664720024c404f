#!/usr/bin/env bash
# Provides a real Kubernetes API server for the tests: kube-apiserver and kube-controller-manager, built once from
# Debian's source package, and Debian's etcd. Prints the folder that holds the three programs, and nothing else.
#
#   e2e-tests/kubernetes/api-server.sh
#
# Everything is fetched with a package list of its own and unpacked below the cache, so the system's own lists and
# packages stay as they are. Debian signs what it publishes and apt checks it. The build takes some five minutes of one
# core the first time; after that the script answers at once. Several may run beside each other: one builds, the others
# wait for it.
#
#   GRANDSTAND_KUBERNETES_BIN  a folder that has kube-apiserver, kube-controller-manager and etcd already
#   GRANDSTAND_DEBIAN_MIRROR   where Debian is fetched from; by default where this machine has its packages from
set -euo pipefail

kubernetes=1.20.2 # what Debian 12 holds; ApiServer.java knows which interfaces it lacks
programs=(kube-apiserver kube-controller-manager etcd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/grandstand
finished=$cache/kubernetes-$kubernetes

die() {
    echo "api-server.sh: $*" >&2
    exit 1
}

# Says whether a folder holds all programs.
complete() { # folder
    local program
    for program in "${programs[@]}"; do
        [ -x "$1/$program" ] || return 1
    done
}

if [ -n "${GRANDSTAND_KUBERNETES_BIN:-}" ]; then
    complete "$GRANDSTAND_KUBERNETES_BIN" || die "GRANDSTAND_KUBERNETES_BIN=$GRANDSTAND_KUBERNETES_BIN lacks one of: ${programs[*]}"
    echo "$GRANDSTAND_KUBERNETES_BIN"
    exit
fi
if complete "$finished"; then
    echo "$finished"
    exit
fi

command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
    die "a Kubernetes API server can be built on Debian and its relatives only; elsewhere set GRANDSTAND_KUBERNETES_BIN
to a folder that has ${programs[*]} of Kubernetes 1.20"
[ "$(dpkg --print-architecture)" = amd64 ] || [ "$(dpkg --print-architecture)" = arm64 ] ||
    die "there is no recipe for the architecture $(dpkg --print-architecture); set GRANDSTAND_KUBERNETES_BIN"

mkdir -p "$cache"
exec 9>"$cache/kubernetes-$kubernetes.lock"
flock 9
if complete "$finished"; then
    echo "$finished"
    exit
fi

work=$(mktemp -d "$cache/kubernetes-build.XXXXXX")
trap 'rm -rf "$work"' EXIT
log=$cache/kubernetes-$kubernetes.log
: >"$log"

# Runs one step; its output is shown only if it fails.
step() { # what-it-does command...
    local what=$1
    shift
    echo "  $what ..." >&2
    ("$@") >>"$log" 2>&1 & # in a command before || nothing would stop at the first failure
    wait $! || {
        tail -n 30 "$log" >&2
        die "$what failed; the whole log is in $log"
    }
}

apt() {
    apt-get -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts="$work/none" \
        -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/archives" -o APT::Sandbox::User=root \
        -o Acquire::Languages=none -o Acquire::Retries=3 "$@"
}

install_unpacker() {
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends dpkg-dev
}

# Where this machine has Debian 12 from; nothing on another system.
own_mirror() {
    # Without lists as well: what it would fetch.
    apt-get update --print-uris | sed -nE "s,^'([^']+)/dists/bookworm/InRelease'.*,\\1,p" | sed -n 1p
}

package_lists() {
    local mirror signed=""
    mirror=${GRANDSTAND_DEBIAN_MIRROR:-$(own_mirror)}
    [ -n "$mirror" ] || die "this is no Debian 12; set GRANDSTAND_DEBIAN_MIRROR to a mirror that holds its release bookworm"
    local keys=/usr/share/keyrings/debian-archive-keyring.gpg
    [ ! -f "$keys" ] || signed="[signed-by=$keys] "
    mkdir -p "$work/lists/partial" "$work/archives/archives/partial"
    printf 'deb %s%s bookworm main\ndeb-src %s%s bookworm main\n' "$signed" "$mirror" "$signed" "$mirror" \
        >"$work/sources.list"
    apt update
}

packages() {
    cd "$work"
    apt download golang-1.19-go golang-1.19-src etcd-server
    local package
    for package in ./*.deb; do
        dpkg-deb -x "$package" "$work/root"
    done
}

# The tree has its dependencies within it, and builds the old way: below GOPATH, without modules.
source_tree() {
    cd "$work"
    apt source kubernetes
    mkdir -p go/src/k8s.io
    mv kubernetes-*/ go/src/k8s.io/kubernetes
}

# Debian's source leaves out what Kubernetes' own build generates; the programs need the description of their API.
api_description() {
    cd "$GOPATH/src/k8s.io/kubernetes"
    go install ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
    local folders
    folders=$(grep -rl --include='*.go' '+k8s:openapi-gen=' cmd pkg plugin staging/src/k8s.io |
        grep -v -e /code-generator/ -e /sample-apiserver/ | sed 's,^staging/src/,vendor/,' | xargs -n 1 dirname |
        LC_ALL=C sort -u | sed 's,^,k8s.io/kubernetes/,' | paste -s -d ,)
    "$GOPATH/bin/openapi-gen" --logtostderr -i "$folders" -p k8s.io/kubernetes/pkg/generated/openapi \
        -O zz_generated.openapi -h vendor/k8s.io/code-generator/hack/boilerplate.go.txt -r "$work/violations"
    [ -s pkg/generated/openapi/zz_generated.openapi.go ]
}

compile() {
    cd "$GOPATH/src/k8s.io/kubernetes"
    # The server's own version, and the one that it tells its clients.
    local flags="-s -w" package
    for package in component-base/version client-go/pkg/version; do
        package=k8s.io/kubernetes/vendor/k8s.io/$package
        flags+=" -X $package.gitVersion=v$kubernetes -X $package.gitMajor=1 -X $package.gitMinor=20"
    done
    mkdir "$work/bin"
    go build -o "$work/bin/" -ldflags "$flags" ./cmd/kube-apiserver ./cmd/kube-controller-manager
    cp "$work/root/usr/bin/etcd" "$work/bin/"
}

echo "Building a Kubernetes API server for the tests; once, some five minutes ..." >&2
command -v dpkg-source >/dev/null || {
    [ "$(id -u)" = 0 ] || die "dpkg-source is missing (apt install dpkg-dev)"
    step "Installing dpkg-dev" install_unpacker
}
export GOROOT=$work/root/usr/lib/go-1.19 GOPATH=$work/go GOCACHE=$work/cache GOTMPDIR=$work
export GO111MODULE=off CGO_ENABLED=0 GOFLAGS="" GOTOOLDIR="" GOENV=off
PATH=$GOROOT/bin:$PATH
step "Reading Debian's package lists" package_lists
step "Fetching Go and etcd" packages
step "Fetching Kubernetes' source" source_tree
step "Generating the description of its API" api_description
step "Compiling kube-apiserver and kube-controller-manager" compile
complete "$work/bin" || die "a program is missing in $work/bin"

rm -rf "$finished"
mv "$work/bin" "$finished"
echo "$finished"
