#!/usr/bin/env bash
# tools/make_district writes the same bytes each time, and refuses what it cannot make.
#
# Usage: make_district_test.sh MAKE_DISTRICT
set -euo pipefail

make_district=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# The same district, made alone, among others, and by a Python that orders its sets in another way.
PYTHONHASHSEED=1 "$make_district" alone --seed 8
PYTHONHASHSEED=2 "$make_district" several --seed 7 --districts 2
diff -r alone several/district-8
! diff -rq several/district-7 several/district-8 >differ
grep -c "" differ >/dev/null || { echo "two seeds make one district" >&2 && exit 1; }

# The same students with a file of four times the lines.
"$make_district" longer --seed 8 --lines-per-student 4
diff -r alone/oneroster longer/oneroster
diff alone/existing.sql longer/existing.sql
diff alone/records.txt longer/records.txt
cat alone/IC_Eligibility.txt{,,,} | cmp - longer/IC_Eligibility.txt

# refuses WORDS ARGUMENT…
refuses() {
  local code=0 said
  said=$("$make_district" "${@:2}" 2>&1) || code=$?
  [[ $code == 2 && $said == *"$1"* ]] || { echo "${*:2}: exit code $code, output: $said" >&2 && exit 1; }
}

refuses "at least" small --students 100
refuses "at most 999999" large --students 1000000
refuses "positive" none --districts 0
refuses "--school-year" year --school-year 2016-18
