/* A plugin that runs nothing itself, and is linked with a library that may. */
#include "calm.h"

void mealsync_break_down(void);

static const ms_stage* lean(size_t index) {
  if (index > 1) mealsync_break_down();
  return stage(index);
}

MS_LABEL(
    "leans\t1\n"
    "sink\tcalm\tTakes every record.\n");

const ms_plugin MS_ABI_SYMBOL = {sizeof(ms_plugin), MS_ABI_MAJOR, MS_ABI_MINOR,
                                 TEXT("leans"),     TEXT("1"),    lean};
