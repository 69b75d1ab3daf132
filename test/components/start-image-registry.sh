#!/usr/bin/env bash
# usage: start-image-registry.sh BIN DIR PORT
# Starts BIN/registry (get-image-registry.sh) on 127.0.0.1:PORT in plain http, its data in DIR; prints its pid. Stop: kill it.
set -euo pipefail
bin=$(cd "${1:?usage: $0 BIN DIR PORT}" && pwd)
dir=$(mkdir -p "${2:?}" && cd "$2" && pwd)
port=${3:?}
printf '%s\n' 'version: 0.1' 'log: { level: warn }' "storage: { filesystem: { rootdirectory: \"$dir/data\" } }" "http: { addr: \"127.0.0.1:$port\" }" > "$dir/registry.yml"
setsid nohup "$bin/registry" serve "$dir/registry.yml" > "$dir/registry.log" 2>&1 < /dev/null &
pid=$!
for _ in $(seq 200); do
  if (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then echo "$pid"; exit 0; fi
  if ! kill -0 "$pid" 2> /dev/null; then break; fi
  sleep 0.1
done
cat "$dir/registry.log" >&2
exit 1
