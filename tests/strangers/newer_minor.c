/* A plugin that knows more of this major than the program does. */
#include <mealsync/abi.h>

static const ms_stage* stage(size_t index) {
  (void)index;
  return NULL;
}

const ms_plugin MS_ABI_SYMBOL = {sizeof(ms_plugin), MS_ABI_MAJOR, MS_ABI_MINOR + 1,
                                 {"newer", 5},      {"1", 1},     stage};
