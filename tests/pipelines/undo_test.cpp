// mealsync undo, as a technician uses it after an import that should not have been.
#include <gmock/gmock.h>

#include <regex>

#include "district.hpp"

namespace mealsync::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Undo : public District {
 protected:
  [[nodiscard]] Ran undo(const std::string& run, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"undo", run, "--state", "state"});
    return run_program(folder_, more);
  }
  [[nodiscard]] std::string import(std::vector<std::string> more = {}) const {
    return answer(std::move(more))["run"];
  }
  [[nodiscard]] Json undo_answer(const std::string& run, std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--format", "json"});
    const Ran ran = undo(run, std::move(more));
    Json json = Json::parse(ran.out);
    json["exit"] = ran.exit;
    return json;
  }
  /// The student of line 13, who is new, gets another status in the next file.
  void change_a_new_student() const {
    std::string file = bytes_of(pos());
    std::size_t begin = 0;
    for (int line = 1; line < 13; ++line)
      begin = file.find('\n', begin) + 1;
    std::string line = file.substr(begin, file.find('\n', begin) - begin);
    key_ = line.substr(0, 10);
    const std::string changed =
        std::regex_replace(line, std::regex(R"(,[FRP],[^,]*,)"),
                           line.find(",F,DC-SNAP,") == std::string::npos ? ",F,DC-SNAP," : ",F,DC-FOSTER,");
    write_file(pos(), file.replace(begin, line.size(), changed));
  }

  mutable std::string key_;
};

TEST_F(Undo, PutsBackWhatARunChanged) {
  const std::string before = eligibility();
  const std::string imported = import();
  ASSERT_NE(eligibility(), before);

  const Ran ran = undo(imported);

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("sample-pos: run " + imported +
                                  " is undone: 81 records taken out, 3 put back, 43 set back (run "));
  EXPECT_EQ(eligibility(), before);
}

TEST_F(Undo, IsARunOfTheLogAndCanBeUndoneItself) {
  const std::string imported = import(), after = eligibility();
  const Json undone = undo_answer(imported);

  const Json again = undo_answer(undone["run"]);

  EXPECT_EQ(again["status"], "successful");
  EXPECT_EQ(eligibility(), after);
  EXPECT_EQ(undo_answer(imported)["status"], "successful");
  const Ran log = run_program(folder_, {"log", "show", undone["run"], "--state", "state"});
  EXPECT_THAT(log.out, AllOf(HasSubstr("undoes run " + imported), HasSubstr("81 removed")));
}

TEST_F(Undo, ForetellsInATestWhatItDoesAndWritesNothing) {
  const std::string imported = import(), before = campus_bytes();

  const Json tested = undo_answer(imported, {"--test"});

  EXPECT_TRUE(campus_bytes() == before);
  Json undone = undo_answer(imported);
  EXPECT_EQ(tested["test"], true);
  for (const char* count : {"inserted", "updated", "removed", "status", "database", "exit"})
    EXPECT_EQ(tested[count], undone[count]) << count;
}

TEST_F(Undo, IsRefusedWithAListWhereALaterRunChangedARecord) {
  const std::string before = eligibility(), first = import();
  change_a_new_student();
  const std::string second = import(), after = eligibility();

  const Ran ran = undo(first);

  EXPECT_EQ(ran.exit, 4);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("MS6101"), HasSubstr("'******" + key_.substr(6) + "'"),
                             HasSubstr("run " + second + " changed it since"), Not(HasSubstr(key_))));
  EXPECT_EQ(eligibility(), after);
  EXPECT_EQ(undo(second).exit, 0);
  EXPECT_EQ(undo(first).exit, 0);
  EXPECT_EQ(eligibility(), before);
}

