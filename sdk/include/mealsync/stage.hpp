// mealsync/stage.hpp -- turns a plain class into the C table of abi.h.
//
// A stage is a class with
//   static constexpr auto name, summary       what it is called, what it does
//   static constexpr std::array rules{&…}     what it may find                             (none: leave it out)
//   struct Options with describe               what a pipeline may say to it                (none: leave it out)
//   struct Ports made of (const Options&, Columns&)   its columns; touches nothing outside   (none: leave it out)
//   a constructor of any of ()  (Options)  (Ports)  (Options, Ports)  (Options, Ports, Run), by const reference, or
//     (Options, Ports, Run, Context&); it may open things, and fail<rule>(…)
//   and the verbs of one role:
//     source of bytes   bool read(Bytes&)      and void test(), or test(Context&), which reaches its place and reads
//                       nothing; it and the constructor may tell people what they reach: Context::step
//     source of rows    bool read(Output&)
//     any source        void committed(): called once where every loader has committed, and in no other run, so that
//                       the source may move its files; what fails here is told, and undoes nothing
//     format            void decode(const Block&, Output&)    std::size_t frame(Text bytes) where a
//                       record may hold newlines              static constexpr bool whole_files = true
//     transform         void process(Row, Output&)            void finish(Output&)
//                       void prepare(Row) const: called some rows ahead of process, so that what the row needs
//                       can be on its way from memory; it changes nothing
//                       static constexpr bool own_thread = true: looks much up, so that it is worth a thread apart
//                       from the stages before it
//     sink              void write(Row, Context&)  and  void commit(Context&), which makes a loader (also with a
//                       const Summary& before it: the run so far), or
//                       void found(const Found&, Context&) and void conclude(const Summary&, Context&): a report
//                       static constexpr bool is_database = true
// Constructing opens, destroying closes and undoes what was not committed.
// Errors   What a verb throws ends the run as a finding; no exception crosses.
#pragma once

#include <concepts>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <mealsync/bytes.hpp>
#include <mealsync/describe.hpp>
#include <mealsync/label.hpp>
#include <mealsync/output.hpp>
#include <mealsync/roles.hpp>
#include <mealsync/spool.hpp>
#include <mealsync/summary.hpp>

namespace mealsync {

namespace detail {

inline constexpr Rule broken_stage{own(5005), Severity::fatal, "The stage broke down: {}",
                                   "Report this to the author of the plugin; nothing was committed."};

inline constexpr Rule no_room{own(5006), Severity::fatal, "There is no room for records that are held: {}",
                              "Make room in the folder for temporary files (/tmp); nothing was committed."};

template <class F>
ms_status guarded(const ms_host* host, F&& body) noexcept {
  const auto report = [&](const Failure& failure) {
    ms_finding finding{};
    finding.size = sizeof finding;
    finding.code = failure.code;
    finding.severity = static_cast<std::uint32_t>(failure.severity);
    finding.message = borrow(failure.message);
    finding.key = borrow(failure.key);
    finding.remedy = borrow(failure.remedy);
    host->report(host->self, &finding);
    return ms_status{MS_FAILED};
  };
  const auto broken = [&](Text words) {
    return report({broken_stage.code,
                   broken_stage.severity,
                   compose(broken_stage.text, words),
                   {},
                   broken_stage.remedy});
  };
  try {
    return body();
  } catch (const Failure& failure) {
    return report(failure);
  } catch (const Stopped&) {
    return MS_FAILED;
  } catch (const NoRoom& error) {
    return report(
        {no_room.code, no_room.severity, compose(no_room.text, Text(error.what())), {}, no_room.remedy});
  } catch (const std::exception& error) {
    return broken(error.what());
  } catch (...) {
    return broken("something was thrown that is no std::exception");
  }
}

/// A stage at work, with what it was made from.
template <class S>
struct Live {
  using Options = typename OptionsIn<S>::type;
  using Ports = typename PortsIn<S>::type;

  /// `columns` are those that come in; they are named while the ports are made, and not after.
  Live(Options given, Columns columns, const Run& facts, const ms_host* host = nullptr)
      : options(std::move(given)), run(facts), ports(options, columns), output(nullptr, columns.ports()) {
    if (!columns.faults().empty()) throw Failure(columns.faults().front());
    Context context(host);
    stage.emplace(Make{*this, context});
  }

  // Lets std::optional make a stage in place from whichever arguments it takes; it may be unmovable.
  struct Make {
    Live& live;
    Context& context;
    operator S() const {  // NOLINT(google-explicit-constructor)
      const Options& o = live.options;
      const Ports& p = live.ports;
      const Run& r = live.run;
      if constexpr (std::constructible_from<S, const Options&, const Ports&, const Run&, Context&>)
        return S(o, p, r, context);
      else if constexpr (std::constructible_from<S, const Options&, const Ports&, const Run&>)
        return S(o, p, r);
      else if constexpr (std::constructible_from<S, const Options&, const Ports&>)
        return S(o, p);
      else if constexpr (std::constructible_from<S, const Ports&>)
        return S(p);
      else if constexpr (std::constructible_from<S, const Options&>)
        return S(o);
      else
        return S();
    }
  };

