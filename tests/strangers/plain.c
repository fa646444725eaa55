/* A whole plugin in C: a source of three rows. */
#include <mealsync/abi.h>
#include <stdlib.h>

#define TEXT(s) \
  { s, sizeof(s) - 1 }

static ms_status plan(const ms_setting* settings, size_t setting_count, const ms_field* input,
                      size_t input_count, const ms_host* host) {
  const ms_port number = {{TEXT("number"), TEXT("From 1."), MS_INT, 0, TEXT(""), NULL}, MS_NO_COLUMN};
  const ms_plan planned = {.size = sizeof planned, .port_count = 1, .ports = &number};
  (void)settings, (void)setting_count, (void)input, (void)input_count;
  host->declare(host->self, &planned);
  return MS_OK;
}

static ms_status create(const ms_setting* settings, size_t setting_count, const ms_field* input,
                        size_t input_count, const ms_run* run, const ms_host* host, void** handle) {
  (void)settings, (void)setting_count, (void)input, (void)input_count, (void)run, (void)host;
  *handle = malloc(1);
  return MS_OK;
}

static void destroy(void* handle) {
  free(handle);
}

static ms_status produce(void* handle, const ms_host* host) {
  const int64_t numbers[] = {1, 2, 3};
  const uint64_t places[] = {1, 2, 3};
  const ms_column number = {NULL, numbers};
  const ms_batch batch = {sizeof batch, 1, 3, places, &number, NULL, 0};
  const ms_status status = host->emit(host->self, &batch);
  (void)handle;
  return status == MS_OK ? MS_END : status;
}

static const ms_stage three = {.size = sizeof three,
                               .role = MS_SOURCE,
                               .name = TEXT("three"),
                               .summary = TEXT("Gives three rows."),
                               .plan = plan,
                               .create = create,
                               .destroy = destroy,
                               .produce = produce};

static const ms_stage* stage(size_t index) {
  return index == 0 ? &three : NULL;
}

MS_LABEL(
    "plain\t1\n"
    "source\tthree\tGives three rows.\n");

const ms_plugin MS_ABI_SYMBOL = {sizeof(ms_plugin), MS_ABI_MAJOR, MS_ABI_MINOR,
                                 TEXT("plain"),     TEXT("1"),    stage};
