// The ABI has a memory: a number here changes only with MS_ABI_MINOR, and only by growing a struct at its
// end.
#include <mealsync/abi.h>

_Static_assert(MS_ABI_MAJOR == 1 && MS_ABI_MINOR == 3, "the version that the numbers below are of");
_Static_assert(sizeof(void*) == 8, "the platforms that the numbers below are of");

#define HAS_SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), #type " has another size")
#define IS_AT(type, member, bytes) \
  _Static_assert(offsetof(type, member) == (bytes), #type "." #member " has moved")

HAS_SIZE(ms_str, 16);
IS_AT(ms_str, data, 0);
IS_AT(ms_str, size, 8);

HAS_SIZE(ms_setting, 48);
IS_AT(ms_setting, name, 0);
IS_AT(ms_setting, value, 16);
IS_AT(ms_setting, children, 32);
IS_AT(ms_setting, child_count, 40);

HAS_SIZE(ms_field, 64);
IS_AT(ms_field, name, 0);
IS_AT(ms_field, doc, 16);
IS_AT(ms_field, type, 32);
IS_AT(ms_field, word_count, 36);
IS_AT(ms_field, set, 40);
IS_AT(ms_field, words, 56);

HAS_SIZE(ms_column, 16);
IS_AT(ms_column, present, 0);
IS_AT(ms_column, values, 8);

HAS_SIZE(ms_batch, 48);
IS_AT(ms_batch, size, 0);
IS_AT(ms_batch, column_count, 4);
IS_AT(ms_batch, rows, 8);
IS_AT(ms_batch, places, 16);
IS_AT(ms_batch, columns, 24);
IS_AT(ms_batch, selected, 32);
IS_AT(ms_batch, selected_count, 40);

HAS_SIZE(ms_rule, 40);
IS_AT(ms_rule, code, 0);
IS_AT(ms_rule, severity, 4);
IS_AT(ms_rule, text, 8);
IS_AT(ms_rule, remedy, 24);

HAS_SIZE(ms_finding, 128);
IS_AT(ms_finding, size, 0);
IS_AT(ms_finding, code, 4);
IS_AT(ms_finding, severity, 8);
IS_AT(ms_finding, flags, 12);
IS_AT(ms_finding, place, 16);
IS_AT(ms_finding, message, 24);
IS_AT(ms_finding, key, 40);
IS_AT(ms_finding, reason, 56);
IS_AT(ms_finding, remedy, 72);
IS_AT(ms_finding, stage, 88);
IS_AT(ms_finding, shown, 104);
IS_AT(ms_finding, count, 120);

HAS_SIZE(ms_option, 104);
IS_AT(ms_option, name, 0);
IS_AT(ms_option, doc, 16);
IS_AT(ms_option, fallback, 32);
IS_AT(ms_option, choices, 48);
IS_AT(ms_option, choice_count, 56);
IS_AT(ms_option, least, 64);
IS_AT(ms_option, most, 72);
IS_AT(ms_option, type, 80);
IS_AT(ms_option, flags, 84);
IS_AT(ms_option, children, 88);
IS_AT(ms_option, child_count, 96);

HAS_SIZE(ms_port, 72);
IS_AT(ms_port, field, 0);
IS_AT(ms_port, from, 64);

HAS_SIZE(ms_plan, 40);
IS_AT(ms_plan, size, 0);
IS_AT(ms_plan, port_count, 4);
IS_AT(ms_plan, ports, 8);
IS_AT(ms_plan, used, 16);
IS_AT(ms_plan, used_count, 24);
IS_AT(ms_plan, flags, 32);
IS_AT(ms_plan, reserved, 36);

HAS_SIZE(ms_run, 96);
IS_AT(ms_run, size, 0);
IS_AT(ms_run, school_year, 4);
IS_AT(ms_run, as_of, 8);
IS_AT(ms_run, test, 12);
IS_AT(ms_run, pipeline, 16);
IS_AT(ms_run, district, 32);
IS_AT(ms_run, run, 48);
IS_AT(ms_run, started_at, 64);
IS_AT(ms_run, wanted, 80);
IS_AT(ms_run, wanted_count, 88);

HAS_SIZE(ms_bytes, 56);
IS_AT(ms_bytes, size, 0);
IS_AT(ms_bytes, new_file, 4);
IS_AT(ms_bytes, data, 8);
IS_AT(ms_bytes, capacity, 16);
IS_AT(ms_bytes, used, 24);
IS_AT(ms_bytes, file, 32);
IS_AT(ms_bytes, total, 48);

HAS_SIZE(ms_block, 40);
IS_AT(ms_block, size, 0);
IS_AT(ms_block, file, 4);
IS_AT(ms_block, bytes, 8);
IS_AT(ms_block, first_line, 24);
IS_AT(ms_block, last, 32);

HAS_SIZE(ms_input, 40);
IS_AT(ms_input, file, 0);
IS_AT(ms_input, sha256, 16);
IS_AT(ms_input, bytes, 32);

HAS_SIZE(ms_count, 24);
IS_AT(ms_count, name, 0);
IS_AT(ms_count, value, 16);

HAS_SIZE(ms_summary, 88);
IS_AT(ms_summary, size, 0);
IS_AT(ms_summary, committed, 4);
IS_AT(ms_summary, status, 8);
IS_AT(ms_summary, reason, 24);
IS_AT(ms_summary, finished_at, 40);
IS_AT(ms_summary, inputs, 56);
IS_AT(ms_summary, input_count, 64);
IS_AT(ms_summary, counts, 72);
IS_AT(ms_summary, count_count, 80);

HAS_SIZE(ms_host, 80);
IS_AT(ms_host, size, 0);
IS_AT(ms_host, self, 8);
IS_AT(ms_host, declare, 16);
IS_AT(ms_host, emit, 24);
IS_AT(ms_host, report, 32);
IS_AT(ms_host, count, 40);
IS_AT(ms_host, saw, 48);
IS_AT(ms_host, has_seen, 56);
IS_AT(ms_host, unidentified, 64);
IS_AT(ms_host, step, 72);

HAS_SIZE(ms_stage, 200);
IS_AT(ms_stage, size, 0);
IS_AT(ms_stage, role, 4);
IS_AT(ms_stage, flags, 8);
IS_AT(ms_stage, name, 16);
IS_AT(ms_stage, summary, 32);
IS_AT(ms_stage, options, 48);
IS_AT(ms_stage, option_count, 56);
IS_AT(ms_stage, rules, 64);
IS_AT(ms_stage, rule_count, 72);
IS_AT(ms_stage, plan, 80);
IS_AT(ms_stage, create, 88);
IS_AT(ms_stage, destroy, 96);
IS_AT(ms_stage, read, 104);
IS_AT(ms_stage, test, 112);
IS_AT(ms_stage, produce, 120);
IS_AT(ms_stage, frame, 128);
IS_AT(ms_stage, decode, 136);
IS_AT(ms_stage, process, 144);
IS_AT(ms_stage, finish, 152);
IS_AT(ms_stage, write, 160);
IS_AT(ms_stage, commit, 168);
IS_AT(ms_stage, found, 176);
IS_AT(ms_stage, conclude, 184);
IS_AT(ms_stage, committed, 192);

HAS_SIZE(ms_plugin, 56);
IS_AT(ms_plugin, size, 0);
IS_AT(ms_plugin, abi_major, 4);
IS_AT(ms_plugin, abi_minor, 8);
IS_AT(ms_plugin, name, 16);
IS_AT(ms_plugin, version, 32);
IS_AT(ms_plugin, stage, 48);
