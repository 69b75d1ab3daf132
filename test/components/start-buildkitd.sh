#!/usr/bin/env bash
# usage: start-buildkitd.sh BIN DIR PORT [KEY VALUE]...
# Starts BIN/buildkitd (get-buildkit.sh) with BIN/runc on tcp://127.0.0.1:PORT and unix://DIR/buildkitd.sock, its state in DIR; prints its pid.
# Further pairs go into its [grpc.tls] table: cert, key, ca. A plain http registry may be at any port of 127.0.0.1. Root only. Stop: kill the pid.
set -euo pipefail
bin=$(cd "${1:?usage: $0 BIN DIR PORT [KEY VALUE]...}" && pwd)
dir=$(mkdir -p "${2:?}" && cd "$2" && pwd)
port=${3:?}
shift 3
{
  printf 'root = "%s/state"\n[grpc]\n  address = ["tcp://127.0.0.1:%s", "unix://%s/buildkitd.sock"]\n' "$dir" "$port" "$dir"
  [ $# -eq 0 ] || printf '  [grpc.tls]\n'
  while [ $# -gt 1 ]; do printf '    %s = "%s"\n' "$1" "$2"; shift 2; done
  printf '[worker.containerd]\n  enabled = false\n[worker.oci]\n  enabled = true\n  binary = "%s/runc"\n  snapshotter = "%s"\n' "$bin" "${SNAPSHOTTER:-overlayfs}"
} > "$dir/buildkitd.toml"
setsid nohup "$bin/buildkitd" --config "$dir/buildkitd.toml" > "$dir/buildkitd.log" 2>&1 < /dev/null &
pid=$!
for _ in $(seq 300); do
  if grep -q 'running server on' "$dir/buildkitd.log"; then echo "$pid"; exit 0; fi
  if ! kill -0 "$pid" 2> /dev/null; then break; fi
  sleep 0.1
done
cat "$dir/buildkitd.log" >&2
exit 1
