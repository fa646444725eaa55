#include "lab.hpp"

namespace mealsync {
namespace {

/// What becomes of records, and how it is counted. Below 50 records no guard judges the share rejected.
class RecordsOfARun : public Lab {
 protected:
  std::string account_of(std::string_view words,
                         std::string_view transforms = R"(<transform plugin="obey"/>)") {
    return account(
        run("<source plugin=\"given\"><file name=\"f\" text=\"" + std::string(words) +
            "\"/><format plugin=\"lines\"/></source>" + std::string(transforms) +
            R"(<sink plugin="report" path="log" as="report"/><sink plugin="loader" path="log"/>)"));
  }
};

TEST_F(RecordsOfARun, AreReadAlsoWhereTheFormatRejectsThem) {
  EXPECT_EQ(account_of("ann/bad/bob"), R"(successful, committed
errors 1
loaded 2
new 2
read 3
Line 2: ERROR 10011 - Line 'bad' is bad
)");
}

TEST_F(RecordsOfARun, AreCountedOnceHoweverManyErrorsTheyHave) {
  EXPECT_EQ(account_of("worse/reject twice/ann"), R"(successful, committed
errors 2
loaded 1
new 1
read 3
Line 1: ERROR 10011 - Line 'worse' is bad
Line 1: ERROR 10012 - Line 'worse' is even worse
Line 2: ERROR 10021 - Record '********wice' is wrong
Line 2: ERROR 10022 - Record '********wice' is wrong again
)");
}

TEST_F(RecordsOfARun, AreSkippedForAReason) {
  EXPECT_EQ(account_of("skip/ann//skip"), R"(successful, committed
loaded 1
new 1
read 4
skipped.blank 1
skipped.cep 2
Line 1: INFO 10023 - Record 'skip' is passed over
Line 3: INFO 10013 - The line is blank
Line 4: INFO 10023 - Record 'skip' is passed over
)");
}

TEST_F(RecordsOfARun, GoOnWithAWarning) {
  EXPECT_EQ(account_of("remark"), R"(successful, committed
loaded 1
new 1
read 1
warnings 1
Line 1: WARNING 10024 - Record 'remark' is doubtful
)");
}

TEST_F(RecordsOfARun, HaveTheFateThatAMergeGivesThem) {
  EXPECT_EQ(account_of("new/updated/existing/existing/new", R"(<transform plugin="fates"/>)"),
            R"(successful, committed
existing 2
loaded 5
new 2
read 5
updated 1
)");
}

TEST_F(RecordsOfARun, WithoutAFateInAColumnOfFatesAreLost) {
  EXPECT_EQ(
      account_of("new/ann", R"(<transform plugin="fates"/>)"),
      R"(unsuccessful, not committed: Of 2 records read, 1 are accounted for: 1 new, 0 updated, 0 existing, 0 skipped, 0 errors
new 1
read 2
skipped.undecided 1
failed MS3107: Of 2 records read, 1 are accounted for: 1 new, 0 updated, 0 existing, 0 skipped, 0 errors
)");
}

TEST_F(RecordsOfARun, ThatATransformLosesStopTheCommit) {
  EXPECT_EQ(
      account_of("ann/lose/bob"),
      R"(unsuccessful, not committed: Of 3 records read, 2 are accounted for: 2 new, 0 updated, 0 existing, 0 skipped, 0 errors
new 2
read 3
skipped.undecided 1
failed MS3107: Of 3 records read, 2 are accounted for: 2 new, 0 updated, 0 existing, 0 skipped, 0 errors
)");
}

TEST_F(RecordsOfARun, ThatATransformDoublesStopTheCommit) {
  EXPECT_EQ(
      account_of("ann/double"),
      R"(unsuccessful, not committed: Of 2 records read, 3 are accounted for: 3 new, 0 updated, 0 existing, 0 skipped, 0 errors
new 3
read 2
failed MS3107: Of 2 records read, 3 are accounted for: 3 new, 0 updated, 0 existing, 0 skipped, 0 errors
)");
}

TEST_F(RecordsOfARun, AreMissedWhereThereAreNone) {
  EXPECT_EQ(account_of(""), R"(refused, not committed: The input holds no records
refused 8005: The input holds no records
)");
  EXPECT_EQ(log(), R"(report is made
report is told 0:0 The input holds no records ()
report concludes: refused, not committed
report is gone
)");
}

TEST_F(RecordsOfARun, AreToldByFileLineAndStageWhateverOrderTheyAreFoundIn) {
  const Outcome outcome = run(R"(
    <source plugin="given">
      <file name="a" text="remark/bad/remark/"/><file name="b" text="bad/remark"/>
      <format plugin="lines"/>
    </source>
    <transform plugin="obey" id="first"/>
    <transform plugin="obey" id="second"/>
    <sink plugin="report" path="log" as="report"/>
  )");

  EXPECT_EQ(outcome.status, "successful");
  EXPECT_EQ(log(), R"(report is made
report writes remark
report writes remark
report writes remark
report is told 0:1 Record 'remark' is doubtful (first)
report is told 0:1 Record 'remark' is doubtful (second)
report is told 0:2 Line 'bad' is bad (lines)
report is told 0:3 Record 'remark' is doubtful (first)
report is told 0:3 Record 'remark' is doubtful (second)
report is told 1:1 Line 'bad' is bad (lines)
report is told 1:2 Record 'remark' is doubtful (first)
report is told 1:2 Record 'remark' is doubtful (second)
report concludes: successful, not committed
report is gone
)");
}

TEST_F(RecordsOfARun, NameThePersonsWhoAreNotAbsentAlsoWhereTheyAreStoppedLater) {
  EXPECT_EQ(account_of(
                "3/bad/reject/ann/1",
                R"(<transform plugin="says_who"/><transform plugin="obey"/><transform plugin="roll_call"/>)"),
            R"(successful, committed
absent.2 1
errors 2
loaded 3
new 3
read 5
unidentified 3
Line 2: ERROR 10011 - Line 'bad' is bad
Line 3: ERROR 10021 - Record '********' is wrong
)");
}

}  // namespace
}  // namespace mealsync
