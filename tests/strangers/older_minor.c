/* A source of 1.2: its table ends before `committed`, and what lies behind it is something else. */
#include <mealsync/abi.h>

#define TEXT(s) \
  { s, sizeof(s) - 1 }

enum { older = 2 };
#undef MS_ABI_MINOR
#define MS_ABI_MINOR older

static ms_status plan(const ms_setting* settings, size_t setting_count, const ms_field* input,
                      size_t input_count, const ms_host* host) {
  const ms_plan planned = {.size = sizeof planned};
  (void)settings, (void)setting_count, (void)input, (void)input_count;
  host->declare(host->self, &planned);
  return MS_OK;
}

static ms_status create(const ms_setting* settings, size_t setting_count, const ms_field* input,
                        size_t input_count, const ms_run* run, const ms_host* host, void** handle) {
  (void)settings, (void)setting_count, (void)input, (void)input_count, (void)run, (void)host, (void)handle;
  return MS_OK;
}

static void destroy(void* handle) {
  (void)handle;
}

static ms_status produce(void* handle, const ms_host* host) {
  const uint64_t place = 1;
  const ms_batch batch = {.size = sizeof batch, .rows = 1, .places = &place};
  const ms_status status = host->emit(host->self, &batch);
  (void)handle;
  return status == MS_OK ? MS_END : status;
}

static ms_status something_else(void* handle, const ms_host* host) {
  (void)handle, (void)host;
  return MS_FAILED;
}

static const ms_stage older_stage = {.size = offsetof(ms_stage, committed),
                                     .role = MS_SOURCE,
                                     .name = TEXT("older"),
                                     .summary = TEXT("Gives a row."),
                                     .plan = plan,
                                     .create = create,
                                     .destroy = destroy,
                                     .produce = produce,
                                     .committed = something_else};

static const ms_stage* stage(size_t index) {
  return index == 0 ? &older_stage : NULL;
}

MS_LABEL(
    "older\t1\n"
    "source\tolder\tGives a row.\n");

const ms_plugin MS_ABI_SYMBOL = {sizeof(ms_plugin), MS_ABI_MAJOR, MS_ABI_MINOR,
                                 TEXT("older"),     TEXT("1"),    stage};
