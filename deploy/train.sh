#!/usr/bin/env bash
# Makes the start-up archives that go into the images (docs/adr/0015): unpacks each image, starts its service with the
# image's own Java until it is ready, and stops it, upon which Java writes what it has loaded.
#   deploy/train.sh MODULE ...      reads MODULE/target/MODULE-image.tar, writes MODULE/target/start.aot
# A service other than the relay and the load agent needs Kafka: all-in-one, which is trained first, lends its own.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; wait; rm -rf "$work"' EXIT
# Where the services listen meanwhile; nothing else knows of them.
port=${GRANDSTAND_TRAIN_PORT:-28080}
kafka=$((port + 9))

unpack() { # module
    local root=$work/$1/root layer
    mkdir -p "$root"
    tar -C "$work/$1" -xf "$1/target/$1-image.tar"
    for layer in $(tar -xOf "$1/target/$1-image.tar" manifest.json | grep -o '[0-9a-f]*\.tar\.gz'); do
        tar -C "$root" -xzf "$work/$1/$layer" --no-same-owner --warning=no-unknown-keyword
        rm "$work/$1/$layer"
    done
    # Whoever cannot run what is in the image (another system or processor) builds without archives.
    "$root/opt/java/openjdk/bin/java" -version >/dev/null 2>&1 || {
        echo "  $1: this machine cannot run the image's Java; it goes without a start-up archive" >&2
        return 1
    }
}

# What the image is started with, too.
arguments() { # module
    [ "$1" != load-agent ] || echo agent
}

# The flags must be the image's, or Java would not take the archive later; its folder may be another.
start() { # module variables ...
    local module=$1 root=$work/$1/root
    shift
    env "$@" "GRANDSTAND_DATA_DIR=$work/data" "$root/opt/java/openjdk/bin/java" \
        "-XX:AOTCacheOutput=$work/$module/start.aot" -XX:+UseG1GC --enable-native-access=ALL-UNNAMED \
        --sun-misc-unsafe-memory-access=allow -Xmx512m -cp "$(sed "s#/app/#$root/app/#g" "$root/app/jib-classpath-file")" \
        "$(cat "$root/app/jib-main-class-file")" $(arguments "$module") >"$work/$module/log" 2>&1 &
    pids+=($!)
}

is_ready() { # port
    local answer
    { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 1
    printf 'GET /health/ready HTTP/1.0\r\n\r\n' >&3
    read -r answer <&3 || answer=
    exec 3>&-
    [[ $answer == *" 200"* ]]
}

await() { # module port
    for _ in $(seq 1200); do
        ! is_ready "$2" || return 0
        kill -0 "${pids[-1]}" 2>/dev/null || break
        sleep 0.1
    done
    tail -n 20 "$work/$1/log" >&2
    echo "train.sh: $1 did not get ready" >&2
    exit 1
}

finish() { # module pid
    kill "$2"
    wait "$2" || true
    [ -s "$work/$1/start.aot" ] || {
        tail -n 20 "$work/$1/log" >&2
        echo "train.sh: Java wrote no archive for $1" >&2
        exit 1
    }
    install -m 644 "$work/$1/start.aot" "$1/target/start.aot"
    rm -rf "${work:?}/$1"
    echo "  $1: $(du -h "$1/target/start.aot" | cut -f 1) start-up archive" >&2
}

train() { # module port variables ...
    local module=$1 at=$2
    shift 2
    unpack "$module" || return 0
    start "$module" "$@"
    await "$module" "$at"
    finish "$module" "${pids[-1]}"
}

broker=
for module in "$@"; do
    if [ "$module" = all-in-one ] && unpack "$module"; then
        start "$module" "GRANDSTAND_SIGNALING_PORT=$port" "GRANDSTAND_KAFKA_PORT=$kafka" GRANDSTAND_RELAY_PORT=0 \
            GRANDSTAND_ROOM_PORT=0 GRANDSTAND_CHAT_PORT=0 GRANDSTAND_ALLOCATOR_PORT=0
        broker=${pids[-1]}
        await "$module" "$port"
    fi
done
at=$((port + 1))
for module in "$@"; do
    case $module in
        all-in-one) ;;
        media-relay) train "$module" "$at" "GRANDSTAND_RELAY_HEALTH_PORT=$at" GRANDSTAND_RELAY_HOST=127.0.0.1 GRANDSTAND_RELAY_PORT=0 \
            GRANDSTAND_RELAY_REHEARSAL=true ;;
        load-agent) train "$module" "$at" "GRANDSTAND_AGENT_PORT=$at" ;;
        *)
            name=${module%-svc}
            name=${name#media-}
            [ -n "$broker" ] || continue
            train "$module" "$at" "GRANDSTAND_KAFKA=127.0.0.1:$kafka" "GRANDSTAND_${name^^}_PORT=$at"
            ;;
    esac
    at=$((at + 1))
done
[ -z "$broker" ] || finish all-in-one "$broker"
