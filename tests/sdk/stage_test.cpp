#include <mealsync/sdk.hpp>
#include <mealsync/trial.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

template <class S>
const ms_stage& table_of() {
  return mealsync::detail::Table<S>::get();
}

/// Where a stage is to break down, and how.
struct Door {
  std::string door;
  static void describe(Describe<Door>& d) { d.option("door", &Door::door, "Where to break down."); }

  void opens(Text here) const {
    if (door == here) throw std::runtime_error("the " + door + " broke");
  }
};

struct BrokenSource {
  static constexpr auto name = "broken";
  static constexpr auto summary = "Breaks down.";
  using Options = Door;
  explicit BrokenSource(const Options& o) : at(o) { at.opens("constructor"); }
  bool read(Bytes&) { return at.opens("read"), false; }
  void test() { at.opens("test"); }
  void committed() { at.opens("committed"); }
  Door at;
};

struct BrokenRows {
  static constexpr auto name = "broken";
  static constexpr auto summary = "Breaks down.";
  using Options = Door;
  explicit BrokenRows(const Options& o) : at(o) {}
  bool read(Output&) { return at.opens("read"), false; }
  Door at;
};

struct BrokenFormat {
  static constexpr auto name = "broken";
  static constexpr auto summary = "Breaks down.";
  using Options = Door;
  explicit BrokenFormat(const Options& o) : at(o) {}
  std::size_t frame(Text bytes) { return at.opens("frame"), bytes.size(); }
  void decode(const Block&, Output&) { at.opens("decode"); }
  Door at;
};

struct BrokenTransform {
  static constexpr auto name = "broken";
  static constexpr auto summary = "Breaks down.";
  using Options = Door;
  struct Ports {
    Ports(const Door& o, Columns&) { o.opens("ports"); }
  };
  BrokenTransform(const Options& o, const Ports&) : at(o) {}
  void process(Row, Output&) { at.opens("process"); }
  void finish(Output&) { at.opens("finish"); }
  Door at;
};

struct BrokenLoader {
  static constexpr auto name = "broken";
  static constexpr auto summary = "Breaks down.";
  using Options = Door;
  explicit BrokenLoader(const Options& o) : at(o) {}
  void write(Row, Context&) { at.opens("write"); }
  void commit(Context&) { at.opens("commit"); }
  Door at;
};

struct BrokenReport {
  static constexpr auto name = "broken";
  static constexpr auto summary = "Breaks down.";
  using Options = Door;
  explicit BrokenReport(const Options& o) : at(o) {}
  void write(Row, Context&) { at.opens("write"); }
  void found(const Found&, Context&) { at.opens("found"); }
  void conclude(const Summary&, Context&) { at.opens("conclude"); }
  Door at;
};

std::vector<Setting> door(std::string name) {
  return {{"door", std::move(name)}};
}

void expect_broken(const Trial& trial, const std::string& at) {
  EXPECT_EQ(trial.status, ms_status{MS_FAILED});
  EXPECT_EQ(trial.worst, Severity::fatal);
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{own(5005), 0, "The stage broke down: the " + at + " broke"}));
}

TEST(Boundary, TurnsAnExceptionOfASourceOfBytesIntoAFinding) {
  expect_broken(read(table_of<BrokenSource>(), door("constructor")), "constructor");
  expect_broken(read(table_of<BrokenSource>(), door("read")), "read");
  expect_broken(read(table_of<BrokenSource>(), door("committed")), "committed");
  expect_broken(connect(table_of<BrokenSource>(), door("test")), "test");
}

TEST(Boundary, TurnsAnExceptionOfASourceOfRowsIntoAFinding) {
  expect_broken(read(table_of<BrokenRows>(), door("read")), "read");
}

TEST(Boundary, TurnsAnExceptionOfAFormatIntoAFinding) {
  expect_broken(decode(table_of<BrokenFormat>(), door("frame"), "a\nb\n", 2), "frame");
  expect_broken(decode(table_of<BrokenFormat>(), door("decode"), "a\n"), "decode");
}

