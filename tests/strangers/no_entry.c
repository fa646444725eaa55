/* A library, and no plugin. */
int answer(void);
int answer(void) {
  return 42;
}
