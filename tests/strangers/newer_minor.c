/* A plugin that knows more of this major than the program does. */
#include <mealsync/abi.h>

enum { newer = MS_ABI_MINOR + 1 };
#undef MS_ABI_MINOR
#define MS_ABI_MINOR newer

static const ms_stage* stage(size_t index) {
  (void)index;
  return NULL;
}

MS_LABEL(
    "newer\t1\n"
    "source\tnewer\tIs newer.\tAnd says more than anyone understands.\n");

const ms_plugin MS_ABI_SYMBOL = {sizeof(ms_plugin), MS_ABI_MAJOR, MS_ABI_MINOR,
                                 {"newer", 5},      {"1", 1},     stage};