TEST(Boundary, TurnsAnExceptionOfATransformIntoAFinding) {
  expect_broken(plan(table_of<BrokenTransform>(), door("ports"), "a"), "ports");
  expect_broken(run(table_of<BrokenTransform>(), door("process"), "a\n1"), "process");
  expect_broken(run(table_of<BrokenTransform>(), door("finish"), "a\n1"), "finish");
}

TEST(Boundary, TurnsAnExceptionOfALoaderIntoAFinding) {
  expect_broken(load(table_of<BrokenLoader>(), door("write"), "a\n1"), "write");
  expect_broken(load(table_of<BrokenLoader>(), door("commit"), "a\n1"), "commit");
}

TEST(Boundary, TurnsAnExceptionOfAReportIntoAFinding) {
  const std::vector<ToldFinding> told{{1001, 2, "told"}};

  expect_broken(load(table_of<BrokenReport>(), door("write"), "a\n1"), "write");
  expect_broken(load(table_of<BrokenReport>(), door("found"), "a\n1", {}, told), "found");
  expect_broken(load(table_of<BrokenReport>(), door("conclude"), "a\n1", {}, told), "conclude");
}

TEST(Boundary, PlansWithoutMakingTheStage) {
  EXPECT_EQ(plan(table_of<BrokenSource>(), door("constructor"), "").status, ms_status{MS_OK});
}

struct ThrowsANumber {
  static constexpr auto name = "number";
  static constexpr auto summary = "Throws what is no exception.";
  void process(Row, Output&) { throw 7; }
};

TEST(Boundary, SaysThatWhatWasThrownIsNoException) {
  EXPECT_THAT(run(table_of<ThrowsANumber>(), {}, "a\n1").findings,
              ElementsAre(Finding{own(5005), 0,
                                  "The stage broke down: something was thrown that is no std::exception"}));
}

/// Ends the run, on purpose or by need.
struct Ends {
  static constexpr auto name = "ends";
  static constexpr auto summary = "Ends the run.";
  static constexpr Rule cannot{10001, Severity::fatal, "Cannot go on with '{}'", "Correct it."};
  static constexpr Rule will_not{10002, Severity::refusal, "Will not go on with '{}'", "Raise the limit."};
  static constexpr std::array rules{&cannot, &will_not};
  struct Ports {
    Column<Text> word;
    explicit Ports(const auto&, Columns& c) : word(c.need<Text>("word")) {}
  };
  explicit Ends(const Ports& ports) : at(ports) {}
  void process(Row row, Output&) {
    if (row[at.word] == "fail") fail<cannot>(Key{"1000000001"});
    refuse<will_not>(row[at.word]);
  }
  Ports at;
};

TEST(Fail, EndsTheRunByAFatalFinding) {
  const Trial trial = run(table_of<Ends>(), {}, "word\nfail\nother");

  EXPECT_EQ(trial.status, ms_status{MS_FAILED});
  EXPECT_EQ(trial.worst, Severity::fatal);
  EXPECT_THAT(trial.findings, ElementsAre(Finding{10001, 0, "Cannot go on with '1000000001'"}));
}

TEST(Refuse, EndsTheRunByARefusal) {
  const Trial trial = run(table_of<Ends>(), {}, "word\nother");

  EXPECT_EQ(trial.status, ms_status{MS_FAILED});
  EXPECT_EQ(trial.worst, Severity::refusal);
  EXPECT_THAT(trial.findings, ElementsAre(Finding{10002, 0, "Will not go on with 'other'"}));
}

struct PassesAll {
  static constexpr auto name = "pass";
  static constexpr auto summary = "Passes every record.";
  void process(Row row, Output& out) { out.pass(row); }
};

