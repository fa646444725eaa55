#!/bin/sh
# Usage: exported_symbols.sh NM FOLDER      Each plugin in the folder shows one symbol of ours: its constant.
# Those that use libsmbclient share one more: whose turn it is with the state that it has for the whole process.
# What the address sanitizer adds to a symbol's name is not ours.
nm=$1
folder=$2
wrong=0

set -- "$folder"/*.so
[ -e "$1" ] || { echo "$folder: no plugin" >&2; exit 1; }

for plugin in "$@"; do
  ours=$("$nm" -D -C --defined-only --format=posix "$plugin" | grep -E 'mealsync|ms_' | grep -Ev '^__odr_asan|^mealsync_share_turn ' |
    sed 's/ [A-Za-z] [0-9a-f ]*$//')
  [ "$ours" = mealsync_plugin_v1 ] && continue
  printf '%s shows:\n%s\n' "$plugin" "$ours" >&2
  wrong=1
done
exit $wrong
