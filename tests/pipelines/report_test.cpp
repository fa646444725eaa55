// What a district checks by hand, as the program writes it.

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "district.hpp"

namespace mealsync::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// A high school and an elementary school with a few students each, one school that eats free, and the file of the POS.
class Reports : public ::testing::Test {
 protected:
  Reports() {
    EXPECT_EQ(run_program(folder_, {"campus", "init", "campus.db"}).exit, 0);
    fill(R"(
      INSERT INTO School VALUES (1, '010', 'Birch Hill'), (2, '020', 'Stone Creek'), (3, '030', 'Quarry Lane');
      INSERT INTO Calendar VALUES (1, 1, 2017, '16-17'), (2, 2, 2017, '16-17'), (3, 3, 2017, '16-17');
      INSERT INTO SchoolProvision (schoolID, endYear, provision) VALUES (3, 2017, 'CEP');)");
    enrol({{1, {"03", 1}}, {2, {"05", 1}}, {3, {"12", 2}}, {4, {"11", 2}}, {5, {"09", 2}}, {6, {"02", 3}}});
    meal(1, "F", "2016-08-10", "2017-10-02");
    meal(3, "F", "2016-08-10", "2016-08-31");
    meal(3, "R", "2016-09-01", "2017-10-02");
    meal(5, "F", "2015-08-10", "2016-07-01");
    write_file(folder_ / "pos.txt",
               "1000000001,F,2016-08-10\n"
               "1000000002,R,2016-08-10\n"
               "1000000003,P,2016-09-01\n"
               "1000000005,X9,2016-09-01\n"
               "1000000099,F,2016-09-01\n");
    write_file(folder_ / "pos.xml", R"(<pipeline name="pos" district="Tamarack County" school_year="2016-17">
      <variable name="pos" value="pos.txt"/>
      <values name="codes">
        <map when="F" eligibility="Free" source="Non-Direct" certified_type="Income"/>
        <map when="R" eligibility="Reduced" source="Non-Direct" certified_type="Income"/>
        <map when="P" eligibility="Paid" source="Non-Direct" certified_type="Denied"/>
      </values>
      <source plugin="local_file" path="${pos}" after="rename">
        <format plugin="delimited">
          <column as="state_id"/> <column as="status"/> <column as="start_date" type="date" pattern="YYYY-MM-DD"/>
        </format>
      </source>
      <transform plugin="map_values" from="status" use="codes"/>
      <transform plugin="year_mapping" default_expiration="2017-10-02"/>
      <transform plugin="match_student" database="campus.db"/>
      <transform plugin="cep_filter" database="campus.db"/>
      <transform plugin="merge_eligibility" database="campus.db"/>
      <sink plugin="ic_database" database="campus.db"/>
    </pipeline>)");
  }

  void fill(const std::string& statements) const { sql(folder_ / "campus.db", statements); }
  /// By number: grade and school.
  void enrol(const std::map<int, std::pair<std::string, int>>& students) const {
    for (const auto& [number, at] : students) {
      const std::string person = std::to_string(number);
      fill("INSERT INTO Person VALUES (" + person + ", '" + std::to_string(1000000000 + number) + "', 'A" +
           person +
           "', NULL); INSERT INTO Enrollment (personID, calendarID, endYear, grade, startDate) VALUES (" +
           person + ", " + std::to_string(at.second) + ", 2017, '" + at.first + "', '2016-08-10')");
    }
  }
  void meal(int person, const std::string& eligibility, const std::string& start,
            const std::string& end) const {
    fill(
        "INSERT INTO POSEligibility (personID, endYear, eligType, eligibility, startDate, endDate) VALUES (" +
        std::to_string(person) + ", 2017, 'Meal', '" + eligibility + "', '" + start + "', '" + end + "')");
  }

  [[nodiscard]] Ran report(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "report");
    arguments.insert(arguments.end(), {"--as-of", "2016-09-06"});
    return run_program(folder_, arguments);
  }
  /// Of the database alone.
  [[nodiscard]] Ran of_campus(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--campus", "campus.db", "--school-year", "2016-17"});
    return report(arguments);
  }
  [[nodiscard]] std::set<std::string> files() const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path()))
      names.insert(entry.path().filename().string());
    return names;
  }

  TemporaryFolder folder_;
};

