# What every target of this tree is compiled with. Not installed: strangers choose their own warnings.
add_library(mealsync_strict INTERFACE)
target_compile_options(mealsync_strict INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Wold-style-cast>)
# g++ 12 at -O3 takes "a" + std::to_string(n) for a copy over itself: its bug 105651.
target_compile_options(mealsync_strict INTERFACE
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-restrict>)
if(MEALSYNC_SANITIZE)
  target_compile_options(mealsync_strict INTERFACE -fsanitize=${MEALSYNC_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(mealsync_strict INTERFACE -fsanitize=${MEALSYNC_SANITIZE})
endif()

# mealsync_library(<folder> SOURCES ... [LINKS ...])  One folder, one target: mealsync::<folder>.
function(mealsync_library folder)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS")
  list(TRANSFORM arg_SOURCES PREPEND ${folder}/)
  add_library(mealsync_${folder} STATIC ${arg_SOURCES})
  add_library(mealsync::${folder} ALIAS mealsync_${folder})
  target_compile_features(mealsync_${folder} PUBLIC cxx_std_20)
  target_include_directories(mealsync_${folder} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(mealsync_${folder} PUBLIC ${arg_LINKS} PRIVATE mealsync_strict)
  set_target_properties(mealsync_${folder} PROPERTIES CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON)
endfunction()

# mealsync_test(<name> SOURCES ... [LINKS ...])  One folder of tests, one program, one label.
function(mealsync_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS")
  add_executable(${name}_tests ${arg_SOURCES})
  target_compile_features(${name}_tests PRIVATE cxx_std_20)
  target_link_libraries(${name}_tests PRIVATE ${arg_LINKS} GTest::gmock_main mealsync_strict)
  set_target_properties(${name}_tests PROPERTIES CXX_EXTENSIONS OFF)
  # A test is compiled more often than it would gain by running faster: this halves the compiler's time.
  target_compile_options(${name}_tests PRIVATE $<$<CONFIG:RelWithDebInfo>:-O0>)
  gtest_discover_tests(${name}_tests PROPERTIES LABELS ${name} TIMEOUT 60 DISCOVERY_TIMEOUT 60)
endfunction()
