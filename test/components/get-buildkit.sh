#!/usr/bin/env bash
# usage: get-buildkit.sh DIR
# Makes DIR/buildx (0.37.2), DIR/buildkitd and DIR/buildctl (0.33.1) from their Go modules, which go checks against its checksum
# database, and DIR/runc: a link to the machine's, else taken out of the distribution's package without installing it. Needs Go and apt.
set -euo pipefail
dir=$(mkdir -p "${1:?usage: $0 DIR}" && cd "$1" && pwd)
export CGO_ENABLED=0 GOFLAGS=-buildvcs=false
buildx=v0.37.2 buildkit=v0.33.1
if [ ! -x "$dir/buildx" ]; then
  GOBIN=$dir/.new go install -trimpath -ldflags "-s -w -X github.com/docker/buildx/version.Version=$buildx" \
    "github.com/docker/buildx/cmd/buildx@$buildx"
  mv "$dir/.new/buildx" "$dir/buildx"
fi
if [ ! -x "$dir/buildctl" ]; then
  # Its go.mod excludes a version, which `go install` refuses: it is compiled where the module lies.
  source=$(cd / && go mod download -json "github.com/moby/buildkit@$buildkit" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
  mkdir -p "$dir/.new"
  go build -C "$source" -trimpath -ldflags "-s -w -X github.com/moby/buildkit/version.Version=$buildkit" \
    -o "$dir/.new/" ./cmd/buildkitd ./cmd/buildctl
  mv "$dir/.new/buildkitd" "$dir/buildkitd"
  mv "$dir/.new/buildctl" "$dir/buildctl"
fi
if [ ! -x "$dir/runc" ]; then
  if installed=$(command -v runc); then
    ln -s "$installed" "$dir/runc"
  else
    (cd "$dir" && apt-get -qq download runc && dpkg-deb --fsys-tarfile runc_*.deb | tar -x --strip-components=3 ./usr/sbin/runc)
  fi
fi
"$dir/buildx" version
"$dir/buildkitd" --version
"$dir/runc" --version | head -n 1