  Options options;
  Run run;
  Ports ports;
  Output output;
  std::optional<S> stage;
};

template <class S>
class Table {
 public:
  /// The table of S, made on first use.
  static const ms_stage& get() {
    static const Table table;
    return table.stage_;
  }

 private:
  using Options = typename OptionsIn<S>::type;
  using Ports = typename PortsIn<S>::type;

  Table() {
    static_assert(
        Stage<S>,
        "a stage has read(Bytes&) with test(), or read(Output&), or decode(const Block&, Output&), or "
        "process(Row, Output&), or write(Row, Context&) with commit(Context&), or with found(const Found&, "
        "Context&) and conclude(const Summary&, Context&)");
    static_assert(std::is_nothrow_destructible_v<S>,
                  "a stage's destructor has nobody to tell: it may not throw");
    if constexpr (requires { S::rules; })
      for (const Rule* rule : S::rules)
        rules_.push_back({rule->code, static_cast<std::uint32_t>(rule->severity), borrow(rule->text),
                          borrow(rule->remedy)});
    stage_.size = sizeof stage_;
    stage_.name = borrow(S::name);
    stage_.summary = borrow(S::summary);
    stage_.options = described().options().data();
    stage_.option_count = described().options().size();
    stage_.rules = rules_.data();
    stage_.rule_count = rules_.size();
    stage_.plan = plan;
    stage_.create = create;
    stage_.destroy = destroy;
    name_verbs();
  }

  void name_verbs() {
    if constexpr (requires(S s) { s.committed(); }) {
      static_assert(ReadsBytes<S> || ReadsRows<S>, "only a source is told that all is committed");
      stage_.committed = committed;
    }
    if constexpr (ReadsBytes<S>) {
      stage_.role = MS_SOURCE;
      stage_.read = read;
      stage_.test = test;
    } else if constexpr (ReadsRows<S>) {
      stage_.role = MS_SOURCE;
      stage_.produce = produce;
    } else if constexpr (Decodes<S>) {
      stage_.role = MS_FORMAT;
      stage_.decode = decode;
      if constexpr (requires(S s) { s.frame(Text{}); }) stage_.frame = frame;
      if constexpr (requires { S::whole_files; })
        stage_.flags |= S::whole_files ? unsigned{MS_WHOLE_FILES} : 0u;
    } else if constexpr (Processes<S>) {
      stage_.role = MS_TRANSFORM;
      stage_.process = process;
      if constexpr (requires(S s, Output & o) { s.finish(o); }) {
        stage_.finish = finish;
        stage_.flags |= MS_HOLDS_ROWS;
      }
      if constexpr (requires { S::own_thread; }) stage_.flags |= S::own_thread ? unsigned{MS_OWN_THREAD} : 0u;
    } else {
      stage_.role = MS_SINK;
      stage_.write = write;
      if constexpr (Loads<S>) {
        stage_.commit = commit;
        if constexpr (requires { S::is_database; })
          stage_.flags |= S::is_database ? unsigned{MS_DATABASE} : 0u;
      } else {
        stage_.found = found;
        stage_.conclude = conclude;
      }
    }
  }

  static const Describe<Options>& described() {
    static const Describe<Options> d;
    return d;
  }
  static Live<S>& live(void* handle) { return *static_cast<Live<S>*>(handle); }

  static ms_status plan(const ms_setting* settings, std::size_t setting_count, const ms_field* input,
                        std::size_t input_count, const ms_host* host) noexcept {
    return guarded(host, [&]() -> ms_status {
      const Options options = described().read({settings, setting_count});
      Columns columns({input, input_count});
      const Ports ports(options, columns);
      ms_plan planned{};
      planned.size = sizeof planned;
      planned.ports = columns.ports().data();
      planned.port_count = static_cast<std::uint32_t>(columns.ports().size());
      planned.used = columns.used().data();
      planned.used_count = columns.used().size();
      planned.flags = columns.flags();
      host->declare(host->self, &planned);
      for (const Failure& fault : columns.faults())
        static_cast<void>(guarded(host, [&]() -> ms_status { throw Failure(fault); }));
      return columns.faults().empty() ? MS_OK : MS_FAILED;
    });
  }

  static ms_status create(const ms_setting* settings, std::size_t setting_count, const ms_field* input,
                          std::size_t input_count, const ms_run* run, const ms_host* host,
                          void** handle) noexcept {
    return guarded(host, [&]() -> ms_status {
      const Run facts{{run->school_year},
                      {run->as_of},
                      run->test != 0,
                      std::string(text_of(run->pipeline)),
                      std::string(text_of(run->district)),
                      std::string(text_of(run->run)),
                      std::string(text_of(run->started_at)),
                      {run->wanted, run->wanted + run->wanted_count}};
      *handle = std::make_unique<Live<S>>(described().read({settings, setting_count}),
                                          Columns({input, input_count}), facts, host)
                    .release();
      return MS_OK;
    });
  }
  static void destroy(void* handle) noexcept { delete &live(handle); }

