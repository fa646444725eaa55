#include <mealsync/sdk.hpp>
#include <mealsync/trial.hpp>

#include <gmock/gmock.h>

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

constexpr Rule wrong{10001, Severity::error, "'{}' is wrong", "Correct it."};
constexpr Rule worse{10002, Severity::error, "'{}' is wrong in another way", "Correct it."};
constexpr Rule served{10003, Severity::info, "Student '{}' is served already", "Nothing is to be done."};
constexpr Rule odd{10004, Severity::warning, "'{}' is odd", "Look at it."};

/// A transform of a column `word`, which says what is to become of its record.
struct Obey {
  static constexpr auto name = "obey";
  static constexpr auto summary = "Does what the record says.";
  static constexpr std::array rules{&wrong, &worse, &served, &odd};

  struct Ports {
    Column<Text> word, changed, added;
    Column<Date> day;
    explicit Ports(const auto&, Columns& c)
        : word(c.need<Text>("word")),
          changed(c.change<Text>("changed")),
          added(c.add<Text>("added", "A new column.")),
          day(c.add<Date>("day", "Another.")) {}
  };
  explicit Obey(const Ports& ports) : at(ports) {}

  void process(Row row, Output& out) {
    const Text word = row[at.word];
    if (word == "pass") out.pass(row);
    if (word == "set") out.pass(row).set(at.added, std::string("new")).set(at.day, *Date::of(2016, 9, 6));
    if (word == "change") out.pass(row).set(at.changed, std::string("other"));
    if (word == "borrow") out.pass(row).borrow(at.added, row[at.changed]);
    if (word == "clear") out.pass(row).clear(at.changed);
    if (word == "pass twice") {
      out.pass(row).set(at.added, "once");
      out.pass(row).set(at.changed, "twice");
    }
    if (word == "reject") out.reject<wrong>(row, word);
    if (word == "reject twice") {
      out.reject<wrong>(row, word);
      out.reject<worse>(row, word);
    }
    if (word == "skip") out.skip<served>(row, "cep", Key{row[at.changed]});
    if (word == "remark") {
      out.remark<odd>(row, word);
      out.pass(row);
    }
    if (word == "split") {
      out.row(row.place()).set(at.added, "first");
      out.row(row.place()).set(at.added, "second");
    }
  }

  Ports at;
};

Trial obey(std::string_view records) {
  return run(mealsync::detail::Table<Obey>::get(), {}, "word | changed\n" + std::string(records));
}

TEST(Output, PlansTheNewColumnsAfterThoseThatComeIn) {
  EXPECT_EQ(obey("").columns, "word | changed | added | day:date");
}

TEST(Output, PassesRecordsAsTheyCame) {
  EXPECT_EQ(obey(R"(
    pass | a
    pass |
    pass | "")")
                .rows,
            "pass | a |  | \n"
            "pass |  |  | \n"
            "pass | \"\" |  | \n");
}

TEST(Output, SetsCellsOfThisRecordOnly) {
  EXPECT_EQ(obey(R"(
    pass | a
    set  | b
    pass | c)")
                .rows,
            "pass | a |  | \n"
            "set | b | new | 2016-09-06\n"
            "pass | c |  | \n");
}

TEST(Output, ChangesACellAndKeepsThoseOfTheOtherRecords) {
  EXPECT_EQ(obey(R"(
    pass   |
    change | b
    change |
    pass   | d)")
                .rows,
            "pass |  |  | \n"
            "change | other |  | \n"
            "change | other |  | \n"
            "pass | d |  | \n");
}

TEST(Output, ClearsACellAndKeepsThoseOfTheOtherRecords) {
  EXPECT_EQ(obey(R"(
    clear | a
    pass  | b)")
                .rows,
            "clear |  |  | \n"
            "pass | b |  | \n");
}

TEST(Output, BorrowsATextOfTheRowThatCameIn) {
  EXPECT_EQ(obey("borrow | a").rows, "borrow | a | a | \n");
}

TEST(Output, PassesARecordOnceHoweverOftenItIsSaid) {
  EXPECT_EQ(obey(R"(
    pass twice | a
    pass       | b)")
                .rows,
            "pass twice | twice | once | \n"
            "pass | b |  | \n");
}

TEST(Output, RejectsARecordWithItsLine) {
  const Trial trial = obey(R"(
    pass   | a
    reject | b
    pass   | c)");

  EXPECT_EQ(trial.rows,
            "pass | a |  | \n"
            "pass | c |  | \n");
  EXPECT_THAT(trial.lines, ElementsAre(2u, 4u));
  EXPECT_THAT(trial.findings, ElementsAre(Finding{10001, 3, "'reject' is wrong"}));
  EXPECT_EQ(trial.stopped, 1u);
}

