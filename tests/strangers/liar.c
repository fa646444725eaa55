/* A plugin whose label and table differ; a definition chooses how. */
#include "calm.h"

#if defined(A_STAGE_LESS)
MS_LABEL(
    "liar\t1\n"
    "sink\tcalm\tTakes every record.\n");
#elif defined(A_STAGE_MORE)
MS_LABEL(
    "liar\t1\n"
    "sink\tcalm\tTakes every record.\n"
    "sink\tcalmer\tTakes every record.\n");
#elif !defined(NO_LABEL)
MS_LABEL(
    "liar\t1\n"
    "sink\tcalm\tTakes every record.\n");
#endif

#if defined(A_STAGE_LESS)
static const ms_stage* every_stage(size_t index) {
  return stage(index > 0 ? index - 1 : 0);
}
#else
#define every_stage stage
#endif

#if defined(NEWER_TABLE)
#define MINOR (MS_ABI_MINOR + 1)
#else
#define MINOR MS_ABI_MINOR
#endif

const ms_plugin MS_ABI_SYMBOL = {sizeof(ms_plugin), MS_ABI_MAJOR, MINOR,
                                 TEXT("liar"),      TEXT("1"),    every_stage};
