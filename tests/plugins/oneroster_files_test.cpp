// Sets as they come: zipped, damaged, half there, and made to do harm.

#include <sys/stat.h>
#include <zip.h>

#include <gmock/gmock.h>

#include <campus/oneroster/file_set.hpp>

#include "oneroster_set.hpp"

namespace mealsync::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class OneRosterFiles : public OneRosterSet {
 protected:
  /// The set's files in an archive, each with this before its name.
  [[nodiscard]] std::filesystem::path zipped(const std::string& prefix) const {
    auto path = folder_ / "set.zip";
    zip_t* const archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    for (const auto& each : std::filesystem::directory_iterator(set()))
      add(archive, prefix + each.path().filename().string(), each.path());
    EXPECT_EQ(zip_close(archive), 0);
    return path;
  }
  static zip_int64_t add(zip_t* archive, const std::string& name, const std::filesystem::path& file) {
    return zip_file_add(archive, name.c_str(), zip_source_file(archive, file.c_str(), 0, -1), 0);
  }
  Lines load_set(const std::filesystem::path& path) {
    auto given = options();
    given.set = path;
    return load(given);
  }
};

TEST_F(OneRosterFiles, AreReadOutOfAnArchive) {
  EXPECT_THAT(load_set(zipped("")), IsEmpty());
  EXPECT_THAT(enrollments(), SizeIs(2));
}

TEST_F(OneRosterFiles, MayLieInOneFolderOfAnArchive) {
  EXPECT_THAT(load_set(zipped("export/")), IsEmpty());
  EXPECT_THAT(enrollments(), SizeIs(2));
}

TEST_F(OneRosterFiles, MayLieInOneFolderOfAFolder) {
  EXPECT_THAT(load_set(folder_.path()), IsEmpty());
  EXPECT_THAT(enrollments(), SizeIs(2));
}

TEST_F(OneRosterFiles, ThatLieInSeveralFoldersAreNotGuessedAt) {
  std::filesystem::copy(set(), folder_ / "again");

  EXPECT_THAT(load_set(folder_.path()),
              Contains(" MS6002 failed Several folders hold a set: 'again', 'set'"));
  EXPECT_EQ(changes(), (Lines{"nothing loaded"}));
}

TEST_F(OneRosterFiles, WithNamesThatLeadOutOfAnArchiveAreNotRead) {
  const Lines found = load_set(zipped("../"));

  EXPECT_THAT(found, Contains("users.csv MS6002 failed The set has no users.csv"));
  EXPECT_THAT(found,
              Contains(HasSubstr("MS6004 warning Entry 1 of the archive is not read: its name leads out")));
  EXPECT_EQ(changes(), (Lines{"nothing loaded"}));
}

TEST_F(OneRosterFiles, ThatAreLinksInAnArchiveAreNotRead) {
  write("target", "/etc/passwd");
  leave_out("users.csv");
  const auto path = zipped("");
  zip_t* const archive = zip_open(path.c_str(), 0, nullptr);
  const auto index = add(archive, "users.csv", set() / "target");
  zip_file_set_external_attributes(archive, static_cast<zip_uint64_t>(index), 0, ZIP_OPSYS_UNIX,
                                   zip_uint32_t{S_IFLNK | 0777} << 16);
  ASSERT_EQ(zip_close(archive), 0);

  EXPECT_THAT(load_set(path),
              ElementsAre("users.csv MS6004 warning Entry 5 of the archive is not read: it is a link",
                          "users.csv MS6002 failed The set has no users.csv"));
}

TEST_F(OneRosterFiles, ThatUnpackToTooMuchAreRefusedBeforeTheyAreRead) {
  oneroster::Faults faults;
  const auto path = zipped("");

  static_cast<void>(oneroster::FileSet::find(path, faults, 200));

  ASSERT_THAT(faults.all(), SizeIs(1));
  EXPECT_EQ(faults.all()[0].message, "The archive unpacks to more than 200 bytes");
  EXPECT_TRUE(faults.stops());
}

TEST_F(OneRosterFiles, OfADamagedArchiveAreNotLoaded) {
  write("users.csv", "sourcedId,role,givenName,familyName,identifier\n" + std::string(5000, '\n') +
                         "u1,student,Ann,Reed,1000000001\n");
  const auto path = zipped("");
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(60);
  file << "damage";
  file.close();

  EXPECT_THAT(load_set(path), Contains(HasSubstr("MS6003 failed The file cannot be read: ")));
  EXPECT_EQ(changes(), (Lines{"nothing loaded"}));
}

TEST_F(OneRosterFiles, OfWhatIsNoArchiveAreToldAsSuch) {
  EXPECT_THAT(load_set(database()),
              ElementsAre("campus.db MS6001 failed The archive cannot be opened: Not a zip "
                          "archive"));
  EXPECT_THAT(
      load_set(folder_ / "nowhere"),
      ElementsAre("nowhere MS6001 failed There is no folder or archive to read: there is nothing of this "
                  "name"));
}

