/* mealsync/abi.h -- the only types that cross between the host and a plugin.
 *
 * Plain C11, so that it holds whatever compiler or standard library either side uses.
 *
 * Ownership  What a function is given is borrowed until it returns. One thing is owned: the handle
 *            that ms_stage.create stores and ms_stage.destroy takes back. What ms_stage and
 *            ms_plugin point to lives as long as the process: a plugin is never unloaded.
 * Errors     A function answers MS_OK, MS_END or MS_FAILED; before MS_FAILED it has called
 *            host->report, or a callback of the host has answered MS_FAILED.
 *            No exception and no longjmp crosses, in either direction.
 * Threads    A handle is used by one thread at a time. Callbacks of the host are called on the
 *            thread that called the plugin, and only until the call returns.
 * Units      Text: UTF-8, sized, not NUL-terminated. Date: days since 1970-01-01 (proleptic
 *            Gregorian). School year: the calendar year in which it ends. Place: where a record
 *            was read, the run's input (from 0) above MS_FILE_SHIFT and the 1-based physical line
 *            below it; 0 where there is none.
 * Growth     A struct that begins with `size` grows at its end only, with a new MS_ABI_MINOR;
 *            `size` says how much of it the writer knew. Any other change is a new MS_ABI_MAJOR
 *            and a new symbol name.
 */
#ifndef MEALSYNC_ABI_H
#define MEALSYNC_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MS_ABI_MAJOR 1u
#define MS_ABI_MINOR 3u
#define MS_ABI_SYMBOL mealsync_plugin_v1 /* the digit is MS_ABI_MAJOR */

#define MS_FILE_SHIFT 40
#define MS_NO_COLUMN UINT32_MAX /* ms_port.from: the column is new */
#define MS_OWN_CODES 1000000u   /* a code above it is one of mealsync's own: 1005001 is MS5001 */

/* A counter whose name begins so is for the guards alone, and in no answer. The stage that decides what changes counts
 *     changed, ended           of the district's records of the year, those that would change, and of these end; changed
 *                              is counted also where it is 0: it says that somebody counts
 *     lost                     students who would lose Free or Reduced
 *     free_or_reduced          records that have a fate and are one of them
 *     school.MEASURE.NUMBER    of each school: records that have a fate; and of these students the records that are
 *                              changed and ended, and how many lost. */
#define MS_GUARD_COUNTER "guard."

typedef uint32_t ms_status;
enum { MS_OK = 0, MS_END = 1, MS_FAILED = 2 };

/* Roles */
enum { MS_SOURCE = 1, MS_FORMAT = 2, MS_TRANSFORM = 3, MS_SINK = 4 };

/* Types of columns and options. MS_GROUP is of options only: a child element. */
enum { MS_TEXT = 1, MS_INT = 2, MS_DATE = 3, MS_BOOL = 4, MS_CODE = 5, MS_GROUP = 6 };

/* Severities, from harmless to run-ending. An error stops its record. A refusal commits nothing
 * on purpose (exit 4), a fatal finding commits nothing by need (exit 3). */
enum { MS_INFO = 0, MS_WARNING = 1, MS_ERROR = 2, MS_REFUSAL = 3, MS_FATAL = 4 };

/* Flags of options */
enum {
  MS_REQUIRED = 1u << 0,
  MS_REPEATED = 1u << 1, /* may be given more than once */
  MS_SECRET = 1u << 2,   /* a reference (env:NAME, file:PATH); masked in every output */
  MS_LIST = 1u << 3,     /* text holding names separated by blanks */
  MS_PATH = 1u << 4,     /* a relative path is taken from the pipeline file's folder */
  MS_FRAGMENT = 1u << 5  /* names a <values> fragment whose children become this stage's */
};

/* Flags of stages */
enum {
  MS_HOLDS_ROWS = 1u << 0,  /* transform: keeps rows until finish */
  MS_WHOLE_FILES = 1u << 1, /* format: decode sees a whole file at once */
  MS_DATABASE = 1u << 2,    /* sink: loads a database; a pipeline has at most one */
  /* Since 1.2 */
  MS_OWN_THREAD =
      1u << 3 /* transform: looks much up, so that it is worth a thread apart from those before it */
};

/* Flags of plans */
enum { MS_JUDGES_ABSENCE = 1u << 0 /* transform: asks has_seen and unidentified */ };

/* Flags of findings */
enum {
  MS_STOPS_RECORD = 1u << 0,   /* the record's way ends here; counted once a record */
  MS_MAY_BE_ACCEPTED = 1u << 1 /* of a refusal: the run goes on, and is refused before the commit */
};

typedef struct ms_str {
  const char* data;
  size_t size;
} ms_str;

typedef struct ms_setting {
  ms_str name;
  ms_str value;
  const struct ms_setting* children; /* of a MS_GROUP */
  size_t child_count;
} ms_setting;

