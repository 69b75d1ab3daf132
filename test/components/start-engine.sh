#!/usr/bin/env bash
# usage: start-engine.sh ENGINE BUILDKIT DIR
# Starts ENGINE/bin/dockerd (get-engine.sh) with BUILDKIT/runc (get-buildkit.sh) on unix://DIR/docker.sock, without bridge and iptables, and makes
# the image 127.0.0.1:9/buildkit:own of BUILDKIT's programs; prints its pid. Root only. Stop: kill it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
engine=$(cd "${1:?usage: $0 ENGINE BUILDKIT DIR}" && pwd) buildkit=$(cd "${2:?}" && pwd)
dir=$(mkdir -p "${3:?}" && cd "$3" && pwd)
printf '{"runtimes":{"within":{"path":"%s"}},"default-runtime":"within","init-path":"%s"}\n' \
  "$here/runc-within.py" "$engine/bin/docker-init" > "$dir/dockerd.json"
RUNC=$buildkit/runc PATH="$engine/bin:$buildkit:$PATH" setsid nohup "$engine/bin/dockerd" --config-file "$dir/dockerd.json" -H "unix://$dir/docker.sock" \
  --data-root "$dir/data" --exec-root "$dir/exec" --pidfile "$dir/pid" --bridge=none --iptables=false --ip6tables=false \
  > "$dir/dockerd.log" 2>&1 < /dev/null &
pid=$!
for _ in $(seq 300); do
  if grep -q 'API listen on' "$dir/dockerd.log"; then break; fi
  if ! kill -0 "$pid" 2> /dev/null; then cat "$dir/dockerd.log" >&2; exit 1; fi
  sleep 0.1
done
root=$dir/image
mkdir -p "$root/usr/bin" "$root/tmp" "$root/etc" "$root/run"
cp -L "$buildkit/buildkitd" "$buildkit/buildctl" "$buildkit/runc" "$root/usr/bin/"
for library in $(ldd "$buildkit/runc" | grep -o '/[^ ]*'); do
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done
tar -C "$root" -c . | "$engine/bin/docker" -H "unix://$dir/docker.sock" import -c 'ENTRYPOINT ["buildkitd"]' -c 'ENV PATH=/usr/bin' - 127.0.0.1:9/buildkit:own > /dev/null
rm -rf "$root"
echo "$pid"
