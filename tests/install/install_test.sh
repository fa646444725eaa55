#!/usr/bin/env bash
# Installs what is built, moves it, builds the plugin in acme/ against it, and runs the program that lies there.
#
# Usage: install_test.sh CMAKE SOURCE BUILD CXX    SOURCE, BUILD: this tree, which no installed text may name
set -euo pipefail
umask 022

cmake=$1 source=$(realpath "$2") build=$(realpath "$3") cxx=$4
acme=$(dirname "$(realpath "${BASH_SOURCE[0]}")")/acme
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
unset MEALSYNC_PLUGINS DESTDIR
export HOME=$place XDG_STATE_HOME=$place/state

fail() { echo "install_test: $*" >&2 && exit 1; }
# quiet COMMAND…: what it says matters only where it fails.
quiet() { "$@" >log 2>&1 || { cat log >&2 && fail "failed: $*"; }; }
# expect WHAT WORDS TEXT: the text has the words.
expect() { [[ $3 == *"$2"* ]] || fail "$1: no '$2' in: $3"; }

quiet "$cmake" --install "$build" --prefix "$place/first"
mv first mealsync
tree=$place/mealsync
library=$(dirname "$(dirname "$(find "$tree" -name mealsync_null.so)")") # lib/mealsync

for file in bin/mealsync include/mealsync/sdk.hpp include/mealsync/trial.hpp share/mealsync/pipelines/kentucky/codes.xml \
  share/doc/mealsync/README.md share/doc/mealsync/REFERENCE.md; do
  [[ -s $tree/$file ]] || fail "there is no $file"
done
named=$(grep -rlIF -e "$source" -e "$build" -e "$place/first" "$tree" || true)
[[ -z $named ]] || fail "these name the tree they were built in: $named"
foreign=$(find "$tree" -perm /022 ! -type l)
[[ -z $foreign ]] || fail "others may change: $foreign"

# The program finds the plugins that came with it, and no others.
"$tree/bin/mealsync" describe --markdown | cmp - "$tree/share/doc/mealsync/REFERENCE.md"

# Four lines of CMake, in a folder of their own.
(($(grep -c . "$acme/CMakeLists.txt") == 4)) || fail "a stranger's whole build has four lines"
cp -r "$acme" acme
quiet "$cmake" -G Ninja -S acme -B acme/build -D CMAKE_PREFIX_PATH="$tree" -D CMAKE_CXX_COMPILER="$cxx" \
  -D CMAKE_COMPILE_WARNING_AS_ERROR=ON
quiet "$cmake" --build acme/build
plugins=acme/build
expect "The plugin from where it is built" "source.countdown " \
  "$("$tree/bin/mealsync" describe --plugins "$plugins")"

quiet "$cmake" --install acme/build --prefix "$tree"
[[ -s $library/plugins/mealsync_countdown.so ]] || fail "the plugin is not installed beside the others"
described=$("$tree/bin/mealsync" describe countdown)
expect "The plugin's version" "plugin countdown 2.3.0" "$described"
expect "Its option" "from : number, at least 1 (required)  Number to begin with." "$described"
expect "Its finding" "10001 warning  Nobody waits for …" "$described"

answer=$("$tree/bin/mealsync" run acme/countdown.xml --as-of 2016-09-06 --format json)
expect "A pipeline with it" '"status":"successful"' "$answer"
expect "Its records" '"read":3,' "$answer"

# The shipped pipeline, where it lies now.
quiet "$tree/bin/mealsync" check "$tree/share/mealsync/pipelines/sample/pos_to_campus.xml"

# A ready pipeline, found by the program where both lie now.
quiet "$tree/bin/mealsync" campus init campus.db
expect "A report" "No record has dates outside its school year." \
  "$("$tree/bin/mealsync" report transposed --campus campus.db --school-year 2016-17)"

# The test kit, without CMake.
quiet "$cxx" -std=c++20 -Wall -Wextra -Werror -I"$tree/include" \
  -DMEALSYNC_PLUGIN_NAME='"countdown"' -DMEALSYNC_PLUGIN_VERSION='"2.3.0"' \
  acme/countdown.cpp acme/countdown_trial.cpp -o trial
./trial
