// Strangers in the program's plugin folders: what it lists, what it runs, and how it refuses the others.
#include <gmock/gmock.h>

#include <map>

#include "program.hpp"

namespace mealsync::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

/// A folder of plugins, and a pipeline that reads four words with strangers' stages.
class Strangers : public ::testing::Test {
 protected:
  Strangers() {
    fs::create_directory(folder_ / "plugins");
    for (const char* stranger : {"given", "obey", "witness"})
      add(stranger);
  }

  void add(const std::string& stranger) const {
    const std::string file = "mealsync_" + stranger + ".so";
    fs::copy_file(fs::path(MEALSYNC_STRANGER_FOLDER) / stranger / file, folder_ / ("plugins/" + file));
  }
  void remove(const std::string& stranger) const {
    fs::remove(folder_ / ("plugins/mealsync_" + stranger + ".so"));
  }
  [[nodiscard]] Ran mealsync(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--plugins", "plugins"});
    return run_program(folder_, arguments);
  }
  /// Runs the pipeline with one more sink.
  [[nodiscard]] Ran run(const std::string& sink = {}) const {
    write_pipeline(sink);
    return mealsync({"run", "p.xml", "--as-of", "2016-09-06", "--state", "state"});
  }
  [[nodiscard]] Ran check(const std::string& sink = {}) const {
    write_pipeline(sink);
    return mealsync({"check", "p.xml"});
  }
  [[nodiscard]] bool has_started() const { return fs::exists(folder_ / "started"); }
  [[nodiscard]] std::string seen() const { return bytes_of(folder_ / "seen.txt"); }

  TemporaryFolder folder_;

 private:
  void write_pipeline(const std::string& sink) const {
    write_file(folder_ / "p.xml", R"(<pipeline name="strangers" district="Nowhere" school_year="2016-17">
  <source plugin="given"><file name="words" text="one/keep/skip/two/"/><format plugin="lines"/></source>
  <transform plugin="obey"/>
  <sink plugin="loader" path="seen.txt" as="sink"/>)" +
                                      (sink.empty() ? "" : "<sink plugin=\"" + sink + "\"/>") +
                                      "\n</pipeline>\n");
  }
};

/// What the sink sees of the four words, whichever compiler the transform is of.
constexpr const char* all_seen =
    "sink is made\n"
    "sink writes one\n"
    "sink writes two\n"
    "sink writes kept\n"
    "sink commits 3 of 4\n"
    "sink is gone\n";

TEST_F(Strangers, AreListedAndSearchedWithoutBeingOpened) {
  for (const char* stranger : {"writes", "throws", "exits", "hangs", "by_constructor"})
    add(stranger);

  const Ran list = mealsync({"describe"});
  const Ran help = mealsync({"describe", "--help"});
  const Ran one = mealsync({"describe", "transform.obey"});
  const Ran checked = check();
  const Ran ran = run();

  EXPECT_EQ(list.exit, 0);
  EXPECT_EQ(list.err, "");
  for (const char* stage :
       {"sink.writes", "sink.throws", "sink.exits", "sink.hangs", "sink.calm", "transform.obey"})
    EXPECT_THAT(list.out, HasSubstr(stage));
  EXPECT_EQ(help.exit, 0);
  EXPECT_EQ(one.exit, 0) << one.err;
  EXPECT_THAT(one.out, HasSubstr("Does with each record what its word says."));
  EXPECT_EQ(one.err, "");
  EXPECT_EQ(checked.exit, 0) << checked.err;
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(seen(), all_seen);
  EXPECT_FALSE(has_started());
}

TEST_F(Strangers, WhoFailWithTheirFilesAfterTheCommitLeaveTheImportAsItIs) {
  write_file(folder_ / "late.xml", R"(<pipeline name="late" district="Nowhere" school_year="2016-17">
  <source plugin="given" breaks_at="committed" by="failure"><file name="words" text="one/"/>
    <format plugin="lines"/></source>
  <sink plugin="loader" path="seen.txt" as="sink"/></pipeline>)");

  const Ran ran = mealsync({"run", "late.xml", "--as-of", "2016-09-06", "--state", "state"});

  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.out, HasSubstr("late: 1 new, "));
  EXPECT_THAT(ran.err, HasSubstr("failed 10001: The stage cannot go on at 'committed'"));
  EXPECT_THAT(seen(), HasSubstr("sink commits 1 of 1\n"));
}