TEST(Boundary, StopsWithoutAFindingWhereALaterStageHasFailed) {
  int reported = 0;
  const ms_host host{sizeof host,
                     &reported,
                     [](void*, const ms_plan*) {},
                     [](void*, const ms_batch*) { return ms_status{MS_FAILED}; },
                     [](void* self, const ms_finding*) { ++*static_cast<int*>(self); },
                     [](void*, ms_str, std::uint64_t) {},
                     nullptr,
                     nullptr,
                     nullptr,
                     nullptr};
  const ms_run facts{};
  const std::uint64_t place = 1;
  ms_batch batch{};
  batch.rows = 1;
  batch.places = &place;
  void* handle = nullptr;
  const ms_stage& stage = table_of<PassesAll>();
  ASSERT_EQ(stage.create(nullptr, 0, nullptr, 0, &facts, &host, &handle), ms_status{MS_OK});

  EXPECT_EQ(stage.process(handle, &batch, &host), ms_status{MS_FAILED});
  EXPECT_EQ(reported, 0);
  stage.destroy(handle);
}

struct TwoColumns {
  static constexpr auto name = "two";
  static constexpr auto summary = "Needs two columns and gives one twice.";
  struct Ports {
    explicit Ports(const auto&, Columns& c) {
      c.need<Text>("first");
      c.need<Date>("second");
      c.find<Text>("third");
      c.add<Int>("sum", "A sum.");
      c.add<Int>("sum", "Again.");
    }
  };
  void process(Row, Output&) {}
};

TEST(Plan, NamesEveryFault) {
  EXPECT_THAT(plan(table_of<TwoColumns>(), {}, "second | other").findings,
              ElementsAre(Finding{own(5002), 0, "No column 'first' comes in; the columns are: second, other"},
                          Finding{own(5003), 0, "Column 'second' is text here, and a date is needed"},
                          Finding{own(5004), 0, "Column 'sum' is given twice by this stage"}));
}

/// A sink; those below count how they were made.
struct Made {
  static constexpr auto name = "made";
  static constexpr auto summary = "Counts how it was made.";
  struct Options {
    std::string word = "none";
    static void describe(Describe<Options>& d) { d.option("word", &Options::word, "A word."); }
  };
  struct Ports {
    std::string word;
    Ports(const Options& o, Columns&) : word("ports of " + o.word) {}
  };
  void write(Row, Context&) {}
};

struct OfNothing : Made {
  void commit(Context& run) { run.count("nothing"); }
};
struct OfOptions : Made {
  explicit OfOptions(const Options& o) : word(o.word) {}
  void commit(Context& run) { run.count(word); }
  std::string word;
};
struct OfPorts : Made {
  explicit OfPorts(const Ports& ports) : word(ports.word) {}
  void commit(Context& run) { run.count(word); }
  std::string word;
};
struct OfBoth : Made {
  OfBoth(const Options& o, const Ports& ports) : word(o.word + " and " + ports.word) {}
  void commit(Context& run) { run.count(word); }
  std::string word;
};
struct OfAll : Made {
  OfAll(const Options& o, const Ports&, const Run& facts)
      : word(o.word + " in " + to_text(facts.school_year) + " on " + to_text(facts.as_of) + " of " +
             facts.pipeline) {}
  OfAll(const OfAll&) = delete;
  OfAll& operator=(const OfAll&) = delete;
  void commit(Context& run) { run.count(word); }
  std::string word;
};

template <class S>
std::map<std::string, std::uint64_t> counters_of() {
  return load(table_of<S>(), {{"word", "hay"}}, "a").counters;
}

TEST(Stage, IsMadeFromWhatItsConstructorTakes) {
  EXPECT_THAT(counters_of<OfNothing>(), ElementsAre(Pair("nothing", 1u)));
  EXPECT_THAT(counters_of<OfOptions>(), ElementsAre(Pair("hay", 1u)));
  EXPECT_THAT(counters_of<OfPorts>(), ElementsAre(Pair("ports of hay", 1u)));
  EXPECT_THAT(counters_of<OfBoth>(), ElementsAre(Pair("hay and ports of hay", 1u)));
}

