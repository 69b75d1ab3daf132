#!/usr/bin/env bash
# Makes DIR a Python environment with the tools that read packages: "packaging", whose rules for file names PyPI follows, pip,
# and "wheel".
set -euo pipefail
dir=$(mkdir -p "${1:?usage: $0 DIR}" && cd "$1" && pwd)
packaging=26.3 pip=26.3 wheel=0.48.0
done="$dir/done-$packaging-$pip-$wheel"
if [ ! -f "$done" ]; then
  python3 -m venv "$dir"
  "$dir/bin/python" -m pip -q --disable-pip-version-check install \
    "packaging==$packaging" "pip==$pip" "wheel==$wheel"
  touch "$done"
fi