typedef struct ms_field {
  ms_str name;
  ms_str doc;
  uint32_t type;
  uint32_t word_count;
  ms_str set;          /* MS_CODE: name of the closed set, e.g. "eligibility" */
  const ms_str* words; /* MS_CODE: how each value is spelled, by its byte */
} ms_field;

/* One column of a batch. `values` holds, a row: ms_str, int64_t, int32_t (date) or uint8_t (bool,
 * code). `present` holds one byte a row, 0 = no value; NULL = every row has one. */
typedef struct ms_column {
  const uint8_t* present;
  const void* values;
} ms_column;

typedef struct ms_batch {
  uint32_t size;
  uint32_t column_count;
  size_t rows; /* entries in every array of every column */
  const uint64_t* places;
  const ms_column* columns;
  const uint32_t* selected; /* the rows that count, ascending; NULL = all of them */
  size_t selected_count;    /* meaningless while `selected` is NULL */
} ms_batch;

typedef struct ms_rule {
  uint32_t code;
  uint32_t severity;
  ms_str text; /* {} stands for one argument */
  ms_str remedy;
} ms_rule;

typedef struct ms_finding {
  uint32_t size;
  uint32_t code;
  uint32_t severity;
  uint32_t flags;
  uint64_t place;
  ms_str message; /* the byte 0x1F stands where the key is shown */
  ms_str key;     /* the record's key, whole; the host masks it */
  ms_str reason;  /* of a skip: cep, duplicate, not_ours, held */
  ms_str remedy;  /* what to do; where it is empty the host takes it from the stage's rules */
  ms_str stage;   /* filled in by the host: the id of the stage in its pipeline */
  ms_str shown;   /* filled in by the host: the message as anyone may see it, its key masked */
  /* Since 1.1 */
  uint64_t count; /* filled in by the host: how many alike it stands for */
} ms_finding;

typedef struct ms_option {
  ms_str name;
  ms_str doc;
  ms_str fallback; /* the default, spelled out; empty where there is none */
  const ms_str* choices;
  size_t choice_count;
  int64_t least;
  int64_t most;
  uint32_t type;
  uint32_t flags;
  const struct ms_option* children; /* of a MS_GROUP */
  size_t child_count;
} ms_option;

/* One outgoing column: input column `from`, passed on, or a new one (MS_NO_COLUMN). */
typedef struct ms_port {
  ms_field field;
  uint32_t from;
} ms_port;

typedef struct ms_plan {
  uint32_t size;
  uint32_t port_count;
  const ms_port* ports;
  const uint32_t* used; /* input columns that the stage reads */
  size_t used_count;
  /* Since 1.1 */
  uint32_t flags;
  uint32_t reserved;
} ms_plan;

typedef struct ms_run {
  uint32_t size;
  int32_t school_year;
  int32_t as_of;
  uint32_t test; /* for banners and counts; what is written never depends on it */
  ms_str pipeline;
  ms_str district;
  ms_str run;        /* the journal's name of this run, unique */
  ms_str started_at; /* UTC, 2016-09-06T01:00:00Z */
  /* Since 1.1. One byte a port of the stage that is created, 0 = no stage after it reads the column, which may
   * be left without values; NULL = all of them count. */
  const uint8_t* wanted;
  size_t wanted_count;
} ms_run;

/* Where a source of bytes puts what it has read. A call gives bytes of one file only. */
typedef struct ms_bytes {
  uint32_t size;
  uint32_t new_file; /* out: 1 where these are the first bytes of `file` */
  char* data;
  size_t capacity;
  size_t used;    /* out */
  ms_str file;    /* out, with new_file: its name, for people */
  uint64_t total; /* out: bytes of all files together, for a progress bar; 0 = not known */
} ms_bytes;

/* Whole records of one file, in the order of the file. */
typedef struct ms_block {
  uint32_t size;
  uint32_t file;
  ms_str bytes;
  uint64_t first_line;
  uint32_t last; /* 1: the file ends here */
} ms_block;

typedef struct ms_input {
  ms_str file;
  ms_str sha256;
  uint64_t bytes;
} ms_input;

typedef struct ms_count {
  ms_str name; /* read, new, skipped.cep, inserted, … */
  uint64_t value;
} ms_count;

/* What a run came to, for report writers; what it came to so far, for a loader that commits. */
typedef struct ms_summary {
  uint32_t size;
  uint32_t committed;
  ms_str status; /* successful, unsuccessful, refused */
  ms_str reason;
  ms_str finished_at;
  const ms_input* inputs;
  size_t input_count;
  const ms_count* counts;
  size_t count_count;
} ms_summary;

typedef struct ms_host {
  uint32_t size;
  void* self;
  void (*declare)(void* self, const ms_plan* plan); /* in ms_stage.plan only */
  ms_status (*emit)(void* self, const ms_batch* batch);
  void (*report)(void* self, const ms_finding* finding);
  void (*count)(void* self, ms_str counter, uint64_t by);
  /* Since 1.1. Whom the input names: a stage that finds out of which person a record is says so, once a record;
   * one whose plan has MS_JUDGES_ABSENCE may ask who was named, and of how many records nobody has said whose
   * they are. */
  void (*saw)(void* self, int64_t person);
  uint32_t (*has_seen)(void* self, int64_t person);
  uint64_t (*unidentified)(void* self);
  /* Since 1.3. What a source has reached, in plain words for people; in `create` and `test`. */
  void (*step)(void* self, ms_str words);
} ms_host;

