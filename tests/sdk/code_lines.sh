#!/bin/sh
# Usage: code_lines.sh MOST FILE    The file has so many lines of code at most: those not blank and no comment.
lines=$(grep -cvE '^[[:space:]]*(//.*)?$' "$2")
[ "$lines" -le "$1" ] && exit 0
echo "$2 has $lines lines of code; $1 is the most" >&2
exit 1
