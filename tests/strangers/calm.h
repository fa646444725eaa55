/* calm.h -- a sink in C that takes every record and does nothing, for plugins that are wrong in something else. */
#include <mealsync/abi.h>

#define TEXT(s) \
  { s, sizeof(s) - 1 }

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
static ms_status take(void* handle, const ms_batch* batch, const ms_host* host) {
  (void)handle, (void)batch, (void)host;
  return MS_OK;
}
static ms_status commit(void* handle, const ms_summary* so_far, const ms_host* host) {
  (void)handle, (void)so_far, (void)host;
  return MS_OK;
}

static const ms_stage calm = {.size = sizeof calm,
                              .role = MS_SINK,
                              .name = TEXT("calm"),
                              .summary = TEXT("Takes every record."),
                              .plan = plan,
                              .create = create,
                              .destroy = destroy,
                              .write = take,
                              .commit = commit};

static const ms_stage* stage(size_t index) {
  return index == 0 ? &calm : NULL;
}