TEST_F(OneRosterFiles, ThatAreMissingAreAllTold) {
  leave_out("orgs.csv");
  leave_out("academicSessions.csv");
  write("users.csv", "sourcedId,givenName,familyName,identifier\nu1,Ann,Reed,1000000001\n");

  EXPECT_THAT(load(), ElementsAre("academicSessions.csv MS6002 failed The set has no academicSessions.csv",
                                  "orgs.csv MS6002 failed The set has no orgs.csv",
                                  "roles.csv MS6002 failed The set has no roles.csv"));
  EXPECT_EQ(changes(), (Lines{"nothing loaded"}));
}

TEST_F(OneRosterFiles, ThatAreMissingFromAnEmptyFolderAreToo) {
  std::filesystem::create_directory(folder_ / "empty");

  EXPECT_THAT(load_set(folder_ / "empty"),
              AllOf(SizeIs(4), Each(HasSubstr("MS6002 failed The set has no "))));
}

TEST_F(OneRosterFiles, WithAWrongHeaderAreAllTold) {
  write("orgs.csv", "sourcedId,type,identifier\ns1,school,010\n");
  write("users.csv", "role,sourcedId,familyName,FAMILYNAME,givenName\n");
  write("enrollments.csv", "");
  write("academicSessions.csv", std::string("\xFF\xFEs\0o\0", 6));

  EXPECT_THAT(load(),
              ElementsAre("academicSessions.csv:1 MS6007 failed The header cannot be read",
                          "orgs.csv:1 MS6007 failed The header has no column 'name'",
                          "users.csv:1 MS6007 failed The header has more than one column 'familyName'",
                          "enrollments.csv MS6007 failed The header cannot be read",
                          "users.csv:1 MS6007 failed The header has no column 'identifier'"));
  EXPECT_EQ(changes(), (Lines{"nothing loaded"}));
}

TEST_F(OneRosterFiles, ThatAreDeltasAreNotLoaded) {
  write("manifest.csv",
        "propertyName,value\r\noneroster.version,1.1\r\nfile.enrollments,delta\r\nfile.results,delta\r\n");

  EXPECT_THAT(load(),
              ElementsAre("manifest.csv:3 MS6005 failed The manifest says that enrollments.csv is a delta, "
                          "and only whole sets are loaded"));
}

TEST_F(OneRosterFiles, OfAnUnknownVersionAreLoadedWithAWarning) {
  write("manifest.csv", "propertyName,value\noneroster.version,2.0\n");

  EXPECT_THAT(load(),
              ElementsAre("manifest.csv:2 MS6006 warning The manifest says version '2.0'; known are 1.1 and "
                          "1.2"));
  EXPECT_THAT(enrollments(), SizeIs(2));
}

TEST_F(OneRosterFiles, HaveTheirColumnsInAnyOrderWithAMarkAndOtherLineEnds) {
  write("users.csv",
        "\xEF\xBB\xBFIDENTIFIER , GivenName,familyName,\"sourcedid\",Role,other\r\n"
        "1000000001,Ann,\"Reed, \"\"R\"\"\nHill\",u1,STUDENT,x\r\n"
        "\r\n"
        "1000000002,Jos\xE9,Mu\xC3\xB1oz,u2,student,\r\n");

  EXPECT_THAT(load(), IsEmpty());

  EXPECT_EQ(ask("SELECT lastName || '/' || firstName FROM Identity"),
            (Lines{"Reed, \"R\"\nHill/Ann", "Mu\xC3\xB1oz/Jos\xC3\xA9"}));
}

