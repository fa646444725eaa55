// Units and crontabs as the program makes them, and what systemd itself says of them.

#include <gmock/gmock.h>

#include <array>
#include <cstdio>
#include <memory>
#include <regex>

#include "program.hpp"

namespace mealsync::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

/// What a shell's command prints, its errors too.
std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen((command + " 2>&1").c_str(), "r"), pclose);
  std::string output;
  std::array<char, 4096> block;
  for (std::size_t got = 0; (got = fread(block.data(), 1, block.size(), pipe.get())) > 0;)
    output.append(block.data(), got);
  return output;
}

class ScheduleCommand : public ::testing::Test {
 protected:
  std::string pipeline(const std::string& schedule, const std::string& name = "nightly",
                       const std::string& file = "p.xml") const {
    std::filesystem::create_directories((folder_ / file).parent_path());
    write_file(folder_ / file, "<pipeline name=\"" + name + "\" school_year=\"2016-17\">" + schedule +
                                   R"(<variable name="in" value="in.csv"/>
      <source plugin="local_file" path="${in}"><format plugin="delimited"><column as="state_id"/></format></source>
      <sink plugin="csv_report" path="reports/${run}.csv"/></pipeline>)");
    return file;
  }
  [[nodiscard]] Ran schedule(std::vector<std::string> arguments,
                             std::vector<std::string> environment = {}) const {
    arguments.insert(arguments.begin(), "schedule");
    return run_program(folder_, std::move(arguments), std::move(environment));
  }
  /// What systemd has against the units in a folder.
  [[nodiscard]] std::string complaints(const std::string& units) const {
    return output_of("cd '" + (folder_ / units).string() +
                     "' && systemd-analyze verify ./*.timer ./*.service");
  }

  TemporaryFolder folder_;
};

constexpr auto nightly = R"(<schedule frequency="daily" at="01:00" timezone="America/New_York"/>)";

TEST_F(ScheduleCommand, WritesUnitsThatSystemdAccepts) {
  pipeline(nightly);

  const Ran ran = schedule({"p.xml", "--output", "units"});

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.out, "units/mealsync-nightly.timer\nunits/mealsync-nightly.service\n");
  EXPECT_EQ(complaints("units"), "");
  const std::string here = std::filesystem::canonical(folder_.path()).string();
  EXPECT_THAT(bytes_of(folder_ / "units/mealsync-nightly.service"),
              AllOf(HasSubstr("\"run\" \"" + here + "/p.xml\" \"--state\" \"/var/lib/mealsync\"\n"),
                    HasSubstr("\nReadWritePaths=\"-" + here + "/reports\"\n")));
}

TEST_F(ScheduleCommand, WritesUnitsThatSystemdAcceptsWhateverThePathsAre) {
  const std::string odd = "50% \"off\" it's $HOME/a \\ ; b/p.xml";
  pipeline(nightly, "odd", odd);

  const Ran ran = schedule({odd, "--set", "in=50% \"$HOME\"", "--output", "units"});

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(complaints("units"), "");
}

TEST_F(ScheduleCommand, KeepsTheServiceFromMoreThanItNeeds) {
  pipeline(nightly);
  ASSERT_EQ(schedule({"p.xml", "--output", "."}).exit, 0);

  const std::string security = output_of("systemd-analyze security --offline=yes --no-pager '" +
                                         (folder_ / "mealsync-nightly.service").string() + "'");

  EXPECT_THAT(security, ::testing::ContainsRegex("Overall exposure level.*: [0-2]\\.[0-9] OK"));
}

