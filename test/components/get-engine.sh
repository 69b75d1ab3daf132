#!/usr/bin/env bash
# usage: get-engine.sh DIR
# Takes a container engine (dockerd, containerd, tini) out of the distribution's packages into DIR/bin, without installing any. Needs apt.
set -euo pipefail
dir=$(mkdir -p "${1:?usage: $0 DIR}" && cd "$1" && pwd)
if [ ! -x "$dir/bin/dockerd" ]; then
  mkdir -p "$dir/debs" "$dir/.new"
  (cd "$dir/debs" && apt-get -qq download docker.io containerd tini)
  for package in "$dir"/debs/*.deb; do dpkg-deb -x "$package" "$dir/.new"; done
  mkdir -p "$dir/.bin"
  find "$dir/.new/usr/bin" "$dir/.new/usr/sbin" -type f -perm -u+x -exec mv -t "$dir/.bin" {} +
  rm -rf "$dir/.new" "$dir/debs"
  [ -x "$dir/.bin/docker-init" ] || ln -s tini-static "$dir/.bin/docker-init"
  mv "$dir/.bin" "$dir/bin"
fi
"$dir/bin/dockerd" --version
