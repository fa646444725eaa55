#include <mealsync/describe.hpp>

#include <gmock/gmock.h>

#include <array>
#include <span>

namespace mealsync {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Pattern {
  std::string column;
  int width = 10;
  static void describe(Describe<Pattern>& d) {
    d.required("column", &Pattern::column, "Column.");
    d.option("width", &Pattern::width, "Width.");
  }
};

struct Options {
  std::string path;
  std::string mode = "replace";
  int retries = 3;
  bool strict = true;
  Date since = *Date::of(2016, 7, 1);
  Source source = Source::non_direct;
  Names columns;
  std::optional<int> limit;
  std::vector<Pattern> patterns;

  static void describe(Describe<Options>& d) {
    d.required("path", &Options::path, "File to read.").path();
    d.option("mode", &Options::mode, "What to do.").one_of({"replace", "append"});
    d.option("retries", &Options::retries, "How often to try again.").at_least(0).at_most(10);
    d.option("strict", &Options::strict, "Whether.");
    d.option("since", &Options::since, "First day.");
    d.option("source", &Options::source, "Source.");
    d.option("columns", &Options::columns, "Columns.");
    d.option("limit", &Options::limit, "Most records.").secret().fragment();
    d.children("pattern", &Options::patterns, "Patterns.");
  }
};

std::span<const ms_option> options() {
  static const Describe<Options> described;
  return described.options();
}

Options read(std::initializer_list<ms_setting> settings) {
  return Describe<Options>().read({settings.begin(), settings.size()});
}
ms_setting setting(Text name, Text value) {
  return {borrow(name), borrow(value), nullptr, 0};
}

/// The finding that reading ends in.
std::string fault_of(Text name, Text value) {
  try {
    static_cast<void>(read({setting(name, value)}));
  } catch (const detail::Failure& failure) {
    return code_text(failure.code) + " " + failure.message;
  }
  return "none";
}

std::string spelled(const ms_option& it) {
  std::string choices;
  for (std::size_t i = 0; i < it.choice_count; ++i)
    choices += " " + std::string(text_of(it.choices[i]));
  return std::string(text_of(it.name)) + " type " + std::to_string(it.type) + " flags " +
         std::to_string(it.flags) + " = '" + std::string(text_of(it.fallback)) + "'" + choices;
}

TEST(Describe, TakesTypeAndDefaultFromTheMember) {
  std::vector<std::string> all;
  for (const ms_option& each : options())
    all.push_back(spelled(each));

  EXPECT_THAT(all,
              ElementsAre("path type 1 flags 17 = ''",  // required, path
                          "mode type 1 flags 0 = 'replace' replace append", "retries type 2 flags 0 = '3'",
                          "strict type 4 flags 0 = 'yes'", "since type 3 flags 0 = '2016-07-01'",
                          "source type 1 flags 0 = 'Non-Direct' Direct Non-Direct",
                          "columns type 1 flags 8 = ''",    // list
                          "limit type 2 flags 36 = ''",     // secret, fragment
                          "pattern type 6 flags 2 = ''"));  // group, repeated
}

TEST(Describe, HasTheLimitsOfANumber) {
  EXPECT_EQ(options()[2].least, 0);
  EXPECT_EQ(options()[2].most, 10);
}

TEST(Describe, HasTheOptionsOfChildren) {
  EXPECT_EQ(options()[8].child_count, 2u);
  EXPECT_EQ(text_of(options()[8].children[1].name), "width");
  EXPECT_EQ(text_of(options()[8].children[1].fallback), "10");
}

TEST(Describe, HasNoOptionsWhereNothingIsDescribed) {
  struct Nothing {};

  EXPECT_THAT(Describe<Nothing>().options(), IsEmpty());
}

TEST(ReadOptions, KeepsTheDefaultOfWhatIsNotGiven) {
  const Options options = read({});

  EXPECT_EQ(options.mode, "replace");
  EXPECT_EQ(options.retries, 3);
  EXPECT_EQ(options.limit, std::nullopt);
  EXPECT_THAT(options.patterns, IsEmpty());
}

TEST(ReadOptions, PutsEachSettingInItsMember) {
  const Options options = read({setting("path", "in.csv"), setting("retries", "0"), setting("strict", "no"),
                                setting("since", "2017-01-01"), setting("source", "Direct"),
                                setting("columns", " first  last\n"), setting("limit", "5")});

  EXPECT_EQ(options.path, "in.csv");
  EXPECT_EQ(options.retries, 0);
  EXPECT_FALSE(options.strict);
  EXPECT_EQ(options.since, *Date::of(2017, 1, 1));
  EXPECT_EQ(options.source, Source::direct);
  EXPECT_THAT(options.columns.names, ElementsAre("first", "last"));
  EXPECT_EQ(options.limit, 5);
}

TEST(ReadOptions, MakesAMemberOfEachChildInTheirOrder) {
  const std::array first{setting("column", "start_date"), setting("width", "8")};
  const std::array second{setting("column", "end_date")};

  const Options options = read({{borrow("pattern"), {}, first.data(), first.size()},
                                {borrow("pattern"), {}, second.data(), second.size()}});

  ASSERT_EQ(options.patterns.size(), 2u);
  EXPECT_EQ(options.patterns[0].column, "start_date");
  EXPECT_EQ(options.patterns[0].width, 8);
  EXPECT_EQ(options.patterns[1].column, "end_date");
  EXPECT_EQ(options.patterns[1].width, 10);
}

TEST(ReadOptions, RefusesAValueOfAnotherType) {
  EXPECT_EQ(fault_of("retries", "three"), "MS5001 Option 'retries' cannot be 'three'");
  EXPECT_EQ(fault_of("retries", "3.5"), "MS5001 Option 'retries' cannot be '3.5'");
  EXPECT_EQ(fault_of("retries", "99999999999"), "MS5001 Option 'retries' cannot be '99999999999'");
  EXPECT_EQ(fault_of("retries", ""), "MS5001 Option 'retries' cannot be ''");
  EXPECT_EQ(fault_of("strict", "true"), "MS5001 Option 'strict' cannot be 'true'");
  EXPECT_EQ(fault_of("since", "09/06/2016"), "MS5001 Option 'since' cannot be '09/06/2016'");
  EXPECT_EQ(fault_of("source", "direct"), "MS5001 Option 'source' cannot be 'direct'");
}

}  // namespace
}  // namespace mealsync
