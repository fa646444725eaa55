#!/usr/bin/env bash
# Installs the packages of package-lock.json into a folder, unless they are there.
#
# Usage: packages.sh FOLDER
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
mkdir -p "$1"
cd "$1"
cmp -s "$here/package-lock.json" package-lock.json && [[ -e installed ]] && exit 0
rm -f installed
cp "$here/package.json" "$here/package-lock.json" .
npm ci --no-audit --no-fund
touch installed