TEST_F(Reports, CountFreeReducedAndPaidBySchool) {
  const Ran ran = of_campus({"eligibility", "--format", "csv"});

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(
      ran.out,
      "\xEF\xBB\xBFschool_number,school,provision,students,free_records,reduced_records,paid_records,"
      "free_students,reduced_students,paid_students,no_record,free_percent,reduced_percent,paid_percent,"
      "no_record_percent\r\n"
      "'020,Stone Creek,,3,2,1,0,0,1,0,2,0,33,0,67\r\n"
      "'010,Birch Hill,,2,1,0,0,1,0,0,1,50,0,0,50\r\n"
      "'030,Quarry Lane,CEP,1,0,0,0,0,0,0,1,0,0,0,100\r\n"
      ",District,,6,3,1,0,1,1,0,4,17,17,0,67\r\n");
}

TEST_F(Reports, ListStudentsWithoutARecordByDistrictAndSchool) {
  const Ran ran = report({"missing", "pos.xml"});

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.out,
            "Students without a meal record\n"
            "Tamarack County, school year 2016-17, as of 2016-09-06\n"
            "Schools are in the order of their highest grade, high schools first; those where all eat free "
            "are left "
            "out.\n"
            "\n"
            "School number  School       Rows\n"
            "020            Stone Creek     2\n"
            "010            Birch Hill      1\n"
            "               All             3\n"
            "\n"
            "School number  School       Grade  State ID    Student number\n"
            "020            Stone Creek  11     1000000004  A4\n"
            "020            Stone Creek  09     1000000005  A5\n"
            "010            Birch Hill   05     1000000002  A2\n");
}

TEST_F(Reports, TellOfEachStudentWithoutARecordWhatTheFileSays) {
  const Ran ran = report({"missing", "pos.xml", "--against", "pos.txt", "--format", "csv"});

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.out,
            "\xEF\xBB\xBFschool_number,school,grade,state_id,student_number,line,code_as_sent,status_in_file,"
            "finding\r\n"
            "'020,Stone Creek,11,'1000000004,A4,,,not in the file,\r\n"
            "'020,Stone Creek,09,'1000000005,A5,4,X9,,4001\r\n"
            "'010,Birch Hill,05,'1000000002,A2,2,R,Reduced,\r\n");
}

TEST_F(Reports, TellOfAStudentWhoseLineCannotBeRead) {
  write_file(folder_ / "bad.txt", "1000000004,F,08.10.2016\n1000000005,F\n");

  EXPECT_THAT(report({"missing", "pos.xml", "--against", "bad.txt", "--format", "csv"}).out,
              AllOf(HasSubstr("'1000000004,A4,1,,could not be read,5003\r\n"),
                    HasSubstr("'1000000005,A5,2,,could not be read,4010\r\n")));
}

TEST_F(Reports, FindTheStudentOfALineByTheKeyOfThePipeline) {
  std::string pipeline = bytes_of(folder_ / "pos.xml");
  pipeline.replace(pipeline.find("as=\"state_id\""), 13, "as=\"student_number\"");
  pipeline.replace(pipeline.find("plugin=\"match_student\""), 22,
                   "plugin=\"match_student\" key=\"student_number\"");
  write_file(folder_ / "numbers.xml", pipeline);
  write_file(folder_ / "numbers.txt", "A4,F,2016-08-10\n");

  EXPECT_THAT(report({"missing", "numbers.xml", "--against", "numbers.txt", "--format", "csv"}).out,
              HasSubstr("'1000000004,A4,1,F,Free,\r\n"));
}

TEST_F(Reports, ListRecordsWhoseDatesLieOutsideTheirYear) {
  const Ran ran = report({"transposed", "pos.xml"});

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(
      ran.out,
      HasSubstr("             4  1000000005  2016-17      Free         2015-08-10  2016-07-01  it starts "
                "before its year\n"));
  EXPECT_THAT(ran.out, Not(HasSubstr("1000000001")));
}

TEST_F(Reports, TakeTheExpirationOfThePipeline) {
  meal(2, "F", "2016-08-10", "2017-10-03");

  EXPECT_THAT(report({"transposed", "pos.xml"}).out, HasSubstr("it ends after 2017-10-02"));
  EXPECT_THAT(of_campus({"transposed"}).out, Not(HasSubstr("2017-10-03")));
}

TEST_F(Reports, CompareThePosFileWithCampusBySchool) {
  const Ran ran = report({"reconcile", "pos.xml", "--format", "csv", "--students", "1"});

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(
      ran.out,
      "\xEF\xBB\xBFschool_number,school,enrolled,in_file,free_file,free_campus,free_difference,reduced_file,"
      "reduced_campus,reduced_difference,paid_file,paid_campus,paid_difference,no_record,large\r\n"
      "'020,Stone Creek,3,1,0,0,0,0,1,-1,1,0,1,2,Reduced Paid\r\n"
      "'010,Birch Hill,2,2,1,1,0,1,0,1,0,0,0,1,Reduced\r\n"
      ",District,5,3,1,1,0,1,1,0,1,0,1,3,Paid\r\n"
      ",At schools where all eat free,1,,,,,,,,,,,,\r\n"
      ",Records rejected or skipped,,2,,,,,,,,,,,\r\n");
}