TEST(Stage, IsToldTheFactsOfItsRunAndMayBeUnmovable) {
  EXPECT_THAT(counters_of<OfAll>(), ElementsAre(Pair("hay in 2016-17 on 2016-09-06 of trial", 1u)));
}

TEST(Stage, HasTheRoleOfItsVerbs) {
  EXPECT_EQ(table_of<BrokenSource>().role, std::uint32_t{MS_SOURCE});
  EXPECT_EQ(table_of<BrokenRows>().role, std::uint32_t{MS_SOURCE});
  EXPECT_EQ(table_of<BrokenFormat>().role, std::uint32_t{MS_FORMAT});
  EXPECT_EQ(table_of<BrokenTransform>().role, std::uint32_t{MS_TRANSFORM});
  EXPECT_EQ(table_of<BrokenLoader>().role, std::uint32_t{MS_SINK});
  EXPECT_EQ(table_of<BrokenReport>().role, std::uint32_t{MS_SINK});
}

struct Whole {
  static constexpr auto name = "whole";
  static constexpr auto summary = "Sees whole files.";
  static constexpr bool whole_files = true;
  void decode(const Block&, Output&) {}
};
struct Database {
  static constexpr auto name = "database";
  static constexpr auto summary = "Loads a database.";
  static constexpr bool is_database = true;
  void write(Row, Context&) {}
  void commit(Context&) {}
};

TEST(Stage, HasTheFlagsOfWhatItDeclares) {
  EXPECT_EQ(table_of<PassesAll>().flags, 0u);
  EXPECT_EQ(table_of<BrokenTransform>().flags, std::uint32_t{MS_HOLDS_ROWS});
  EXPECT_EQ(table_of<Whole>().flags, std::uint32_t{MS_WHOLE_FILES});
  EXPECT_EQ(table_of<Database>().flags, std::uint32_t{MS_DATABASE});
}

struct Ahead {
  static constexpr auto name = "ahead";
  static constexpr auto summary = "Marks a row that it was shown before it came.";
  static constexpr bool own_thread = true;
  struct Ports {
    Column<Int> number;
    Ports(const auto&, Columns& c) : number(c.need<Int>("number")) {}
  };
  explicit Ahead(const Ports& ports) : at(ports) {}
  void prepare(Row row) const { *shown = std::max(*shown, row[at.number]); }
  void process(Row row, Output& out) {
    if (row[at.number] <= *shown) out.pass(row);
  }
  Ports at;
  std::shared_ptr<Int> shown = std::make_shared<Int>(-1);
};

TEST(Stage, IsShownEveryRowBeforeItComesWhereItPrepares) {
  std::string table = "number:int\n", rows;
  for (int i = 0; i < 100; ++i) {
    table += std::to_string(i) + "\n";
    rows += std::to_string(i) + "\n";
  }

  const Trial trial = run(table_of<Ahead>(), {}, table);

  EXPECT_EQ(trial.rows, rows);
  EXPECT_EQ(table_of<Ahead>().flags, unsigned{MS_OWN_THREAD});
}

TEST(Stage, HasTheRulesOfItsClass) {
  const ms_stage& stage = table_of<Ends>();

  ASSERT_EQ(stage.rule_count, 2u);
  EXPECT_EQ(stage.rules[1].code, 10002u);
  EXPECT_EQ(stage.rules[1].severity, std::uint32_t{MS_REFUSAL});
  EXPECT_EQ(text_of(stage.rules[1].text), "Will not go on with '{}'");
  EXPECT_EQ(text_of(stage.rules[1].remedy), "Raise the limit.");
}

TEST(Plugin, HasItsStagesInTheirOrderAndNoOther) {
  EXPECT_EQ(text_of((mealsync::detail::nth<Whole, Database>(0)->name)), "whole");
  EXPECT_EQ(text_of((mealsync::detail::nth<Whole, Database>(1)->name)), "database");
  EXPECT_EQ((mealsync::detail::nth<Whole, Database>(2)), nullptr);
}

}  // namespace
}  // namespace mealsync::testing
