// A trial catches stages that a careless author writes by hand, in C, and those of the SDK that keep what
// they borrow.
#include <mealsync/sdk.hpp>
#include <mealsync/trial.hpp>

#include <gmock/gmock.h>

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::ThrowsMessage;

ms_status plan_nothing(const ms_setting*, size_t, const ms_field*, size_t, const ms_host*) {
  return MS_OK;
}
ms_status plan_what_comes(const ms_setting*, size_t, const ms_field* input, size_t count,
                          const ms_host* host) {
  std::vector<ms_port> ports;
  for (std::uint32_t i = 0; i < count; ++i)
    ports.push_back({input[i], i});
  const ms_plan plan{sizeof plan, static_cast<std::uint32_t>(count), ports.data(), nullptr, 0, 0, 0};
  host->declare(host->self, &plan);
  return MS_OK;
}
ms_status create_nothing(const ms_setting*, size_t, const ms_field*, size_t, const ms_run*, const ms_host*,
                         void**) {
  return MS_OK;
}

/// A transform in C: a plan and one verb.
ms_stage transform(decltype(ms_stage::plan) plan, decltype(ms_stage::process) process) {
  ms_stage stage{};
  stage.size = sizeof stage;
  stage.role = MS_TRANSFORM;
  stage.plan = plan;
  stage.create = create_nothing;
  stage.process = process;
  return stage;
}

ms_status pass_all(void*, const ms_batch* batch, const ms_host* host) {
  return host->emit(host->self, batch);
}

TEST(Trial, GivesTheRowsThatAStagePasses) {
  const Trial trial = run(transform(plan_what_comes, pass_all), {}, R"(
    name | number:int | day:date   | flag:bool | kind:certified_type
    a    | -7         | 2016-09-06 | yes       | HeadStart
         |            |            |           |
    c    | 8          | 2017-09-06 | no        | SNAP
  )");

  EXPECT_EQ(trial.columns, "name | number:int | day:date | flag:bool | kind:certified_type");
  EXPECT_EQ(trial.rows,
            "a | -7 | 2016-09-06 | yes | HeadStart\n"
            " |  |  |  | \n"
            "c | 8 | 2017-09-06 | no | SNAP\n");
  EXPECT_THAT(trial.lines, ElementsAre(2u, 3u, 4u));
}

TEST(Trial, ShowsAStageThatLooksPastTheSelection) {
  const ms_stage stage = transform(plan_what_comes, [](void*, const ms_batch* batch, const ms_host* host) {
    ms_batch all = *batch;
    all.selected = nullptr;
    return host->emit(host->self, &all);
  });

  EXPECT_EQ(run(stage, {}, "name\na").rows, "decoy\na\n");
}

TEST(Trial, RefusesABatchOfOtherColumnsThanWerePlanned) {
  EXPECT_THAT([] { static_cast<void>(run(transform(plan_nothing, pass_all), {}, "name\na")); },
              ThrowsMessage<std::logic_error>("a batch has other columns than were planned"));
}

TEST(Trial, RefusesASelectionOfRowsThatAreNotThere) {
  const ms_stage stage = transform(plan_what_comes, [](void*, const ms_batch* batch, const ms_host* host) {
    const auto beyond = static_cast<std::uint32_t>(batch->rows);
    ms_batch other = *batch;
    other.selected = &beyond;
    other.selected_count = 1;
    return host->emit(host->self, &other);
  });

  EXPECT_THAT([&] { static_cast<void>(run(stage, {}, "name\na")); },
              ThrowsMessage<std::logic_error>("a row is selected that the batch does not have"));
}

TEST(Trial, RefusesAFailureWithoutAFinding) {
  const ms_stage stage =
      transform(plan_nothing, [](void*, const ms_batch*, const ms_host*) { return ms_status{MS_FAILED}; });

  EXPECT_THAT([&] { static_cast<void>(run(stage, {}, "name\na")); },
              ThrowsMessage<std::logic_error>("MS_FAILED is answered and no finding says why"));
}

TEST(Trial, RefusesAFindingThatTheStageDoesNotDeclare) {
  const ms_stage stage = transform(plan_nothing, [](void*, const ms_batch*, const ms_host* host) {
    ms_finding finding{};
    finding.code = 4711;
    host->report(host->self, &finding);
    return ms_status{MS_OK};
  });

  EXPECT_THAT([&] { static_cast<void>(run(stage, {}, "name\na")); },
              ThrowsMessage<std::logic_error>("finding 4711 is no rule of the stage"));
}

