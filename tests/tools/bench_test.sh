#!/usr/bin/env bash
# tools/bench measures a small district, where all programs agree; one that did otherwise would be noticed.
#
# Usage: bench_test.sh BENCH MEALSYNC
set -euo pipefail

bench=$(realpath "$1")
MEALSYNC=$(realpath "$2")
export MEALSYNC
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# measure CODE MEALSYNC OPTION…: one round of 1000 records; what is made is made once for all of them.
measure() {
  local code=0
  "$bench" 1k --rounds 1 --work work --mealsync "${@:2}" >said 2>&1 || code=$?
  [[ $code == "$1" ]] || { echo "exit code $code, not $1: ${*:2}" && cat said && exit 1; } >&2
}

# says WORDS
says() {
  grep -qF -- "$1" said || { echo "not said: $1" && cat said && exit 1; } >&2
}

measure 0 "$MEALSYNC" --peers floor,python,sqlite3 --second-load --flat --decode --keep --markdown page.md
says "1,000 rows, 187 new, 7 ended, 8 removed, 399 existing, 15 errors, 17 warnings, 399 cep"
says "told 1001 4, 2001 4, 3001 3, 3010 2, 3011 2, 3037 17"
says "they leave 885 eligibility rows (SHA-256 feded3fc46d84b2b…)"
says "no eligibility row is changed"
grep -q "^| mealsync | " page.md
digest=07a7796dff79f4015102028d3e0dc5e447e67f568137ac539a482c3e688cd390
sha256sum --check --quiet <<<"$digest  work/1k/data/IC_Eligibility.txt"

# Two of the databases that it kept, and one with another row.
floor=work/1k/kept/floor/ic.db campus=work/1k/kept/mealsync/campus.db
"$bench" --compare "$floor" "$campus" >said
says "885 eligibility rows are the same"
sqlite3 "$campus" "UPDATE POSEligibility SET type = 'TANF' WHERE eligibilityID = 1"
! "$bench" --compare "$floor" "$campus" >said || { echo "a changed row is not noticed" >&2 && exit 1; }
says "only in $campus: "

# A mealsync that does its work, and then something wrong.
cat >wrong <<'CODE'
#!/usr/bin/env bash
set -euo pipefail
answer=$("$MEALSYNC" "$@")
for word in "$@"; do
  path=${word#*=}
  case $WRONG,$word in
    row,campus=*) sqlite3 "$path" "UPDATE POSEligibility SET endDate = '2017-06-01' WHERE rowid = 1" ;;
    line,reports=*) sed -i 's/^\(message,,,[^,]*\),[0-9]*,error,2001,/\1,1,error,2001,/' "$path"/*.csv ;;
  esac
done
[[ $WRONG != count ]] || answer=${answer/'"new":187'/'"new":188'}
echo "$answer"
CODE
chmod +x wrong
export WRONG
for WRONG in row line count; do
  measure 1 "$PWD/wrong" --peers floor
  case $WRONG in
    row) says "DISAGREES: mealsync leaves other eligibility rows than floor" ;;
    line) says "DISAGREES: mealsync tells its codes of other lines than floor" ;;
    count) says "DISAGREES: mealsync counts 188 new, floor 187" ;;
  esac
done

# refuses WORDS ARGUMENT…
refuses() {
  local code=0
  "$bench" "${@:2}" >said 2>&1 || code=$?
  [[ $code == 2 ]] || { echo "${*:2}: exit code $code, not 2" && cat said && exit 1; } >&2
  says "$1"
}

refuses "'7x' is no size" 7x
refuses "'abacus' is no peer" --peers abacus
refuses "at least one round" --rounds 0