TEST(Output, CountsARecordOnceHoweverManyErrorsItHas) {
  const Trial trial = obey(R"(
    reject twice |
    reject       |)");

  EXPECT_THAT(trial.findings, ElementsAre(Finding{10001, 2, "'reject twice' is wrong"},
                                          Finding{10002, 2, "'reject twice' is wrong in another way"},
                                          Finding{10001, 3, "'reject' is wrong"}));
  EXPECT_EQ(trial.stopped, 2u);
  EXPECT_EQ(trial.worst, Severity::error);
}

TEST(Output, SkipsARecordForAReason) {
  const Trial trial = obey("skip | 1000000001");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{10003, 2, "Student '1000000001' is served already"}));
  EXPECT_EQ(trial.stopped, 1u);
  EXPECT_THAT(trial.counters, UnorderedElementsAre(Pair("skipped.cep", 1u)));
  EXPECT_EQ(trial.worst, Severity::info);
}

TEST(Output, RemarksOnARecordThatGoesOn) {
  const Trial trial = obey("remark | a");

  EXPECT_EQ(trial.rows, "remark | a |  | \n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{10004, 2, "'remark' is odd"}));
  EXPECT_EQ(trial.stopped, 0u);
}

TEST(Output, GivesNewRecordsTheirPlaceAndNoCellsButThoseThatAreSet) {
  const Trial trial = obey(R"(
    drop  | a
    split | b)");

  EXPECT_EQ(trial.rows,
            " |  | first | \n"
            " |  | second | \n");
  EXPECT_THAT(trial.lines, ElementsAre(3u, 3u));
  EXPECT_THAT(trial.findings, IsEmpty());
}

/// A format of numbered lines, more of them than a batch holds. A line `?` is rejected after it was begun.
struct Number {
  static constexpr auto name = "number";
  static constexpr auto summary = "Numbers the lines.";
  static constexpr std::array rules{&wrong};

  struct Ports {
    Column<Int> number;
    Column<Text> never;
    explicit Ports(const auto&, Columns& c)
        : number(c.add<Int>("number", "The line.")), never(c.add<Text>("never", "Nothing.")) {}
  };
  explicit Number(const Ports& ports) : at(ports) {}

  void decode(const Block& block, Output& out) {
    std::uint64_t line = block.first_line();
    for (const char c : block.bytes()) {
      if (c == '\n') ++line;
      if (c == '.') out.row(block.place(line)).set(at.number, static_cast<Int>(line));
      if (c != '?') continue;
      out.row(block.place(line));
      out.reject_newest<wrong>(block.place(line), "?");
    }
  }

  Ports at;
};

TEST(Output, TakesBackTheRecordBegunLast) {
  const Trial trial = decode(mealsync::detail::Table<Number>::get(), {}, ".\n?\n.\n");

  EXPECT_EQ(trial.rows,
            "1 | \n"
            "3 | \n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{10001, 2, "'?' is wrong"}));
}

TEST(Output, GivesMoreRecordsThanABatchHolds) {
  std::string bytes;
  for (int i = 0; i < 10000; ++i)
    bytes += ".\n";

  const Trial whole = decode(mealsync::detail::Table<Number>::get(), {}, bytes);
  const Trial parts = decode(mealsync::detail::Table<Number>::get(), {}, bytes, 64);

  EXPECT_EQ(whole.lines.size(), 10000u);
  EXPECT_EQ(whole.lines.back(), 10000u);
  EXPECT_EQ(whole.rows, parts.rows);
}

// A stage that takes the batch may copy a column whole before it looks at which cells have a value.
TEST(Output, HasACellForEachRecordInAColumnThatWasNeverSet) {
  Columns columns({});
  const Number::Ports ports(0, columns);
  Output output(nullptr, columns.ports());
  ms_str last{};
  const ms_host host{sizeof host,
                     &last,
                     nullptr,
                     [](void* self, const ms_batch* batch) {
                       const auto* const cells = static_cast<const ms_str*>(batch->columns[1].values);
                       *static_cast<ms_str*>(self) = cells[batch->rows - 1];
                       return ms_status{MS_OK};
                     },
                     nullptr,
                     nullptr,
                     nullptr,
                     nullptr,
                     nullptr,
                     nullptr};

  output.begin(&host);
  for (std::uint64_t line = 1; line <= 4096; ++line)
    output.row(Place::of(0, line)).set(ports.number, 1);
  output.emit_made();

  EXPECT_EQ(last.size, 0u);
}

struct Objects {
  static constexpr auto name = "objects";
  static constexpr auto summary = "Has something against every run.";
  static constexpr Rule odd{10001, Severity::refusal, "Record {} is odd", "Look at it."};
  static constexpr std::array rules{&odd};
  void process(Row row, Output& out) {
    out.object<odd>(row.line());
    out.pass(row);
  }
};

TEST(Output, GoesOnAfterItHasObjected) {
  const auto trial = run(mealsync::detail::Table<Objects>::get(), {}, "word\nann\n");

  EXPECT_EQ(trial.status, MS_OK);
  EXPECT_EQ(trial.worst, Severity::refusal);
  EXPECT_EQ(trial.rows, "ann\n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{10001, 0, "Record 2 is odd"}));
}

}  // namespace
}  // namespace mealsync::testing