TEST(Trial, RefusesAnOptionThatTheStageDoesNotHave) {
  EXPECT_THAT(
      [] {
        static_cast<void>(run(transform(plan_nothing, pass_all), {{"colour", "red"}}, "name"));
      },
      ThrowsMessage<std::invalid_argument>("the stage has no option 'colour'"));
}

TEST(Trial, RefusesATableThatItCannotRead) {
  EXPECT_THAT([] { static_cast<void>(read_table("name:colour")); },
              ThrowsMessage<std::invalid_argument>("column 'name' is of no type: colour"));
  EXPECT_THAT([] { static_cast<void>(read_table("first | second\na")); },
              ThrowsMessage<std::invalid_argument>("not one cell for each column: a"));
}

/// A source of one file, as many bytes at a time as there is space for.
struct Letters {
  static constexpr auto name = "letters";
  static constexpr auto summary = "Reads the letters.";
  bool read(Bytes& bytes) {
    if (left.empty()) return false;
    if (left.size() == 26) bytes.begin_file("letters.txt");
    const std::size_t count = left.copy(bytes.space().data(), bytes.space().size());
    bytes.filled(count);
    left.remove_prefix(count);
    return true;
  }
  void test() {}
  void committed() { fail<moved>(left.size()); }
  static constexpr Rule moved{10001, Severity::fatal, "All but {} letters are moved away", "Nothing."};
  static constexpr std::array rules{&moved};
  Text left = "abcdefghijklmnopqrstuvwxyz";
};

TEST(Trial, TellsASourceThatAllIsCommittedWhereTheFactsSaySo) {
  Facts facts;
  EXPECT_THAT(read(mealsync::detail::Table<Letters>::get(), {}, facts).findings,
              ElementsAre(Finding{10001, 0, "All but 0 letters are moved away"}));

  facts.commit = false;
  EXPECT_THAT(read(mealsync::detail::Table<Letters>::get(), {}, facts).findings, ElementsAre());
}

TEST(Trial, ReadsASourceToItsEnd) {
  EXPECT_EQ(read(mealsync::detail::Table<Letters>::get(), {}).rows,
            "== letters.txt\nabcdefghijklmnopqrstuvwxyz");
  EXPECT_EQ(connect(mealsync::detail::Table<Letters>::get(), {}).rows, "");
}

/// A format that gives each block as a row.
struct Blocks {
  static constexpr auto name = "blocks";
  static constexpr auto summary = "Gives each block as a row.";
  struct Ports {
    Column<Text> bytes;
    explicit Ports(const auto&, Columns& c) : bytes(c.add<Text>("bytes", "The block.")) {}
  };
  explicit Blocks(const Ports& ports) : at(ports) {}
  void decode(const Block& block, Output& out) {
    out.row(block.place(block.first_line())).borrow(at.bytes, block.bytes());
  }
  Ports at;
};

TEST(Trial, GivesAFormatWholeLines) {
  const Trial trial = decode(mealsync::detail::Table<Blocks>::get(), {}, "a,b,c\nd\ne", 4);

  EXPECT_EQ(trial.rows, "a,b,c\nd\n\ne\n");
  EXPECT_THAT(trial.lines, ElementsAre(1u, 3u));
}

/// A report that counts what it is told.
struct Tells {
  static constexpr auto name = "tells";
  static constexpr auto summary = "Counts what it is told.";
  void write(Row row, Context& run) { run.count("line " + std::to_string(row.line())); }
  void found(const Found& found, Context& run) {
    run.count(found.shown());
    run.count(found.whole());
  }
  void conclude(const Summary& came_to, Context& run) {
    run.count(came_to.status(), came_to.count("read"));
    run.count(text_of(came_to.inputs()[0].file), came_to.inputs()[0].bytes);
  }
};

TEST(Trial, TellsAReportWhatWasFoundAndWhatTheRunCameTo) {
  Facts facts;
  facts.inputs = {{"in.csv", "", 120}};
  facts.counts = {{"read", 2}};

  const Trial trial = load(mealsync::detail::Table<Tells>::get(), {}, "name\na", facts,
                           {{1001, 2, "No student '\x1f'", Severity::error, "", "1000000001"}});

  EXPECT_EQ(trial.counters, (std::map<std::string, std::uint64_t>{{"line 2", 1},
                                                                  {"No student '******0001'", 1},
                                                                  {"No student '1000000001'", 1},
                                                                  {"successful", 2},
                                                                  {"in.csv", 120}}));
}

}  // namespace
}  // namespace mealsync::testing
