/* Stages that break the contract of abi.h, each in one way. */
#include <mealsync/abi.h>

#define TEXT(s) \
  { s, sizeof(s) - 1 }
#define MOST_COLUMNS 8

static ms_status declare(const ms_field* input, size_t input_count, uint32_t used, const ms_host* host) {
  ms_port ports[MOST_COLUMNS];
  const ms_plan planned = {.size = sizeof planned,
                           .port_count = (uint32_t)input_count,
                           .ports = ports,
                           .used = &used,
                           .used_count = used == MS_NO_COLUMN ? 0 : 1};
  for (uint32_t i = 0; i < input_count && i < MOST_COLUMNS; ++i)
    ports[i] = (ms_port){input[i], i};
  host->declare(host->self, &planned);
  return MS_OK;
}

static ms_status plan(const ms_setting* settings, size_t setting_count, const ms_field* input,
                      size_t input_count, const ms_host* host) {
  (void)settings, (void)setting_count;
  return declare(input, input_count, MS_NO_COLUMN, host);
}
static ms_status plan_beyond(const ms_setting* settings, size_t setting_count, const ms_field* input,
                             size_t input_count, const ms_host* host) {
  (void)settings, (void)setting_count;
  return declare(input, input_count, 99, host);
}
static ms_status plan_and_fail(const ms_setting* settings, size_t setting_count, const ms_field* input,
                               size_t input_count, const ms_host* host) {
  (void)settings, (void)setting_count;
  (void)declare(input, input_count, MS_NO_COLUMN, host);
  return MS_FAILED;
}
static ms_status plan_nothing(const ms_setting* settings, size_t setting_count, const ms_field* input,
                              size_t input_count, const ms_host* host) {
  (void)settings, (void)setting_count, (void)input, (void)input_count, (void)host;
  return MS_OK;
}

static ms_status create(const ms_setting* settings, size_t setting_count, const ms_field* input,
                        size_t input_count, const ms_run* run, const ms_host* host, void** handle) {
  (void)settings, (void)setting_count, (void)input, (void)input_count, (void)run, (void)host, (void)handle;
  return MS_OK;
}
static ms_status create_and_end(const ms_setting* settings, size_t setting_count, const ms_field* input,
                                size_t input_count, const ms_run* run, const ms_host* host, void** handle) {
  (void)settings, (void)setting_count, (void)input, (void)input_count, (void)run, (void)host, (void)handle;
  return MS_END;
}
static void destroy(void* handle) {
  (void)handle;
}

static ms_status take(void* handle, const ms_batch* batch, const ms_host* host) {
  (void)handle, (void)batch, (void)host;
  return MS_OK;
}
static ms_status take_and_end(void* handle, const ms_batch* batch, const ms_host* host) {
  (void)handle, (void)batch, (void)host;
  return MS_END;
}
static ms_status take_and_fail(void* handle, const ms_batch* batch, const ms_host* host) {
  (void)handle, (void)batch, (void)host;
  return MS_FAILED;
}
static ms_status take_and_answer_nine(void* handle, const ms_batch* batch, const ms_host* host) {
  (void)handle, (void)batch, (void)host;
  return 9;
}
static ms_status emit_a_column_less(void* handle, const ms_batch* batch, const ms_host* host) {
  ms_batch narrow = *batch;
  (void)handle;
  --narrow.column_count;
  (void)host->emit(host->self, &narrow);
  return MS_OK;
}
static ms_status refuse_and_go_on(void* handle, const ms_batch* batch, const ms_host* host) {
  const ms_finding refusal = {
      .size = sizeof refusal, .code = 10031, .severity = MS_REFUSAL, .message = TEXT("I refuse")};
  (void)handle;
  host->report(host->self, &refusal);
  return host->emit(host->self, batch);
}
static ms_status emit_from_a_sink(void* handle, const ms_batch* batch, const ms_host* host) {
  (void)handle;
  return host->emit(host->self, batch);
}
static ms_status commit(void* handle, const ms_summary* so_far, const ms_host* host) {
  (void)handle, (void)so_far, (void)host;
  return MS_OK;
}

#define TRANSFORM(words, plans, creates, processes)                                                        \
  {                                                                                                        \
    .size = sizeof(ms_stage), .role = MS_TRANSFORM, .name = TEXT(words), .plan = plans, .create = creates, \
    .destroy = destroy, .process = processes                                                               \
  }
#define SINK(words, writes)                                                                         \
  {                                                                                                 \
    .size = sizeof(ms_stage), .role = MS_SINK, .name = TEXT(words), .plan = plan, .create = create, \
    .destroy = destroy, .write = writes, .commit = commit                                           \
  }

static const ms_stage stages[] = {
    TRANSFORM("plans_nothing", plan_nothing, create, take),
    TRANSFORM("plans_and_fails", plan_and_fail, create, take),
    TRANSFORM("plans_beyond", plan_beyond, create, take),
    TRANSFORM("ends_in_create", plan, create_and_end, take),
    TRANSFORM("ends_in_process", plan, create, take_and_end),
    TRANSFORM("fails_in_process", plan, create, take_and_fail),
    TRANSFORM("answers_nine", plan, create, take_and_answer_nine),
    TRANSFORM("emits_a_column_less", plan, create, emit_a_column_less),
    TRANSFORM("refuses_and_goes_on", plan, create, refuse_and_go_on),
    SINK("emits_from_a_sink", emit_from_a_sink),
    SINK("fails_in_write", take_and_fail),
};

static const ms_stage* stage(size_t index) {
  return index < sizeof stages / sizeof *stages ? &stages[index] : NULL;
}

MS_LABEL(
    "lawless\t1\n"
    "transform\tplans_nothing\t\n"
    "transform\tplans_and_fails\t\n"
    "transform\tplans_beyond\t\n"
    "transform\tends_in_create\t\n"
    "transform\tends_in_process\t\n"
    "transform\tfails_in_process\t\n"
    "transform\tanswers_nine\t\n"
    "transform\temits_a_column_less\t\n"
    "transform\trefuses_and_goes_on\t\n"
    "sink\temits_from_a_sink\t\n"
    "sink\tfails_in_write\t\n");

const ms_plugin MS_ABI_SYMBOL = {sizeof(ms_plugin), MS_ABI_MAJOR, MS_ABI_MINOR,
                                 TEXT("lawless"),   TEXT("1"),    stage};
