#!/usr/bin/env bash
# One wrong line for each rule of tools/layers, and beside it the right ones that must pass.
#
# Usage: layers_test.sh LAYERS            LAYERS: the script to test
set -euo pipefail

layers=$(realpath "$1")
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
cd "$tree"

file() { mkdir -p "$(dirname "$1")" && cat >"$1"; }

# What is allowed.
file sdk/include/mealsync/row.hpp <<<$'#include <vector>\n#include <stdint.h>\n#include <mealsync/abi.h>'
file core/finding/render.cpp <<<$'#include <finding/render.hpp>\n#include <mealsync/rule.hpp>'
file core/catalog/catalog.cpp <<<$'#include <dlfcn.h>\n#include <boost/dll/shared_library.hpp>'
file core/notify/notify.cpp <<<$'#include <curl/curl.h>\n#include <pipeline/pipeline.hpp>'
file core/journal/journal.cpp <<<$'#include <sqlite3.h>\n#include <finding/finding.hpp>'
file plugins/campus/store/store.cpp <<<$'#include <sqlite3.h>\n#include <eligibility/decision.hpp>'
file plugins/campus/oneroster/table.cpp <<<$'#include <zip.h>\n#include <formats/splitter.hpp>\n#include <campus/store/store.hpp>'
file plugins/formats/scanner.hpp <<<'#include <emmintrin.h>'
file tools/mealsync/load.cpp <<<'#include <campus/oneroster/load.hpp>'
file tools/mealsync/command.hpp <<<'#include <string>'
file tools/mealsync/campus.cpp <<<$'#include "command.hpp"\n#include <campus/store/store.hpp>\n#include <iostream>'
file tests/core/any_test.cpp <<<$'#include <gtest/gtest.h>\n#include <sqlite3.h>\n#include <campus/store/store.hpp>'
file tests/micro/any.cpp <<<$'#include <benchmark/benchmark.h>\n#include <engine/run.hpp>\n#include <campus/store/store.hpp>'
file core/finding/quiet.cpp <<'CODE'
// printf("a comment"), std::cout
/* #include <campus/store/store.hpp>
 */
const char* text = "std::cerr";
const char quote = '"';  // std::cout
const char* code = R"x(
#include <pugixml.hpp>
)x";
int n = std::snprintf(buffer, size, "%d", n);
CODE

"$layers" "$tree" || { echo "what is allowed is refused" >&2 && exit 1; }

# What is not.
file sdk/include/mealsync/abi.h <<<$'#include <stdint.h>\n#include <unistd.h>\n#include <finding/finding.hpp>'
file core/finding/finding.cpp <<<$'#include <mealsync/rule.hpp>\n#include <pipeline/pipeline.hpp>'
file core/pipeline/read.cpp <<<$'#include <pugixml.hpp>\n#include <pugixml/x.hpp>\n#include "../engine/run.hpp"'
file core/engine/run.cpp <<<$'#include <oneapi/tbb/task.h>\n#include <boost/dll.hpp>\n#include <files/local_file.hpp>'
file core/catalog/names.cpp <<<$'// not match_student, but match_students\nint cep_filter;'
file core/helpers/any.cpp <<<'#include <string>'
file plugins/eligibility/merge.cpp <<<$'#include <campus/store/store.hpp>\n#include <sqlite3.h>'
file plugins/campus/match.cpp <<<$'#include <formats/splitter.hpp>\n#include <zip.h>\n#include <emmintrin.h>'
file plugins/formats/csv.cpp <<<$'#include <finding/finding.hpp>\n  #  include <lua/lua.h>\nvoid f() { std::cout << 1; }'
file plugins/reports/text.cpp <<<$'void f() {\n  std::printf("%d", 1);\n  fprintf (file, "");\n}'
file tools/generator/main.cpp <<<$'#include <engine/run.hpp>\n#include <campus/store/store.hpp>\n#include <gtest/gtest.h>\n#include <benchmark/benchmark.h>'

file expected <<'FAULTS'
sdk/include/mealsync/abi.h:2: 'unistd.h' is included by the sdk, which knows the standard library and itself only
sdk/include/mealsync/abi.h:3: 'finding/finding.hpp' is included by the sdk, which knows the standard library and itself only
core/catalog/names.cpp:1: 'match_student' is a plugin's stage: core knows none
core/catalog/names.cpp:2: 'cep_filter' is a plugin's stage: core knows none
core/engine/run.cpp:2: 'boost/dll.hpp' has its door in core/catalog
core/engine/run.cpp:3: 'files/local_file.hpp' is of plugins/files, which core/engine may not include
core/engine/run.cpp:3: 'local_file' is a plugin's stage: core knows none
core/finding/finding.cpp:2: 'pipeline/pipeline.hpp' is of core/pipeline, which core/finding may not include
core/helpers/any.cpp:1: 'core/helpers' is not in the tables of tools/layers
core/pipeline/read.cpp:3: '../engine/run.hpp' goes up by '..': name it from its layer's root
plugins/campus/match.cpp:1: 'formats/splitter.hpp' is of plugins/formats, which plugins/campus may not include
plugins/campus/match.cpp:2: 'zip.h' has its door in core/engine and plugins/campus/oneroster
plugins/campus/match.cpp:3: 'emmintrin.h' has its door in plugins/formats
plugins/eligibility/merge.cpp:1: 'campus/store/store.hpp' is of plugins/campus, which plugins/eligibility may not include
plugins/eligibility/merge.cpp:2: 'sqlite3.h' has its door in core/journal and plugins/campus/store and tools/benchmark
plugins/formats/csv.cpp:1: 'finding/finding.hpp' is of core/finding, which plugins/formats may not include
plugins/formats/csv.cpp:2: 'lua/lua.h' is of no known layer: a new library needs a door in tools/layers
plugins/formats/csv.cpp:3: 'std::cout' prints: a library gives findings
plugins/reports/text.cpp:2: 'printf' prints: a library gives findings
plugins/reports/text.cpp:3: 'fprintf' prints: a library gives findings
tools/generator/main.cpp:2: 'campus/store/store.hpp' is of plugins/campus, which tools/generator may not include
tools/generator/main.cpp:3: 'gtest/gtest.h' has its door in tests
tools/generator/main.cpp:4: 'benchmark/benchmark.h' has its door in tests
FAULTS

code=0
"$layers" "$tree" >found || code=$?
diff -u expected found
((code == 1)) || { echo "exit code $code, not 1, for a tree with faults" >&2 && exit 1; }
