#!/usr/bin/env bash
# Makes DIR a Python environment that has the library "packaging", whose rules for file names PyPI follows.
set -euo pipefail
dir=$(mkdir -p "${1:?usage: $0 DIR}" && cd "$1" && pwd); version=26.3
if [ ! -f "$dir/done-$version" ]; then
  python3 -m venv "$dir"
  "$dir/bin/pip" -q --disable-pip-version-check install "packaging==$version"
  touch "$dir/done-$version"
fi
