// mealsync/trial.hpp -- tries one stage without an engine: a table in; rows, findings and counters out.
//
//   const Trial trial = run(check_dates, {{"end", "ended"}}, R"(
//     state_id | start_date:date | ended:date
//     1001     | 2016-08-15      | 2017-05-30
//   )");
//
// Tables: trial_table.hpp. What a stage is given is as awkward as the contract allows: batches of two rows,
// some of which begin with a row that is not selected; a few bytes at a time; memory that is freed when the
// call returns.
// Ownership  A trial borrows the stage and keeps nothing of it.
// Errors     A stage that breaks the contract of abi.h throws std::logic_error. A test that is written wrong,
//            as with an option that the stage does not have, throws std::invalid_argument.
#pragma once

#include <mealsync/school_year.hpp>
#include <mealsync/trial_host.hpp>
#include <mealsync/trial_lent.hpp>

namespace mealsync::testing {

/// A finding that a report is told of. In the message, key_mark stands for the key.
struct ToldFinding {
  std::uint32_t code = 0;
  std::uint64_t line = 0;
  std::string message;
  Severity severity = Severity::error;
  std::string remedy{}, key{}, reason{}, stage{};
  std::uint32_t file = 0;
  std::uint64_t count = 1;
};

struct InputFile {
  std::string name, sha256;
  std::uint64_t bytes = 0;
};

struct Count {
  std::string name;
  std::uint64_t value = 0;
};

/// The facts of the run, and for a report what it came to.
struct Facts {
  SchoolYear school_year{2017};
  Date as_of = *Date::of(2016, 9, 6);
  bool test = false;
  bool commit = true;
  std::string status = "successful";
  std::string reason{};
  std::string pipeline = "trial", district = "Example County", name = "1";
  std::string started_at = "2016-09-06T01:00:00Z", finished_at = "2016-09-06T01:00:05Z";
  std::vector<InputFile> inputs{};
  std::vector<Count> counts{};
  std::vector<std::int64_t> seen{};  // persons whom earlier stages have said to be in the input
  std::uint64_t unidentified = 0;    // records of whom none has said whose they are
};

namespace detail {

/// As a host shows a key to anyone.
[[nodiscard]] inline std::string masked(std::string_view key) {
  return "******" + std::string(key.substr(key.size() > 4 ? key.size() - 4 : 0));
}

inline void expect_options(const std::vector<Setting>& settings, const ms_option* options,
                           std::size_t count) {
  for (const Setting& setting : settings) {
    const auto* const option = std::find_if(
        options, options + count, [&](const ms_option& each) { return view(each.name) == setting.name; });
    if (option == options + count)
      throw std::invalid_argument("the stage has no option '" + setting.name + "'");
    expect_options(setting.children, option->children, option->child_count);
  }
}

/// A stage at work, from plan to destroy.
class TrialStage {
 public:
  TrialStage(const ms_stage& stage, const std::vector<Setting>& settings,
             const std::vector<TableColumn>& columns, std::uint32_t role, const Facts& facts)
      : stage_(stage), host_(stage) {
    if (stage.role != role) throw std::invalid_argument("the stage is of another role");
    host_.seen_before = facts.seen;
    host_.unidentified_records = facts.unidentified;
    if (!plan(settings, columns)) return;
    const LentSettings given(settings);
    const LentFields fields(columns);
    const ms_run run{sizeof run,
                     facts.school_year.end_year,
                     facts.as_of.days,
                     facts.test ? 1u : 0u,
                     lend(facts.pipeline),
                     lend(facts.district),
                     lend(facts.name),
                     lend(facts.started_at),
                     nullptr,
                     0};
    call([&](const ms_host* host) {
      return stage_.create(given.all().data(), given.all().size(), fields.fields().data(),
                           fields.fields().size(), &run, host, &handle_);
    });
  }
  /// Plans, and opens nothing.
  TrialStage(const ms_stage& stage, const std::vector<Setting>& settings,
             const std::vector<TableColumn>& columns)
      : stage_(stage), host_(stage) {
    plan(settings, columns);
  }
  ~TrialStage() {
    if (handle_ != nullptr) stage_.destroy(handle_);
  }
  TrialStage(const TrialStage&) = delete;
  TrialStage& operator=(const TrialStage&) = delete;