TEST_F(Reports, CallADifferenceLargeByItsShareAndItsNumber) {
  EXPECT_THAT(report({"reconcile", "pos.xml", "--format", "csv"}).out, Not(HasSubstr("Reduced")));
  EXPECT_THAT(report({"reconcile", "pos.xml", "--students", "1", "--percent", "100"}).out,
              HasSubstr("Large: more than 100 % of the students in Campus, and at least 1.\n"));
}

TEST_F(Reports, CountAStudentOfTheFileOnceWhoIsNotEnrolled) {
  fill("DELETE FROM Enrollment WHERE personID = 1");

  EXPECT_THAT(report({"reconcile", "pos.xml", "--format", "csv"}).out,
              HasSubstr("\r\n,\"In the file, not enrolled on the day\",,1,"));
}

TEST_F(Reports, OnlyLook) {
  const std::string campus = bytes_of(folder_ / "campus.db");

  EXPECT_EQ(report({"reconcile", "pos.xml"}).exit, 0);
  EXPECT_EQ(report({"missing", "pos.xml", "--against", "pos.txt"}).exit, 0);
  EXPECT_EQ(of_campus({"eligibility"}).exit, 0);

  EXPECT_EQ(bytes_of(folder_ / "campus.db"), campus);
  EXPECT_EQ(files(), (std::set<std::string>{".err", ".out", "campus.db", "pos.txt", "pos.xml"}));
}

TEST_F(Reports, AreWrittenInFourFormats) {
  const std::map<std::string, std::string> begins{{"text", "Students"},
                                                  {"csv", "\xEF\xBB\xBFschool"},
                                                  {"html", "<!DOCTYPE html>"},
                                                  {"json", "{\"title\""}};
  for (const auto& [format, begin] : begins) {
    EXPECT_THAT(of_campus({"missing", "--format", format}).out, StartsWith(begin));
    EXPECT_THAT(report({"missing", "pos.xml", "--against", "pos.txt", "--format", format}).out,
                StartsWith(begin));
  }
}

TEST_F(Reports, GoToAFileOfTheirOwnersAlone) {
  const Ran ran = report({"reconcile", "pos.xml", "--format", "html", "--output", "reconcile.html"});

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(bytes_of(folder_ / "reconcile.html"), HasSubstr("<td>Stone Creek</td>"));
  struct stat of {};
  ASSERT_EQ(stat((folder_ / "reconcile.html").c_str(), &of), 0);
  EXPECT_EQ(of.st_mode & 0777U, 0600U);
}

TEST_F(Reports, SayThatThereIsNothing) {
  fill("DELETE FROM POSEligibility");
  EXPECT_THAT(of_campus({"transposed"}).out, HasSubstr("\n\nNo record has dates outside its school year.\n"));

  for (int person = 1; person < 6; ++person)
    meal(person, "S", "2016-08-10", "");
  const Ran ran = of_campus({"missing"});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.out, HasSubstr("\n\nNo student is without a meal record.\n"));
}

TEST_F(Reports, SayWhereNobodyIsEnrolled) {
  fill("DELETE FROM Enrollment");

  EXPECT_THAT(of_campus({"missing"}).out, HasSubstr("\nNo student is enrolled on 2016-09-06 in 2016-17\n"));
  EXPECT_THAT(report({"reconcile", "pos.xml"}).out, HasSubstr("\nNo student is enrolled on this day.\n"));
}

TEST_F(Reports, TakeNoNameOfASchoolForMoreThanAName) {
  fill("UPDATE School SET name = '=HYPERLINK(\"x\")' || char(27) || '<b>' WHERE schoolID = 2");

  EXPECT_THAT(report({"reconcile", "pos.xml", "--format", "csv"}).out,
              AllOf(HasSubstr("'020,\"'=HYPERLINK(\"\"x\"\")?<b>\","), Not(HasSubstr("\x1b"))));
  EXPECT_THAT(report({"missing", "pos.xml", "--against", "pos.txt", "--format", "html"}).out,
              AllOf(HasSubstr("&lt;b&gt;"), Not(HasSubstr("<b>")), Not(HasSubstr("\x1b"))));
}

