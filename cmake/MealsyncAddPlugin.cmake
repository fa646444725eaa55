include(GNUInstallDirs)

# mealsync_add_plugin(<name> <source>...)  Builds mealsync_<name>.so: one symbol to see, nothing of ours linked.
function(mealsync_add_plugin name)
  set(target mealsync_plugin_${name})
  add_library(${target} MODULE ${ARGN})
  target_link_libraries(${target} PRIVATE mealsync::sdk)
  target_compile_definitions(${target} PRIVATE
    MEALSYNC_PLUGIN_NAME="${name}" MEALSYNC_PLUGIN_VERSION="${PROJECT_VERSION}")
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fno-gnu-unique>)
  if(NOT MEALSYNC_SANITIZE)
    target_link_options(${target} PRIVATE -Wl,-z,defs)
  endif()
  set_target_properties(${target} PROPERTIES
    PREFIX "" OUTPUT_NAME mealsync_${name} CXX_EXTENSIONS OFF
    CXX_VISIBILITY_PRESET hidden C_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  install(TARGETS ${target} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/mealsync/plugins)
endfunction()