  template <class F>
  bool call(F&& verb) {
    return host_.call(std::forward<F>(verb));
  }

  /// Gives the table to a verb that takes batches; every other batch begins with a row that is not selected.
  void give(const Table& table, ms_status (*verb)(void*, const ms_batch*, const ms_host*)) {
    bool decoy = true;
    for (std::size_t first = 0; first < table.records.size(); first += rows_per_batch, decoy = !decoy) {
      const LentBatch lent(table, first, std::min(rows_per_batch, table.records.size() - first), decoy);
      if (!call([&](const ms_host* host) { return verb(handle_, &lent.batch(), host); })) return;
    }
  }

  /// How many of the bytes are whole records.
  std::size_t frame(std::string_view bytes) {
    if (stage_.frame == nullptr) return bytes.rfind('\n') + 1;
    const LentBytes lent(bytes);
    std::size_t whole = 0;
    call([&](const ms_host* host) { return stage_.frame(handle_, lent.text(), &whole, host); });
    demand(whole <= bytes.size(), "more bytes are whole records than there are");
    return whole;
  }
  bool decode(std::string_view bytes, std::uint64_t first_line, bool last) {
    const LentBytes lent(bytes);
    const ms_block block{sizeof block, 0, lent.text(), first_line, last ? 1u : 0u};
    return call([&](const ms_host* host) { return stage_.decode(handle_, &block, host); });
  }
  /// Reads a few bytes, or produces some rows. True while there may be more.
  bool read() {
    if (stage_.produce != nullptr)
      return call([&](const ms_host* host) { return stage_.produce(handle_, host); });
    const auto space = std::make_unique<char[]>(bytes_per_read);
    ms_bytes into{};
    into.size = sizeof into;
    into.data = space.get();
    into.capacity = bytes_per_read;
    const bool more = call([&](const ms_host* host) { return stage_.read(handle_, &into, host); });
    demand(into.used <= bytes_per_read, "more bytes were read than there is space for");
    if (!more) return false;
    std::string& rows = host_.trial.rows;
    demand(into.new_file != 0 || !rows.empty(), "bytes were read of no file");
    if (into.new_file != 0) rows += "== " + std::string(view(into.file)) + '\n';
    rows.append(space.get(), into.used);
    return true;
  }
  void tell(const ToldFinding& told) {
    std::string shown = told.message;
    if (const auto at = shown.find(key_mark); at != std::string::npos) shown.replace(at, 1, masked(told.key));
    ms_finding finding{};
    finding.size = sizeof finding;
    finding.code = told.code;
    finding.severity = static_cast<std::uint32_t>(told.severity);
    finding.place = std::uint64_t{told.file} << MS_FILE_SHIFT | told.line;
    finding.message = lend(told.message);
    finding.key = lend(told.key);
    finding.reason = lend(told.reason);
    finding.stage = lend(told.stage);
    finding.remedy = lend(told.remedy);
    finding.shown = lend(shown);
    finding.count = told.count;
    call([&](const ms_host* host) { return stage_.found(handle_, &finding, host); });
  }
  /// Ends a sink by its verb that takes what the run came to.
  void end(const Facts& facts, bool committed, ms_status (*verb)(void*, const ms_summary*, const ms_host*)) {
    std::vector<ms_input> inputs;
    for (const InputFile& input : facts.inputs)
      inputs.push_back({lend(input.name), lend(input.sha256), input.bytes});
    std::vector<ms_count> counts;
    for (const Count& each : facts.counts)
      counts.push_back({lend(each.name), each.value});
    const ms_summary summary{sizeof summary,     committed ? 1u : 0u,     lend(facts.status),
                             lend(facts.reason), lend(facts.finished_at), inputs.data(),
                             inputs.size(),      counts.data(),           counts.size()};
    call([&](const ms_host* host) { return verb(handle_, &summary, host); });
  }

  [[nodiscard]] void* handle() const { return handle_; }
  [[nodiscard]] Trial result() { return std::move(host_.trial); }

