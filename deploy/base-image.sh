#!/bin/sh
# Makes a base image of Debian's packages and this JDK, for machines that cannot pull the published one:
#   deploy/base-image.sh FILE.tar
# Needs Debian or a relative of it, and a JDK 25 (JAVA_HOME). As little is in it as the services need: libc, bash, OpenSSL (SRTP uses its ciphers), Java.
set -eu
case ${1:-} in
    /*) out=$1 ;;
    ?*) out=$PWD/$1 ;;
    *) echo "base-image.sh: name the file to write" >&2 && exit 2 ;;
esac
: "${JAVA_HOME:?is not set: a JDK 25}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/debs" "$work/root/opt/java"

(
    cd "$work/debs"
    fetch() {
        apt-get -q -o APT::Sandbox::User=root download base-files base-passwd bash libc6 libgcc-s1 libssl3 libtinfo6 zlib1g
    }
    fetch >/dev/null 2>&1 || { apt-get -q update && fetch; } >&2
)
for package in "$work"/debs/*.deb; do
    dpkg-deb -x "$package" "$work/root"
done
echo 'root:x:0:0:root:/root:/bin/bash' >"$work/root/etc/passwd"
echo 'root:x:0:' >"$work/root/etc/group"
# No manual pages, and nothing that runs as root for whoever starts it.
rm -rf "$work/root/usr/share/doc" "$work/root/usr/share/man" "$work/root/usr/share/locale"
find "$work/root" -type f -perm /6000 -exec chmod a-s {} +

"$JAVA_HOME/bin/jlink" --add-modules java.se,jdk.crypto.cryptoki,jdk.management,jdk.naming.dns,jdk.unsupported,jdk.zipfs \
    --strip-debug --no-header-files --no-man-pages --generate-cds-archive --output "$work/root/opt/java/openjdk" >&2

tar -C "$work/root" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$work/layer.tar" .
digest=$(sha256sum "$work/layer.tar" | cut -d ' ' -f 1)
architecture=$(dpkg --print-architecture)
cat >"$work/config.json" <<JSON
{
  "architecture": "$architecture",
  "os": "linux",
  "config": { "Env": ["PATH=/opt/java/openjdk/bin:/usr/bin:/bin", "JAVA_HOME=/opt/java/openjdk"] },
  "rootfs": { "type": "layers", "diff_ids": ["sha256:$digest"] }
}
JSON
echo '[{"Config":"config.json","RepoTags":["grandstand/base:debian"],"Layers":["layer.tar"]}]' >"$work/manifest.json"
mkdir -p "$(dirname "$out")"
tar -C "$work" --mtime=@0 --owner=0 --group=0 -cf "$out" manifest.json config.json layer.tar
