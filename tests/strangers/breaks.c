/* No plugin: a library that aborts as soon as it is opened. */
#include <stdlib.h>

void mealsync_break_down(void);

__attribute__((constructor)) void mealsync_break_down(void) {
  abort();
}