TEST_F(Reports, FailWhereTheDatabaseCannotBeRead) {
  const auto all = [this](const std::string& campus) {
    std::string words;
    for (const auto& arguments : {std::vector<std::string>{"missing", "--school-year", "2016-17"},
                                  {"reconcile", "pos.xml"},
                                  {"missing", "pos.xml", "--against", "pos.txt"}}) {
      auto with = arguments;
      with.insert(with.end(), {"--campus", campus});
      const Ran ran = report(with);
      EXPECT_EQ(ran.exit, 3) << ran.err;
      EXPECT_EQ(ran.out, "");
      words += ran.err;
    }
    return words;
  };
  EXPECT_THAT(all("nowhere.db"), HasSubstr("there is no such file"));
  EXPECT_THAT(all("pos.txt"), HasSubstr("file is not a database"));
  std::filesystem::copy(folder_ / "campus.db", folder_ / "older.db");
  sql(folder_ / "older.db", "PRAGMA user_version = 0");
  EXPECT_THAT(all("older.db"), HasSubstr("its schema has version 0, and this program knows version 1"));
}

TEST_F(Reports, FailWhereTheFileCannotBeRead) {
  const Ran ran = report({"missing", "pos.xml", "--against", "nothing.txt"});

  EXPECT_EQ(ran.exit, 3);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr("9003"));
}

TEST_F(Reports, FailWhereTheReportCannotBeWritten) {
  EXPECT_EQ(of_campus({"missing", "--output", "pos.txt/report"}).exit, 3);
  const Ran ran = report({"reconcile", "pos.xml", "--output", "pos.txt/report"});
  EXPECT_EQ(ran.exit, 3);
  EXPECT_THAT(ran.err, HasSubstr("cannot be written: Not a directory"));
}

TEST_F(Reports, TellAllFaultsOfTheCommandLine) {
  const Ran ran =
      run_program(folder_, {"report", "mising", "--format", "xls", "--as-of", "today", "--against", "x"});

  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("name a report"), HasSubstr("--format is"), HasSubstr("--as-of takes"),
                             HasSubstr("--against goes with missing"), HasSubstr("--campus"),
                             HasSubstr("--school-year")));
  EXPECT_EQ(report({"reconcile"}).exit, 2);
  EXPECT_EQ(report({"missing", "pos.xml", "--school-year", "2016-17"}).exit, 2);
  EXPECT_EQ(run_program(folder_, {"report"}).exit, 2);
}

TEST_F(Reports, CountOnADayOfTheYear) {
  const Ran ran = run_program(folder_, {"report", "missing", "pos.xml", "--as-of", "2017-07-01"});

  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("2017-07-01 is no day of school year 2016-17: name one with --as-of"));
}

TEST_F(Reports, TellEveryFaultOfThePipeline) {
  write_file(folder_ / "p.xml", "<pipeline name=\"p\" school_year=\"2016-18\"/>");

  const Ran ran = report({"reconcile", "p.xml"});

  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("MS1309"), HasSubstr("MS1315")));
}

TEST_F(Reports, NeedToKnowWhoAStudentIs) {
  write_file(folder_ / "p.xml", R"(<pipeline name="p" school_year="2016-17">
    <source plugin="local_file" path="pos.txt">
      <format plugin="delimited"><column as="state_id"/> <column as="status"/> <column as="start"/></format>
    </source>
    <sink plugin="null"/>
  </pipeline>)");

  EXPECT_THAT(report({"reconcile", "p.xml", "--campus", "campus.db"}).err,
              HasSubstr("person_id and eligibility"));
  EXPECT_THAT(report({"missing", "p.xml", "--campus", "campus.db", "--against", "pos.txt"}).err,
              HasSubstr("state_id, student_number or person_id"));
  EXPECT_THAT(report({"reconcile", "p.xml"}).err, HasSubstr("name it with --campus"));
}

TEST_F(Reports, AreOrdinaryPipelines) {
  const auto run = [this](const std::string& name) {
    return run_program(folder_, {"run", MEALSYNC_PIPELINES "/reports/" + name + ".xml", "--as-of",
                                 "2016-09-06", "--state", "state", "--set", "campus=campus.db", "--set",
                                 "format=csv", "--set", "output=" + name + ".csv"});
  };
  for (const std::string name : {"eligibility", "missing", "transposed"}) {
    const Ran ran = run(name);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(bytes_of(folder_ / (name + ".csv")), of_campus({name, "--format", "csv"}).out);
  }
  fill("DELETE FROM POSEligibility");
  EXPECT_EQ(run("transposed").exit, 0);
}

TEST_F(Reports, AreExplainedEachWithAnExample) {
  const Ran ran = run_program(folder_, {"report", "--help"});

  EXPECT_EQ(ran.exit, 0);
  for (const char* what : {"eligibility", "missing", "transposed", "reconcile"})
    EXPECT_THAT(ran.out, HasSubstr(std::string("mealsync report ") + what + " "));
}

}  // namespace
}  // namespace mealsync::testing
