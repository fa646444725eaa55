/* A stage of the role ROLE that has none of its verbs. */
#include <mealsync/abi.h>

static ms_status plan(const ms_setting* settings, size_t setting_count, const ms_field* input,
                      size_t input_count, const ms_host* host) {
  (void)settings, (void)setting_count, (void)input, (void)input_count, (void)host;
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

static const ms_stage unable = {.size = sizeof unable,
                                .role = ROLE,
                                .name = {"unable", 6},
                                .plan = plan,
                                .create = create,
                                .destroy = destroy};

static const ms_stage* stage(size_t index) {
  return index == 0 ? &unable : NULL;
}

MS_LABEL("unable\t1\n" LABELLED_ROLE "\tunable\t\n");

const ms_plugin MS_ABI_SYMBOL = {sizeof(ms_plugin), MS_ABI_MAJOR, MS_ABI_MINOR,
                                 {"unable", 6},     {"1", 1},     stage};