TEST_F(OneRosterFiles, LoseTheRowsThatCannotBeRead) {
  write("users.csv",
        "sourcedId,role,givenName,familyName,identifier\n"
        "u1,student,Ann,Reed,1000000001\n"
        "u2,student,Ben,\x81,1000000002\n"
        "u3,student,\"Cam\"x,Ford,1000000003\n"
        "u4,student,Dee\n"
        ",student,Eve,Lane,1000000005\n"
        "u6,student," +
            std::string(70'000, 'F') +
            ",Hill,1000000006\n"
            "u7,student,\"Gus,Wood,1000000007\n"
            "u8,student,Hal,Moor,1000000008\n");
  write("enrollments.csv", "classSourcedId,schoolSourcedId,userSourcedId,role\nc1,s1,u1,student\n");

  EXPECT_THAT(
      load(),
      ElementsAre(
          "users.csv:3 4011 error Text in column 'familyName' cannot be read as UTF-8 or Windows-1252",
          "users.csv:4 4010 error The quotes of the line do not close where a value ends",
          "users.csv:5 4010 error Wrong number of columns: 3, expected 5",
          "users.csv:6 4002 error Required field [sourcedId] has no value",
          "users.csv:7 4010 error Line is longer than 65536 bytes",
          "users.csv:8 4010 error The quotes of the line do not close where a value ends",
          "enrollments.csv MS6019 warning Rows cannot be read, so that no enrollment is removed: 6 "
          "of them"));
  EXPECT_EQ(ask("SELECT stateID FROM Person"), (Lines{"1000000001", "1000000008"}));
}

TEST_F(OneRosterFiles, MayHoldALineWithoutAnEnd) {
  write("users.csv", "sourcedId,role,givenName,familyName,identifier\nu1,student,Ann,Reed,1000000001\nu2," +
                         std::string(5'000'000, 'x') + "\nu3,student,Cam,Ford,1000000003\n" +
                         std::string(3'000'000, 'y'));
  write("enrollments.csv", "classSourcedId,schoolSourcedId,userSourcedId,role\nc1,s1,u3,student\n");

  EXPECT_THAT(load(),
              ElementsAre("users.csv:3 4010 error Line is longer than 65536 bytes",
                          "users.csv:5 4010 error Line is longer than 65536 bytes",
                          "enrollments.csv MS6019 warning Rows cannot be read, so that no enrollment is "
                          "removed: 2 of them"));
  EXPECT_THAT(enrollments(), ElementsAre(StartsWith("1000000003 010")));
}

TEST_F(OneRosterFiles, WithAHeaderAloneAreLoadedWithAWarning) {
  write("users.csv", "sourcedId,role,givenName,familyName,identifier\n");
  write("enrollments.csv", "classSourcedId,schoolSourcedId,userSourcedId,role");

  EXPECT_THAT(load(), ElementsAre("users.csv MS6008 warning The file has a header and no rows",
                                  "enrollments.csv MS6008 warning The file has a header and no rows"));
  EXPECT_EQ(changes(), (Lines{"SchoolYear +1 ~0 =0 -0", "School +2 ~0 =0 -0"}));
}

TEST_F(OneRosterFiles, ThatContradictThemselvesAreTold) {
  write("orgs.csv",
        "sourcedId,name,type,identifier\n"
        "s1,Birch Hill,school,010\n"
        "s2,Stone Creek,school,010\n"
        "s1,Birch Hill,school,011\n"
        "d,Jefferson,district,\n");
  write("users.csv",
        "sourcedId,role,givenName,familyName,identifier\n"
        "u1,student,Ann,Reed,1000000001\n"
        "u1,student,Ann,Reed,1000000001\n"
        "u2,student,Ben,Stone,\n"
        "t1,teacher,Tom,Hill,\n");
  write("demographics.csv",
        "sourcedId,birthDate\n"
        "u1,2007-11-30\n"
        "u1,2007-11-30\n"
        "u9,2007-11-30\n"
        "u2,30.11.2007\n");
  write("enrollments.csv",
        "classSourcedId,schoolSourcedId,userSourcedId,role,beginDate,endDate\n"
        "c1,s1,u1,student,,\n"
        "c1,s9,u1,student,,\n"
        "c1,d,u1,student,,\n"
        "c1,s1,u9,student,,\n"
        "c1,s1,t1,student,,\n"
        "c1,s1,u1,student,2017-01-09,2017-01-08\n"
        "c1,s1,u1,student,2011-01-09,2011-05-08\n"
        "c1,,u1,student,,\n");

  EXPECT_THAT(load(),
              ElementsAre("orgs.csv:3 MS6018 warning School number '010' is that of line 2 too",
                          "orgs.csv:4 MS6015 error sourcedId 's1' stands in line 2 already",
                          "users.csv:3 MS6015 error sourcedId '[u1]' stands in line 2 already",
                          "demographics.csv:3 MS6015 error sourcedId '[u1]' stands in line 2 already",
                          "demographics.csv:4 MS6014 error No user of the set has sourcedId '[u9]'",
                          "demographics.csv:5 5003 error The value of column 'birthDate' is no date "
                          "(YYYY-MM-DD)",
                          "users.csv:4 MS6016 warning Student '[u2]' has no state ID",
                          "enrollments.csv:3 MS6013 error No school of the set has sourcedId 's9'",
                          "enrollments.csv:4 MS6013 error No school of the set has sourcedId 'd'",
                          "enrollments.csv:5 MS6014 error No user of the set has sourcedId '[u9]'",
                          "enrollments.csv:6 MS6014 error The user with sourcedId '[t1]' is no student",
                          "enrollments.csv:7 5001 error Row ends 2017-01-08, before it starts 2017-01-09",
                          "enrollments.csv:8 MS6012 error The enrollment is of no school year of the set",
                          "enrollments.csv:9 4002 error Required field [schoolSourcedId] has no value"));
  EXPECT_EQ(enrollments(), (Lines{"1000000001 010 2017 P - 2016-08-10..2017-05-26"}));
}

TEST_F(OneRosterFiles, WithoutASchoolYearNeedOneThatIsTold) {
  write("academicSessions.csv",
        "sourcedId,type,startDate,endDate\n"
        "y,schoolYear,2016-08-10,\n");
  auto told = options();
  told.school_year = SchoolYear{2017};

  EXPECT_THAT(load(),
              ElementsAre("academicSessions.csv:2 4002 error Required field [endDate] has no value",
                          "academicSessions.csv MS6010 failed No academic session says which school year it "
                          "is"));
  EXPECT_THAT(load(told), SizeIs(1));
  EXPECT_EQ(ask("SELECT * FROM SchoolYear"), (Lines{"2017|2016-07-01|2017-06-30|1"}));
}

}  // namespace
}  // namespace mealsync::testing
