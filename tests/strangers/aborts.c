/* A plugin that breaks down as soon as it is opened; a definition chooses by which of the loader's ways. */
#include <stdlib.h>

#include "calm.h"

void mealsync_break_down(void);

#if defined(BY_CONSTRUCTOR)
__attribute__((constructor))
#endif
void mealsync_break_down(void) {
  abort();
}

#if defined(BY_RESOLVER)
static void (*resolve(void))(void) {
  __builtin_trap(); /* so early no function of another library can be called */
}
__attribute__((ifunc("resolve"))) void mealsync_resolved(void);
void (*mealsync_use)(void) = mealsync_resolved;
#endif

MS_LABEL(
    "aborts\t1\n"
    "sink\tcalm\tTakes every record.\n");

const ms_plugin MS_ABI_SYMBOL = {sizeof(ms_plugin), MS_ABI_MAJOR, MS_ABI_MINOR,
                                 TEXT("aborts"),    TEXT("1"),    stage};
