#!/usr/bin/env bash
# The sample district's files are what tools/make_sample writes.
#
# Usage: sample_test.sh MAKE_SAMPLE SAMPLE
set -euo pipefail

written=$(mktemp -d)
trap 'rm -rf "$written"' EXIT

"$1" "$written"
for file in campus.sql IC_Eligibility.txt README.md; do
  diff --text -u "$2/$file" "$written/$file"
done