  static ms_status read(void* handle, ms_bytes* into, const ms_host* host) noexcept {
    return guarded(host, [&]() -> ms_status {
      Bytes bytes(*into, host);
      return live(handle).stage->read(bytes) ? MS_OK : MS_END;
    });
  }
  static ms_status test(void* handle, const ms_host* host) noexcept {
    return guarded(host, [&]() -> ms_status {
      Context context(host);
      if constexpr (TestsWithContext<S>)
        live(handle).stage->test(context);
      else
        live(handle).stage->test();
      return MS_OK;
    });
  }
  static ms_status committed(void* handle, const ms_host* host) noexcept {
    return guarded(host, [&]() -> ms_status { return live(handle).stage->committed(), MS_OK; });
  }
  static ms_status produce(void* handle, const ms_host* host) noexcept {
    return guarded(host, [&]() -> ms_status {
      Output& output = live(handle).output;
      output.begin(host);
      const bool more = live(handle).stage->read(output);
      output.emit_made();
      return more ? MS_OK : MS_END;
    });
  }
  static ms_status frame(void* handle, ms_str bytes, std::size_t* whole, const ms_host* host) noexcept {
    return guarded(host, [&]() -> ms_status {
      *whole = live(handle).stage->frame(text_of(bytes));
      return MS_OK;
    });
  }
  static ms_status decode(void* handle, const ms_block* block, const ms_host* host) noexcept {
    return guarded(host, [&]() -> ms_status {
      Output& output = live(handle).output;
      output.begin(host);
      live(handle).stage->decode(Block(*block), output);
      output.emit_made();
      return MS_OK;
    });
  }
  static ms_status process(void* handle, const ms_batch* batch, const ms_host* host) noexcept {
    return guarded(host, [&]() -> ms_status {
      Live<S>& self = live(handle);
      self.output.begin(*batch, host);
      const auto process = [&](Row row) { self.stage->process(row, self.output); };
      if constexpr (requires(const S& s, Row row) { s.prepare(row); })
        each_row_ahead(
            *batch, [&](Row row) { std::as_const(*self.stage).prepare(row); }, process);
      else
        each_row(*batch, process);
      self.output.emit_passed();
      self.output.emit_made();
      return MS_OK;
    });
  }
  static ms_status finish(void* handle, const ms_host* host) noexcept {
    return guarded(host, [&]() -> ms_status {
      Output& output = live(handle).output;
      output.begin(host);
      live(handle).stage->finish(output);
      output.emit_made();
      return MS_OK;
    });
  }
  static ms_status write(void* handle, const ms_batch* batch, const ms_host* host) noexcept {
    return guarded(host, [&]() -> ms_status {
      Context context(host);
      each_row(*batch, [&](Row row) { live(handle).stage->write(row, context); });
      return MS_OK;
    });
  }
  static ms_status commit(void* handle, const ms_summary* so_far, const ms_host* host) noexcept {
    return guarded(host, [&]() -> ms_status {
      Context context(host);
      if constexpr (CommitsWithSummary<S>)
        live(handle).stage->commit(Summary(*so_far), context);
      else
        live(handle).stage->commit(context);
      return MS_OK;
    });
  }
  static ms_status found(void* handle, const ms_finding* finding, const ms_host* host) noexcept {
    return guarded(host, [&]() -> ms_status {
      Context context(host);
      return live(handle).stage->found(Found(*finding), context), MS_OK;
    });
  }
  static ms_status conclude(void* handle, const ms_summary* summary, const ms_host* host) noexcept {
    return guarded(host, [&]() -> ms_status {
      Context context(host);
      return live(handle).stage->conclude(Summary(*summary), context), MS_OK;
    });
  }

  std::vector<ms_rule> rules_;
  ms_stage stage_{};
};

template <class... Stages>
const ms_stage* nth(std::size_t index) noexcept {
  using Get = const ms_stage& (*)();
  constexpr Get all[] = {&Table<Stages>::get...};
  try {
    return index < sizeof...(Stages) ? &all[index]() : nullptr;
  } catch (...) {
    return nullptr;
  }
}

}  // namespace detail

}  // namespace mealsync

/// Exports the stages of a plugin, and says outside which they are; nothing is registered, and nothing runs when the
/// library is loaded.
#define MEALSYNC_PLUGIN(...)                                                                 \
  extern "C" __attribute__((visibility("default"))) constinit const ms_plugin MS_ABI_SYMBOL{ \
      sizeof(ms_plugin),                                                                     \
      MS_ABI_MAJOR,                                                                          \
      MS_ABI_MINOR,                                                                          \
      {MEALSYNC_PLUGIN_NAME, sizeof(MEALSYNC_PLUGIN_NAME) - 1},                              \
      {MEALSYNC_PLUGIN_VERSION, sizeof(MEALSYNC_PLUGIN_VERSION) - 1},                        \
      &mealsync::detail::nth<__VA_ARGS__>};                                                  \
  MS_LABEL_PLACE static constexpr auto ms_label =                                            \
      mealsync::detail::label<__VA_ARGS__>(MEALSYNC_PLUGIN_NAME, MEALSYNC_PLUGIN_VERSION)
