/* A plugin that was linked without a library that it needs. */
#include <mealsync/abi.h>

const ms_stage* stage_of_a_missing_library(size_t index);

MS_LABEL(
    "undefined\t1\n"
    "source\tundefined\t\n");

const ms_plugin MS_ABI_SYMBOL = {sizeof(ms_plugin), MS_ABI_MAJOR, MS_ABI_MINOR,
                                 {"undefined", 9},  {"1", 1},     stage_of_a_missing_library};
