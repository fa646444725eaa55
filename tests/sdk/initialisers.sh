#!/bin/sh
# Usage: initialisers.sh READELF FOLDER     No plugin in the folder runs code of its own when it is opened: its array of
# initialisers has one entry, the compiler's. Such a plugin is opened without being tried in a child process first.
readelf=$1
folder=$2
wrong=0

set -- "$folder"/*.so
[ -e "$1" ] || { echo "$folder: no plugin" >&2; exit 1; }

for plugin in "$@"; do
  bytes=$("$readelf" -dW "$plugin" | sed -n 's/.*(INIT_ARRAYSZ) *\([0-9]*\) .*/\1/p')
  [ "$bytes" = 8 ] && continue
  echo "$plugin has $bytes bytes of initialisers" >&2
  wrong=1
done
exit $wrong
