/* A plugin for the mealsync that comes after this one. */
#include <stdint.h>

extern const uint32_t mealsync_plugin_v2;
const uint32_t mealsync_plugin_v2 = 2;