TEST_F(ScheduleCommand, SaysTheSameTimesAsSystemd) {
  const auto times_in = [](const std::string& text, const std::string& shape) {
    const std::regex time(shape);
    std::string times;
    for (std::sregex_iterator each(text.begin(), text.end(), time), end; each != end; ++each)
      times += (*each)[1].str() + " " + (*each)[2].str() + "\n";
    return times;
  };
  struct Case {
    std::string schedule, calendar;
  };
  for (const auto& [written, calendar] :
       {Case{R"(frequency="daily" at="01:30")", "*-*-* 01:30:00"},
        Case{R"(frequency="daily" at="02:30")", "*-*-* 02:30:00"},
        Case{R"(frequency="weekly" day="sunday" at="02:00")", "Sun *-*-* 02:00:00"},
        Case{R"(frequency="monthly" day="31" at="00:00")", "*-*~01 00:00:00"},
        Case{R"(frequency="monthly" day="12" at="02:15")", "*-*-12 02:15:00"}})
    for (const char* zone : {"America/New_York", "Europe/Berlin", "America/Phoenix"})
      for (const char* day : {"2016-10-28", "2016-11-04", "2017-03-10", "2017-03-24"}) {
        pipeline("<schedule " + written + " timezone=\"" + zone + "\"/>");
        // Nothing is scheduled between noon there and 16:00 UTC.
        const Ran ran = schedule({"p.xml", "--check", "--as-of", std::string(day) + "T12:00"});
        ASSERT_EQ(ran.exit, 0) << ran.err;
        const std::string theirs =
            output_of("TZ=UTC systemd-analyze calendar --iterations=5 --base-time='" + std::string(day) +
                      " 16:00:00 UTC' '" + calendar + " " + zone + "'");
        EXPECT_EQ(times_in(ran.out, R"((\d{4}-\d\d-\d\d)T(\d\d:\d\d)Z)"),
                  times_in(theirs, R"((\d{4}-\d\d-\d\d) (\d\d:\d\d):00 UTC)"))
            << written << " in " << zone << " after " << day << "\n"
            << theirs;
      }
}

TEST_F(ScheduleCommand, ShowsTheNextFiveTimes) {
  pipeline(nightly);

  EXPECT_EQ(schedule({"p.xml", "--check", "--as-of", "2016-11-05T01:00"}).out,
            "nightly: daily at 01:00, America/New_York\n"
            "  Sun 2016-11-06 01:00 EDT  2016-11-06T05:00Z\n"
            "  Mon 2016-11-07 01:00 EST  2016-11-07T06:00Z\n"
            "  Tue 2016-11-08 01:00 EST  2016-11-08T06:00Z\n"
            "  Wed 2016-11-09 01:00 EST  2016-11-09T06:00Z\n"
            "  Thu 2016-11-10 01:00 EST  2016-11-10T06:00Z\n");
}

TEST_F(ScheduleCommand, PrintsLinesOfACrontab) {
  pipeline(R"(<schedule frequency="weekly" day="monday" at="01:00"/>)");

  const Ran ran = schedule({"p.xml", "--cron", "--set", "in=x.csv"});

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("0 1 * * 1 cd '"));
  EXPECT_THAT(ran.out, HasSubstr("/p.xml' '--set' 'in=x.csv'\n"));
}

TEST_F(ScheduleCommand, TellsEveryFaultOfEveryPipelineAndPrintsNothing) {
  pipeline("", "first", "a.xml");
  pipeline(R"(<schedule frequency="daily" at="25:00"/>)", "second", "b.xml");
  pipeline(nightly, "third", "c.xml");
  pipeline(nightly, "third", "d.xml");

  const Ran ran = schedule({"a.xml", "b.xml", "c.xml", "d.xml", "--cron"});

  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.out, IsEmpty());
  EXPECT_THAT(ran.err, AllOf(HasSubstr("MS6401: Pipeline 'first' does not say when it runs\n    Add to it"),
                             HasSubstr("b.xml:1:") /* MS1312 */, HasSubstr("MS1312"),
                             HasSubstr("MS6403: Pipeline 'third' of 'd.xml' has the name of another"),
                             HasSubstr("MS6402: Cron does not know a time zone")));
}

TEST_F(ScheduleCommand, KnowsThatTheSchedulerHasNoneOfTheVariablesOfToday) {
  write_file(
      folder_ / "p.xml",
      "<pipeline name=\"p\" school_year=\"2016-17\">" + std::string(nightly) +
          R"(<source plugin="local_file" path="${in}"><format plugin="delimited"><column as="a"/></format>
      </source><sink plugin="null"/></pipeline>)");

  EXPECT_THAT(schedule({"p.xml"}, {"MEALSYNC_VAR_in=in.csv"}).err,
              HasSubstr("MS1404: Variable 'in' is unknown"));
}