 private:
  bool plan(const std::vector<Setting>& settings, const std::vector<TableColumn>& columns) {
    expect_options(settings, stage_.options, stage_.option_count);
    const LentSettings given(settings);
    const LentFields fields(columns);
    return call([&](const ms_host* host) {
      return stage_.plan(given.all().data(), given.all().size(), fields.fields().data(),
                         fields.fields().size(), host);
    });
  }

  static constexpr std::size_t rows_per_batch = 2;
  static constexpr std::size_t bytes_per_read = 16;

  const ms_stage& stage_;
  TrialHost host_;
  void* handle_ = nullptr;
};

}  // namespace detail

/// Plans only: the columns after the stage, and what it finds wrong with its options and the columns.
[[nodiscard]] inline Trial plan(const ms_stage& stage, const std::vector<Setting>& settings,
                                std::string_view header) {
  detail::TrialStage tried(stage, settings, read_table(header).columns);
  return tried.result();
}

/// A transform: a table in, rows out.
[[nodiscard]] inline Trial run(const ms_stage& stage, const std::vector<Setting>& settings,
                               std::string_view table, const Facts& facts = {}) {
  const Table given = read_table(table);
  detail::TrialStage tried(stage, settings, given.columns, MS_TRANSFORM, facts);
  tried.give(given, stage.process);
  if (stage.finish != nullptr)
    tried.call([&](const ms_host* host) { return stage.finish(tried.handle(), host); });
  return tried.result();
}

/// A format: the bytes of one file in, in blocks of about `block_bytes`; rows out.
[[nodiscard]] inline Trial decode(const ms_stage& stage, const std::vector<Setting>& settings,
                                  std::string_view bytes, std::size_t block_bytes = std::size_t{1} << 20,
                                  const Facts& facts = {}) {
  detail::TrialStage tried(stage, settings, {}, MS_FORMAT, facts);
  const std::size_t step = (stage.flags & MS_WHOLE_FILES) != 0 ? bytes.size() : block_bytes;
  std::size_t seen = 0;
  std::uint64_t line = 1;
  for (bool last = false; !last;) {
    seen += std::min(step, bytes.size() - seen);
    last = seen == bytes.size();
    const std::size_t whole = last ? seen : tried.frame(bytes.substr(0, seen));
    if (whole == 0 && !last) continue;
    const std::string_view block = bytes.substr(0, whole);
    if (!tried.decode(block, line, last)) break;
    line += static_cast<std::uint64_t>(std::count(block.begin(), block.end(), '\n'));
    bytes.remove_prefix(whole);
    seen -= whole;
  }
  return tried.result();
}

/// A source: its rows; of bytes, "== name" on a line before those of each file. It is told that all is committed where
/// the facts say so.
[[nodiscard]] inline Trial read(const ms_stage& stage, const std::vector<Setting>& settings,
                                const Facts& facts = {}) {
  detail::TrialStage tried(stage, settings, {}, MS_SOURCE, facts);
  while (tried.read()) {
  }
  if (facts.commit && stage.committed != nullptr)
    tried.call([&](const ms_host* host) { return stage.committed(tried.handle(), host); });
  return tried.result();
}

/// What `mealsync connect` asks of a source of bytes: to reach its place and read nothing.
[[nodiscard]] inline Trial connect(const ms_stage& stage, const std::vector<Setting>& settings,
                                   const Facts& facts = {}) {
  if (stage.test == nullptr) throw std::invalid_argument("the stage is no source of bytes");
  detail::TrialStage tried(stage, settings, {}, MS_SOURCE, facts);
  tried.call([&](const ms_host* host) { return stage.test(tried.handle(), host); });
  return tried.result();
}

/// A sink. A loader commits where the facts say so; a report is told what was found, and concludes.
[[nodiscard]] inline Trial load(const ms_stage& stage, const std::vector<Setting>& settings,
                                std::string_view table, const Facts& facts = {},
                                const std::vector<ToldFinding>& found = {}) {
  const Table given = read_table(table);
  detail::TrialStage tried(stage, settings, given.columns, MS_SINK, facts);
  tried.give(given, stage.write);
  if (stage.conclude != nullptr) {
    for (const ToldFinding& finding : found)
      tried.tell(finding);
    tried.end(facts, facts.commit, stage.conclude);
  } else if (facts.commit) {
    tried.end(facts, false, stage.commit);
  }
  return tried.result();
}

}  // namespace mealsync::testing
