#!/bin/sh
# Usage: sdk_includes.sh FOLDER     Nothing in the folder includes anything but the standard library and the SDK.
others=$(grep -rnE '^[[:space:]]*#[[:space:]]*include' "$1" |
  grep -vE '#[[:space:]]*include <(mealsync/[a-z_]+\.(h|hpp)|[a-z_]+|std(def|int)\.h)>$')
[ -z "$others" ] && exit 0
printf '%s\n' "$others" >&2
exit 1