TEST_F(ScheduleCommand, LetsAServiceWriteWhereItsSourcePutsFilesAway) {
  std::filesystem::create_directory(folder_ / "pos");
  write_file(folder_ / "p.xml", "<pipeline name=\"p\" school_year=\"2016-17\">" + std::string(nightly) + R"(
      <source plugin="local_file" directory="pos" prefix="IC" after="move:../done">
        <format plugin="delimited"><column as="a"/></format></source><sink plugin="null"/></pipeline>)");

  const Ran ran = schedule({"p.xml"});

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr((folder_ / "pos").string() + "\"\n"),
                             HasSubstr((folder_ / "done").string() + "\"\n")));
}

TEST_F(ScheduleCommand, KnowsWhereFilesArePutAwayBeforeTheirFolderIsThere) {
  write_file(folder_ / "p.xml", "<pipeline name=\"p\" school_year=\"2016-17\">" + std::string(nightly) + R"(
      <source plugin="local_file" directory="pos" prefix="IC" after="move:../done">
        <format plugin="delimited"><column as="a"/></format></source><sink plugin="null"/></pipeline>)");

  const Ran ran = schedule({"p.xml"});

  EXPECT_EQ(ran.exit, 0) << ran.err;
  const std::string here = std::filesystem::canonical(folder_.path()).string();
  EXPECT_THAT(ran.out, AllOf(HasSubstr("ReadWritePaths=\"-" + here + "/pos\"\n"),
                             HasSubstr("ReadWritePaths=\"-" + here + "/done\"\n")));
}

TEST_F(ScheduleCommand, ShowsNoSecretThatSetGives) {
  write_file(folder_ / "p.xml", "<pipeline name=\"p\" school_year=\"2016-17\">" + std::string(nightly) + R"(
      <variable name="pw" value="env:HOOK"/><notify webhook="${pw}"/><source plugin="local_file" path="in.csv">
        <format plugin="delimited"><column as="a"/></format></source><sink plugin="null"/></pipeline>)");

  const Ran ran = schedule({"p.xml", "--set", "pw=https://hook.example/pears"});

  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("MS6406: Variable 'pw'"), Not(HasSubstr("pears"))));
  EXPECT_THAT(ran.out, IsEmpty());
}

TEST_F(ScheduleCommand, TakesNoVariableForASecretThatOnlyLooksLikeAPartOfOne) {
  write_file(folder_ / "p.xml", "<pipeline name=\"p\" school_year=\"2016-17\">" + std::string(nightly) + R"(
      <variable name="n" value="0"/><notify webhook="https://hook.example/1"/>
      <source plugin="local_file" path="in${n}.csv"><format plugin="delimited"><column as="a"/></format></source>
      <sink plugin="null"/></pipeline>)");

  const Ran ran = schedule({"p.xml", "--set", "n=1"});

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("\"--set\" \"n=1\""));
}

TEST_F(ScheduleCommand, KnowsThatCronHasNoSecretOfTheEnvironment) {
  pipeline(R"(<schedule frequency="daily" at="01:00"/><notify webhook="env:HOOK"/>)");

  const Ran ran = schedule({"p.xml", "--cron"});

  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("MS6402: Cron does not know the variable HOOK, which holds a secret"));
}

TEST_F(ScheduleCommand, SaysWhyUnitsCannotBeWritten) {
  pipeline(nightly);
  write_file(folder_ / "units", "a file");

  const Ran ran = schedule({"p.xml", "--output", "units"});

  EXPECT_EQ(ran.exit, 3);
  EXPECT_THAT(ran.err,
              HasSubstr("MS6405: 'units/mealsync-nightly.timer' cannot be written: Not a directory"));
}

TEST_F(ScheduleCommand, IsUsedInOneWayAtATime) {
  pipeline(nightly);

  EXPECT_EQ(schedule({}).exit, 2);
  EXPECT_EQ(schedule({"p.xml", "--cron", "--check"}).exit, 2);
  EXPECT_EQ(schedule({"p.xml", "--cron", "--output", "units"}).exit, 2);
  EXPECT_EQ(schedule({"p.xml", "--as-of", "2016-11-06"}).exit, 2);
  EXPECT_EQ(schedule({"p.xml", "--check", "--as-of", "2016-11-06T24:00"}).exit, 2);
}

}  // namespace
}  // namespace mealsync::testing
