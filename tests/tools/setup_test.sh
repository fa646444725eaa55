#!/usr/bin/env bash
# tools/setup on machines that lack this or that. Every program it meets is a stand-in that writes down how it
# was called; nothing is installed.
#
# Usage: setup_test.sh SETUP              SETUP: the script to test
set -euo pipefail

setup=$(realpath "$1")
machine=$(mktemp -d)
trap 'rm -rf "$machine"' EXIT
cd "$machine"
mkdir bin

program() { cat >"bin/$1" && chmod +x "bin/$1"; }

for name in bash cat env mktemp rm; do
  ln -s "$(command -v "$name")" "bin/$name"
done
for name in cmake ninja g++ python3 sqlite3 mlr node npm chromium pdftotext systemd-analyze openssl \
  clang++ clang-format clang-tidy; do
  program "$name" <<<'#!/usr/bin/env bash'
done
program sudo <<<$'#!/usr/bin/env bash\nexec "$@"'
program dpkg-query <<'CODE'
#!/usr/bin/env bash
[[ ${!#} != "$LACKING" ]] && echo -n installed
CODE
program apt-get <<'CODE'
#!/usr/bin/env bash
echo "$*" >>calls
[[ $* != *install* || ! -e apt-get-fails ]] || { echo "E: no such package" && exit 100; }
CODE

# expect WHAT CODE WORDS ARGUMENT…: runs tools/setup and compares exit code and output.
expect() {
  local code=0 said
  said=$(LACKING=${LACKING:-} PATH=$machine/bin "$machine/bin/bash" "$setup" "${@:4}" 2>&1) || code=$?
  [[ $code == "$2" && $said == "$3" ]] || { echo "$1: exit code $code, output: $said" >&2 && exit 1; }
}

expect "Nothing is missing" 0 ""
expect "Nothing is missing for checks" 0 "" --check-tools
expect "Nothing is missing for checks and micro benchmarks" 0 "" --check-tools --micro
expect "An unknown option" 2 "tools/setup: '--all' is not known; the options are --check-tools and --micro" --all
[[ ! -e calls ]] || { echo "apt-get was called though nothing was missing" >&2 && exit 1; }

LACKING=libbenchmark-dev
expect "What only micro benchmarks need" 0 ""
expect "It is missing for micro benchmarks" 0 "setup: installing libbenchmark-dev" --micro
rm calls

rm bin/ninja bin/clang-tidy
LACKING=libtbb-dev
expect "Two are missing" 0 "setup: installing ninja-build libtbb-dev"
diff -u - calls <<'CALLS'
-o DPkg::Lock::Timeout=300 update
-o DPkg::Lock::Timeout=300 install -y --no-install-recommends ninja-build libtbb-dev
CALLS
expect "Three are missing for checks" 0 "setup: installing ninja-build clang-tidy libtbb-dev" --check-tools

touch apt-get-fails
expect "A package cannot be installed" 1 "setup: installing ninja-build libtbb-dev
E: no such package
tools/setup: could not install ninja-build libtbb-dev"

rm bin/apt-get
expect "Not a Debian" 1 \
  "tools/setup: missing: ninja-build libtbb-dev (Debian's names); there is no apt-get here to install them"
