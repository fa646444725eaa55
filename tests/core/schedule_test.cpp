#include <gmock/gmock.h>

#include <schedule/job.hpp>
#include <schedule/times.hpp>

namespace mealsync {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Schedule at(std::string frequency, std::string time, std::string day = {}, std::string zone = {}) {
  return {{"p.xml", 2, 2}, std::move(frequency), std::move(day), std::move(time), std::move(zone)};
}

/// `2016-11-06 01:30 EDT`, five of them.
std::vector<std::string> after(const std::string& day, const Schedule& schedule,
                               const std::string& zone_name = "America/New_York") {
  const auto zone = TimeZone::named(zone_name).value();
  std::vector<std::string> shown;
  for (const auto moment : next_times(schedule, zone, zone.moment_of({*date_from_iso(day), {}}), 5)) {
    const LocalTime local = zone.local_time(moment);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local.time).count();
    const auto two = [](auto number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    shown.push_back(to_text(local.day) + ' ' + two(minutes / 60) + ':' + two(minutes % 60) + ' ' +
                    zone.abbreviation(moment));
  }
  return shown;
}

Job job(Schedule schedule) {
  return {"pos", std::move(schedule), {"/opt/mealsync/bin/mealsync", "run", "/srv/pos.xml"}, {}, {}, {},
          false};
}

std::string told(const Findings& findings) {
  std::string lines;
  for (const Finding& finding : findings.all())
    lines += code_text(finding.code) + ' ' + finding.message + '\n';
  return lines;
}

TEST(ScheduledTimes, TakeAnHourThatComesTwiceTheFirstTime) {
  EXPECT_THAT(after("2016-11-05", at("daily", "01:30")),
              ElementsAre("2016-11-05 01:30 EDT", "2016-11-06 01:30 EDT", "2016-11-07 01:30 EST",
                          "2016-11-08 01:30 EST", "2016-11-09 01:30 EST"));
}

TEST(ScheduledTimes, LeaveOutAnHourThatClocksLeapOver) {
  EXPECT_THAT(after("2017-03-11", at("daily", "02:30")),
              ElementsAre("2017-03-11 02:30 EST", "2017-03-13 02:30 EDT", "2017-03-14 02:30 EDT",
                          "2017-03-15 02:30 EDT", "2017-03-16 02:30 EDT"));
}

TEST(ScheduledTimes, AreOnOneDayOfTheWeek) {
  EXPECT_THAT(after("2016-11-06", at("weekly", "01:00", "sunday")),
              ElementsAre("2016-11-06 01:00 EDT", "2016-11-13 01:00 EST", "2016-11-20 01:00 EST",
                          "2016-11-27 01:00 EST", "2016-12-04 01:00 EST"));
}

TEST(ScheduledTimes, AreOnTheLastDayOfAShorterMonth) {
  EXPECT_THAT(after("2016-01-01", at("monthly", "23:59", "31")),
              ElementsAre("2016-01-31 23:59 EST", "2016-02-29 23:59 EST", "2016-03-31 23:59 EDT",
                          "2016-04-30 23:59 EDT", "2016-05-31 23:59 EDT"));
  EXPECT_THAT(after("2016-12-31", at("monthly", "00:00", "30"), "Etc/UTC"),
              ElementsAre("2017-01-30 00:00 UTC", "2017-02-28 00:00 UTC", "2017-03-30 00:00 UTC",
                          "2017-04-30 00:00 UTC", "2017-05-30 00:00 UTC"));
}

TEST(ATimer, SaysWhenWithTheTimeZone) {
  EXPECT_EQ(timer_unit(job(at("daily", "01:00", {}, "America/New_York"))),
            "[Unit]\n"
            "Description=When mealsync runs pos\n"
            "\n"
            "[Timer]\n"
            "OnCalendar=*-*-* 01:00:00 America/New_York\n"
            "# What is missed while the machine is off is made up for.\n"
            "Persistent=yes\n"
            "\n"
            "[Install]\n"
            "WantedBy=timers.target\n");
}

TEST(ATimer, NamesDaysAsSystemdDoes) {
  EXPECT_THAT(timer_unit(job(at("weekly", "01:00", "monday"))),
              HasSubstr("\nOnCalendar=Mon *-*-* 01:00:00\n"));
  EXPECT_THAT(timer_unit(job(at("monthly", "01:00", "5"))), HasSubstr("\nOnCalendar=*-*-05 01:00:00\n"));
  EXPECT_THAT(timer_unit(job(at("monthly", "01:00", "31"))), HasSubstr("\nOnCalendar=*-*~01 01:00:00\n"));
  EXPECT_THAT(timer_unit(job(at("monthly", "01:00", "29"))),
              HasSubstr("\nOnCalendar=*-*-29 01:00:00\nOnCalendar=*-02~01 01:00:00\n"));
}

TEST(AService, MayWriteWhereItsPipelineDoesAndNowhereElse) {
  Job nightly = job(at("daily", "01:00"));
  nightly.written = {"/srv", "/srv/reports"};
  nightly.has_own_state = true;

  EXPECT_THAT(service_unit(nightly),
              AllOf(HasSubstr("\nType=oneshot\n"), HasSubstr("\nUser=mealsync\n"),
                    HasSubstr("\nStateDirectory=mealsync\n"), HasSubstr("\nProtectSystem=strict\n"),
                    HasSubstr("\nReadWritePaths=\"-/srv\"\nReadWritePaths=\"-/srv/reports\"\n"),
                    Not(HasSubstr("EnvironmentFile")), Not(HasSubstr("WorkingDirectory"))));
}

TEST(AService, TakesSecretsOfTheEnvironmentFromAFile) {
  Job nightly = job(at("daily", "01:00"));
  nightly.environment = {"IC_PASSWORD"};

  EXPECT_THAT(
      service_unit(nightly),
      HasSubstr("a line NAME=value for each of: IC_PASSWORD\nEnvironmentFile=/etc/mealsync/pos.env\n"));
}

TEST(AService, QuotesWhatSystemdWouldTakeForSomethingElse) {
  Job odd = job(at("daily", "01:00"));
  odd.command = {"/opt/m s/mealsync", "run", R"(/srv/50% "off"/$HOME\p;.xml)"};
  odd.written = {"/srv/a b%"};
  odd.folder = "/srv/a b%";

  EXPECT_THAT(
      service_unit(odd),
      AllOf(
          HasSubstr("\nExecStart=:\"/opt/m s/mealsync\" \"run\" \"/srv/50%% \\\"off\\\"/$HOME\\\\p;.xml\"\n"),
          HasSubstr("\nReadWritePaths=\"-/srv/a b%%\"\n"), HasSubstr("\nWorkingDirectory=/srv/a b%%/\n")));
}

TEST(ACrontab, HasALineForEachFrequency) {
  EXPECT_EQ(cron_line(job(at("daily", "01:05"))),
            "5 1 * * * '/opt/mealsync/bin/mealsync' 'run' '/srv/pos.xml'\n");
  EXPECT_THAT(cron_line(job(at("weekly", "23:00", "sunday"))), ::testing::StartsWith("0 23 * * 0 '"));
  EXPECT_THAT(cron_line(job(at("monthly", "00:00", "28"))), ::testing::StartsWith("0 0 28 * * '"));
}

TEST(ACrontab, QuotesForTheShellAndForCron) {
  Job odd = job(at("daily", "01:00"));
  odd.command = {"/opt/mealsync", "run", "/srv/it's 50%.xml"};
  odd.folder = "/srv/a b";

  EXPECT_EQ(cron_line(odd), "0 1 * * * cd '/srv/a b' && '/opt/mealsync' 'run' '/srv/it'\\''s 50\\%.xml'\n");
}

TEST(ACrontab, IsRefusedWhatItDoesNotKnow) {
  Job late = job(at("monthly", "01:00", "29", "America/New_York"));
  late.command.push_back("/srv/a\\b");
  Findings findings;

  check_for_cron(late, findings);

  EXPECT_EQ(told(findings),
            "MS6402 Cron does not know a time zone\n"
            "MS6402 Cron does not know the last day of a shorter month\n"
            "MS6402 Cron does not know the backslash in '/srv/a\\b'\n");
}

TEST(AJob, HoldsNoTextThatWouldBeginALineOfItsOwn) {
  Job broken = job(at("daily", "01:00"));
  broken.command.push_back("/srv/a\nExecStart=/bin/false");
  broken.written.push_back("/srv/\xff");
  Findings findings;

  check_job(broken, findings);

  EXPECT_EQ(
      told(findings),
      "MS6404 '/srv/a?ExecStart=/bin/false' cannot stand in a unit or crontab: it has a control character, "
      "or "
      "is no UTF-8\n"
      "MS6404 '/srv/\xff' cannot stand in a unit or crontab: it has a control character, or is no UTF-8\n");
}

}  // namespace
}  // namespace mealsync