TEST_F(Undo, ListsEveryRecordThatSomebodyChangedByHand) {
  const std::string imported = import();
  sql(campus(),
      "UPDATE POSEligibility SET districtID = 4 WHERE eligibilityID IN (SELECT eligibilityID FROM "
      "ImportChange "
      "WHERE action <> 'remove' ORDER BY sequence LIMIT 3); DELETE FROM POSEligibility WHERE eligibilityID = "
      "(SELECT max(eligibilityID) FROM ImportChange)");
  const std::string changed = eligibility();

  const Json refused = undo_answer(imported);

  EXPECT_EQ(refused["exit"], 4);
  EXPECT_EQ(refused["status"], "refused");
  EXPECT_EQ(refused["reason"],
            "Run " + imported + " cannot be undone: 4 changes that came later would be lost");
  std::size_t by_hand = 0;
  for (const Json& message : refused["messages"])
    by_hand += message["code"] == "MS6102" ? 1 : 0;
  EXPECT_EQ(by_hand, 4u);
  EXPECT_EQ(eligibility(), changed);
}

TEST_F(Undo, IsRefusedTheSecondTime) {
  const std::string imported = import();
  const Json undone = undo_answer(imported);

  const Json refused = undo_answer(imported);

  EXPECT_EQ(refused["exit"], 4);
  EXPECT_EQ(refused["reason"],
            "Run " + imported + " was undone already, by run " + undone["run"].get<std::string>());
}

TEST_F(Undo, IsNoImportInTheLogWhereItIsRefused) {
  const std::string imported = import();
  ASSERT_EQ(undo_answer(imported)["exit"], 0);

  const std::string refused = undo_answer(imported)["run"];

  EXPECT_THAT(run_program(folder_, {"log", "--state", "state"}).out, HasSubstr(refused + "  undo\n"));
  EXPECT_THAT(run_program(folder_, {"log", "show", refused, "--state", "state"}).out,
              HasSubstr("undoes run " + imported + ": Run " + imported + " was undone already"));
}

TEST_F(Undo, SaysOfARunThatChangedNothingWhyItDidNot) {
  const std::string tested = import({"--test"});
  as_of_ = "2017-07-01";
  const Ran refused = run({"--format", "json"});

  EXPECT_EQ(undo_answer(tested)["reason"], "Run " + tested + " was a test: it changed nothing");
  const std::string name = Json::parse(refused.out)["run"];
  EXPECT_EQ(undo_answer(name)["reason"], "Run " + name + " changed nothing: it ended as refused");
  EXPECT_EQ(undo_answer(name)["exit"], 4);
}

TEST_F(Undo, LooksForTheRunInTheDatabaseThatIsNamed) {
  const std::string before = eligibility(), imported = import();
  EXPECT_EQ(run_program(folder_, {"campus", "init", "other.db"}).exit, 0);

  EXPECT_THAT(undo(imported, {"--campus", "other.db"}).err,
              AllOf(HasSubstr("MS6110"), HasSubstr("knows of no run " + imported)));
  EXPECT_EQ(undo(imported, {"--campus", "missing.db"}).exit, 3);
  std::filesystem::rename(campus(), folder_ / "moved.db");
  EXPECT_EQ(undo(imported).exit, 3);
  EXPECT_EQ(undo(imported, {"--campus", "moved.db"}).exit, 0);
  std::filesystem::rename(folder_ / "moved.db", campus());
  EXPECT_EQ(eligibility(), before);
}

TEST_F(Undo, WorksOnADatabaseThatIsOlderThanIt) {
  sql(campus(), "ALTER TABLE ImportRun DROP COLUMN undoesRunID");
  const std::string before = eligibility(), imported = import();

  EXPECT_EQ(undo(imported).exit, 0);

  EXPECT_EQ(eligibility(), before);
  EXPECT_EQ(undo(imported).exit, 4);
}

TEST_F(Undo, ExitsWith2WhereItIsUsedWrongly) {
  EXPECT_EQ(run_program(folder_, {"undo"}).exit, 2);
  EXPECT_EQ(undo("20160906-010000-0000").exit, 2);
  EXPECT_THAT(undo("20160906-010000-0000").err, HasSubstr("the log has no run '20160906-010000-0000'"));
  EXPECT_EQ(undo("a", {"b"}).exit, 2);
  EXPECT_EQ(undo("a", {"--format", "xml"}).exit, 2);
  EXPECT_THAT(run_program(folder_, {"undo", "--help"}).out, StartsWith("Usage: mealsync undo RUN\n"));
}

}  // namespace
}  // namespace mealsync::testing