TEST_F(Strangers, AreOpenedWhereTheyAreNeeded) {
  add("writes");

  EXPECT_EQ(check("writes").exit, 0);

  EXPECT_TRUE(has_started());
}

TEST_F(Strangers, AreOpenedWhereTheyAreDescribed) {
  add("writes");

  EXPECT_EQ(mealsync({"describe", "sink.writes"}).exit, 0);

  EXPECT_TRUE(has_started());
}

TEST_F(Strangers, DoNotTakeTheProgramDownWhenTheyAreOpened) {
  const std::map<std::string, std::string> ends{
      {"throws", "MS2013: Plugin '{}' broke down while it was loaded: signal 6 (Aborted)"},
      {"exits", "MS2013: Plugin '{}' broke down while it was loaded: it ended the program with exit code 7"}};
  for (const auto& [stranger, words] : ends) {
    add(stranger);
    const std::string file = (folder_ / ("plugins/mealsync_" + stranger + ".so")).string();
    const std::string told = std::string(words).replace(words.find("{}"), 2, file);

    const Ran ran = run(stranger), described = mealsync({"describe", stranger});

    EXPECT_EQ(ran.exit, 2) << stranger;
    EXPECT_THAT(ran.err, HasSubstr(told));
    EXPECT_THAT(ran.err, Not(HasSubstr("terminate called")));
    EXPECT_EQ(described.exit, 2) << stranger;
    EXPECT_THAT(described.err, HasSubstr(told));
  }
}

TEST_F(Strangers, AreRefusedWhereTwoHaveOneName) {
  fs::copy_file(folder_ / "plugins/mealsync_obey.so", folder_ / "plugins/mine.so");

  const Ran checked = check(), list = mealsync({"describe"});

  const std::string told = "MS2014: Two plugins have the transform 'obey': '" +
                           (folder_ / "plugins/mealsync_obey.so").string() + "' and '" +
                           (folder_ / "plugins/mine.so").string() + "'";
  EXPECT_EQ(checked.exit, 2);
  EXPECT_THAT(checked.out, HasSubstr(told));
  EXPECT_EQ(list.exit, 0);
  EXPECT_THAT(list.err, HasSubstr(told));
}

TEST_F(Strangers, DoNoHarmWhereNobodyNeedsThem) {
  for (const char* stranger :
       {"no_entry", "next_major", "newer_minor", "no_label", "undefined", "a_stage_more"})
    add(stranger);
  write_file(folder_ / "plugins/letter.so",
             "Dear Sir or Madam, this is the text of a letter, and not a library.\n");
  write_file(folder_ / "plugins/cut.so", bytes_of(folder_ / "plugins/mealsync_given.so").substr(0, 5000));

  const Ran ran = run(), list = mealsync({"describe"});

  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.err, Not(HasSubstr("MS20")));
  EXPECT_EQ(seen(), all_seen);
  EXPECT_EQ(list.exit, 0);
  for (const char* words :
       {"mealsync_no_entry.so' is no plugin of mealsync: it exports no mealsync_plugin_v1",
        "mealsync_next_major.so' is built for another mealsync: it has mealsync_plugin_v2",
        "mealsync_newer_minor.so' needs ABI 1.", "mealsync_no_label.so' has no label",
        "letter.so' is no library for this machine: it is no ELF file",
        "cut.so' is no library for this machine: it is cut short"})
    EXPECT_THAT(list.err, HasSubstr(words));
}

TEST_F(Strangers, MayBeWrittenInC) {
  add("lawless");
  add("plain");

  const Ran list = mealsync({"describe"}), one = mealsync({"describe", "source.three"});

  EXPECT_THAT(list.out, HasSubstr("source.three"));
  EXPECT_EQ(one.exit, 0) << one.err;
  EXPECT_THAT(one.out, HasSubstr("Gives three rows."));
}

TEST_F(Strangers, MayBeBuiltWithTheChecksOfTheStandardLibrary) {
  remove("obey");
  add("checked");

  EXPECT_EQ(run().exit, 0);

  EXPECT_EQ(seen(), all_seen);
}

TEST_F(Strangers, MayBeBuiltByAnotherCompilerWithItsChecks) {
  if (!fs::exists(MEALSYNC_STRANGER_FOLDER "/other_compiler/mealsync_other_compiler.so"))
    GTEST_SKIP() << "there is no other compiler here, g++ beside clang++";
  remove("obey");
  add("other_compiler");

  EXPECT_EQ(run().exit, 0);

  EXPECT_EQ(seen(), all_seen);
}

}  // namespace
}  // namespace mealsync::testing
