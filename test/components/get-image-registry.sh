#!/usr/bin/env bash
# usage: get-image-registry.sh DIR
# Makes DIR/registry, a registry for images (distribution 3.1.2), from its Go module, which go checks against its checksum database. Needs Go.
set -euo pipefail
dir=$(mkdir -p "${1:?usage: $0 DIR}" && cd "$1" && pwd)
version=v3.1.2
if [ ! -x "$dir/registry" ]; then
  CGO_ENABLED=0 GOFLAGS=-buildvcs=false GOBIN=$dir/.new go install -trimpath -ldflags "-s -w -X github.com/distribution/distribution/v3/version.version=$version" \
    "github.com/distribution/distribution/v3/cmd/registry@$version"
  mv "$dir/.new/registry" "$dir/registry"
fi
"$dir/registry" --version