/* A stage has the functions of its role; the others are NULL. */
typedef struct ms_stage {
  uint32_t size;
  uint32_t role;
  uint32_t flags;
  ms_str name;
  ms_str summary;
  const ms_option* options;
  size_t option_count;
  const ms_rule* rules;
  size_t rule_count;

  /* Names the columns, touches nothing outside. */
  ms_status (*plan)(const ms_setting* settings, size_t setting_count, const ms_field* input,
                    size_t input_count, const ms_host* host);
  ms_status (*create)(const ms_setting* settings, size_t setting_count, const ms_field* input,
                      size_t input_count, const ms_run* run, const ms_host* host, void** handle);
  void (*destroy)(void* handle); /* what is not committed is undone */

  /* Source of bytes: fills `into`; MS_END when there are no more. `test` reaches the place, reads nothing. */
  ms_status (*read)(void* handle, ms_bytes* into, const ms_host* host);
  ms_status (*test)(void* handle, const ms_host* host);
  /* Source of rows: emits some; MS_END when there are no more. */
  ms_status (*produce)(void* handle, const ms_host* host);

  /* Format. `frame` stores how many of the bytes, which begin at a record, are whole records (NULL: those up
   * to the last newline). Where the file ends nobody asks: then all of them are. */
  ms_status (*frame)(void* handle, ms_str bytes, size_t* whole, const ms_host* host);
  ms_status (*decode)(void* handle, const ms_block* block, const ms_host* host);

  /* Transform. */
  ms_status (*process)(void* handle, const ms_batch* batch, const ms_host* host);
  ms_status (*finish)(void* handle, const ms_host* host);

  /* Sink. One with `commit` loads; one with `conclude` reports, also when nothing was committed. */
  ms_status (*write)(void* handle, const ms_batch* batch, const ms_host* host);
  ms_status (*commit)(void* handle, const ms_summary* so_far, const ms_host* host);
  ms_status (*found)(void* handle, const ms_finding* finding, const ms_host* host);
  ms_status (*conclude)(void* handle, const ms_summary* summary, const ms_host* host);

  /* Since 1.3. Source: called once where every loader has committed, and in no other run; its files may be moved
   * away. What fails here is told, and undoes nothing. */
  ms_status (*committed)(void* handle, const ms_host* host);
} ms_stage;

typedef struct ms_plugin {
  uint32_t size;
  uint32_t abi_major;
  uint32_t abi_minor;
  ms_str name;
  ms_str version;
  const ms_stage* (*stage)(size_t index); /* NULL past the last */
} ms_plugin;

/* The label says outside what a plugin holds, so that a host knows without opening it: nothing of it has
 * run. It is a section of the library's file, named `mealsync`: UTF-8 text of at most MS_LABEL_MOST bytes,
 * each line ended by a newline, its fields set apart by one tab each; no other control characters, but
 * NULs after the last line.
 *     MAJOR  MINOR  PLUGIN  VERSION   once, as in ms_plugin; the numbers are decimal, of up to three digits
 *     ROLE   STAGE  SUMMARY           for each stage, as in ms_stage, in the order of ms_plugin.stage; the
 *                                     role is source, format, transform or sink
 * A plugin without a label, or with one that tells something else than its table, is refused. The first
 * line begins with these two numbers in every future ABI. MEALSYNC_PLUGIN writes the label in C++; in C
 * this does, with all that comes after the numbers:
 *     MS_LABEL("plain\t1.0\n"
 *              "source\tthree\tGives three rows.\n");
 */
#define MS_LABEL_SECTION "mealsync"
#define MS_LABEL_MOST 65536u
#define MS_LABEL(words)                                                     \
  MS_LABEL_PLACE static const struct {                                      \
    char major[3], after_major, minor[3], after_minor, text[sizeof(words)]; \
  } ms_label = {MS_LABEL_NUMBER(MS_ABI_MAJOR), '\t', MS_LABEL_NUMBER(MS_ABI_MINOR), '\t', words}
#define MS_LABEL_NUMBER(n) \
  { '0' + (n) / 100 % 10, '0' + (n) / 10 % 10, '0' + (n) % 10 }

/* Keeps the label in the file, whatever the compiler and the linker leave out. */
#if defined(__has_attribute)
#if __has_attribute(retain)
#define MS_LABEL_PLACE __attribute__((section(MS_LABEL_SECTION), used, retain))
#endif
#endif
#ifndef MS_LABEL_PLACE
#define MS_LABEL_PLACE __attribute__((section(MS_LABEL_SECTION), used))
#endif

#ifdef __cplusplus
}
#endif
#endif
