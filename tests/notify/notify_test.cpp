// Who is told of a run, by real servers, and what is said where they cannot be.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <journal/run_lock.hpp>

#include "server.hpp"

namespace mealsync::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr auto good_records = "1001,2016-09-01\n1002,2016-09-01\n";
constexpr auto one_bad_record = "1001,2016-09-01\n1002,01/09/2016\n";

class Notices : public ::testing::Test {
 protected:
  /// Imports `records`, or fails for want of them where they are empty.
  [[nodiscard]] Ran run(const std::string& notify, const std::string& records,
                        std::vector<std::string> more = {}, const std::string& attributes = "") const {
    write_file(folder_ / "p.xml", "<pipeline name=\"nightly\" district=\"Nowhere\" school_year=\"2016-17\" " +
                                      attributes + ">" + notify + R"(
      <source plugin="local_file" path="in.csv"><format plugin="delimited"><column as="state_id"/>
        <column as="start_date" type="date" pattern="YYYY-MM-DD"/></format></source>
      <sink plugin="null"/></pipeline>)");
    if (!records.empty()) write_file(folder_ / "in.csv", records);
    std::vector<std::string> arguments{"run", "p.xml", "--as-of", "2016-09-06", "--state", "state"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(folder_, arguments, {"POS_PASSWORD=" + std::string(Server::password)});
  }
  [[nodiscard]] static std::string mail(const std::string& server, const std::string& more) {
    return R"(<notify mail="food@district.example tech@district.example" from="mealsync@district.example" server=")" +
           server + "\" " + more + "/>";
  }
  [[nodiscard]] static std::string mail_with_password(const Server& server, const std::string& ca_file) {
    return mail(server.address("smtp"),
                R"(user="pos" password="env:POS_PASSWORD" ca_file=")" + ca_file + "\"");
  }
  [[nodiscard]] static std::string webhook(const Server& server, const std::string& path,
                                           const std::string& on = "failure") {
    return "<notify on=\"" + on + "\" webhook=\"" + server.address("https") + path + "\" ca_file=\"" +
           server.certificate() + "\"/>";
  }

  TemporaryFolder folder_;
};

TEST_F(Notices, ComeByMailOverTls) {
  const Server server("starttls");

  const Ran ran = run(mail_with_password(server, server.certificate()), "");

  EXPECT_EQ(ran.exit, 3);
  EXPECT_THAT(ran.err, Not(HasSubstr("MS65")));
  ASSERT_THAT(server.received(), SizeIs(1));
  const Json received = server.received()[0];
  EXPECT_EQ(received["tls"], true);
  EXPECT_EQ(received["sender"], "mealsync@district.example");
  EXPECT_THAT(received["recipients"], ElementsAre("food@district.example", "tech@district.example"));
  EXPECT_THAT(
      received["content"].get<std::string>(),
      AllOf(HasSubstr("\r\nFrom: mealsync@district.example\r\n"),
            HasSubstr("\r\nTo: food@district.example, tech@district.example\r\n"),
            HasSubstr("\r\nSubject: mealsync: nightly: unsuccessful\r\n"),
            HasSubstr("\r\nnightly: unsuccessful, nothing committed: "), HasSubstr("mealsync log show ")));
}

TEST_F(Notices, ComeByMailOverTlsFromTheStart) {
  const Server server("smtps");

  const Ran ran = run(mail(server.address("smtps"), R"(user="pos" password="env:POS_PASSWORD" ca_file=")" +
                                                        server.certificate() + "\""),
                      "");

  EXPECT_EQ(ran.exit, 3);
  ASSERT_THAT(server.received(), SizeIs(1)) << ran.err;
  EXPECT_EQ(server.received()[0]["tls"], true);
}

TEST_F(Notices, AreNotSentToAServerWithTheCertificateOfAnother) {
  const Server server("starttls"), other("starttls");

  const Ran ran = run(mail_with_password(server, other.certificate()), "");

  EXPECT_EQ(ran.exit, 3);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("warning MS6502: The connection to '" + server.address("smtp") +
                                       "' is not safe, and nothing was sent: "),
                             HasSubstr("ca_file")));
  EXPECT_THAT(server.received(), IsEmpty());
}

TEST_F(Notices, AreNotSentInTheClearWhereThereIsAPassword) {
  const Server server("plain");

  const Ran ran = run(mail(server.address("smtp"), R"(user="pos" password="env:POS_PASSWORD")"), "");

  EXPECT_THAT(ran.err, HasSubstr("MS6502"));
  EXPECT_THAT(server.received(), IsEmpty());
}

TEST_F(Notices, GoToTheMailServerOfThisMachineAsItIs) {
  const Server server("plain");

  EXPECT_THAT(run(mail(server.address("smtp"), ""), "").err, Not(HasSubstr("MS65")));

  ASSERT_THAT(server.received(), SizeIs(1));
  EXPECT_EQ(server.received()[0]["tls"], false);
}

TEST_F(Notices, AreRefusedWithAWrongPasswordThatNobodySees) {
  const Server server("starttls");
  write_file(folder_ / "password", "wrong-pears\n");
  std::filesystem::permissions(folder_ / "password", std::filesystem::perms::owner_read);

  const Ran ran = run(mail(server.address("smtp"),
                           R"(user="pos" password="file:password" ca_file=")" + server.certificate() + "\""),
                      "");

  EXPECT_EQ(ran.exit, 3);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("MS6503"), Not(HasSubstr("wrong-pears"))));
}

TEST_F(Notices, TellAWebhookTheCountsAndNoKey) {
  const Server server("web");

  const Ran ran = run(webhook(server, "/hook", "errors"), one_bad_record);

  EXPECT_EQ(ran.exit, 0) << ran.err;
  ASSERT_THAT(server.received(), SizeIs(1)) << ran.err;
  const Json received = server.received()[0];
  const Json& body = received["body"];
  EXPECT_EQ(received["path"], "/hook");
  EXPECT_EQ(received["type"], "application/json");
  EXPECT_EQ(body["pipeline"], "nightly");
  EXPECT_EQ(body["status"], "successful");
  EXPECT_EQ(body["read"], 2);
  EXPECT_EQ(body["errors"], 1);
  EXPECT_EQ(body["findings"], Json::parse(R"({"5003": 1})"));
  EXPECT_FALSE(body.contains("input"));
  EXPECT_THAT(body.dump(), Not(HasSubstr("1002")));
}

TEST_F(Notices, OfARefusalHaveNoValueOfARecord) {
  const Server server("web");
  const Server mail_server("plain");

  const Ran ran = run(webhook(server, "/hook") + mail(mail_server.address("smtp"), ""), "1002,01/09/2016\n");

  EXPECT_EQ(ran.exit, 4);
  EXPECT_THAT(ran.out, HasSubstr("1 x 5003 ('01/09/2016'"));
  ASSERT_THAT(server.received(), SizeIs(1)) << ran.err;
  EXPECT_THAT(server.received()[0]["body"]["reason"].get<std::string>(),
              HasSubstr("are rejected, more than"));
  EXPECT_THAT(server.received()[0]["body"].dump(), Not(HasSubstr("01/09")));
  ASSERT_THAT(mail_server.received(), SizeIs(1)) << ran.err;
  EXPECT_THAT(mail_server.received()[0]["content"].get<std::string>(),
              AllOf(HasSubstr("are rejected, more than"), Not(HasSubstr("01/09"))));
}

TEST_F(Notices, SayWhatAWebhookAnswersAndFollowItNowhere) {
  const Server server("web");

  EXPECT_THAT(run(webhook(server, "/fail"), "").err,
              HasSubstr("MS6503: '" + server.address("https") + "' does not"));
  EXPECT_THAT(run(webhook(server, "/moved"), "").err, HasSubstr("does not take the message: it answers 302"));
  EXPECT_THAT(server.received(), SizeIs(2));
}

TEST_F(Notices, ChangeNothingOfARunWhereNobodyIsReached) {
  Server server("web");
  server.stop();
  const std::string secret_address = server.address("https") + "/hook/of-plums";
  write_file(folder_ / "hook", secret_address);
  std::filesystem::permissions(folder_ / "hook", std::filesystem::perms::owner_read);

  const Ran ran = run(R"(<notify on="always" webhook="file:hook"/>)", good_records, {"--quiet"});

  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.err,
              AllOf(HasSubstr("p.xml:1:"), HasSubstr("MS6501: '" + server.address("https") + "' cannot be"),
                    Not(HasSubstr("of-plums"))));
}

TEST_F(Notices, RefuseASecretThatIsNoAddress) {
  write_file(folder_ / "hook", "ftp://plums.example");
  std::filesystem::permissions(folder_ / "hook", std::filesystem::perms::owner_read);

  EXPECT_THAT(run(R"(<notify on="always" webhook="file:hook"/>)", good_records).err,
              AllOf(HasSubstr("MS6504"), Not(HasSubstr("plums"))));
}

TEST_F(Notices, OfFailureSayNothingOfAnImportOrOfARunThatIsHeld) {
  const Server server("web");

  EXPECT_EQ(run(webhook(server, "/hook"), one_bad_record).exit, 0);
  EXPECT_EQ(run(webhook(server, "/hook"), one_bad_record, {}, R"(active="no")").exit, 4);
  EXPECT_THAT(server.received(), IsEmpty());
}

TEST_F(Notices, OfFailureTellOfARunThatIsRefusedAndOfOneThatFindsAnother) {
  const Server server("web");

  const Ran refused = run(webhook(server, "/hook"), "1002,01/09/2016\n");
  EXPECT_EQ(refused.exit, 4);
  Findings findings;
  const auto other = RunLock::take(folder_ / "state", "nightly", "2016-09-06T05:00:00Z", findings);
  EXPECT_EQ(run(webhook(server, "/hook"), good_records).exit, 75);

  const auto received = server.received();
  ASSERT_THAT(received, SizeIs(2));
  EXPECT_EQ(received[0]["body"]["status"], "refused");
  EXPECT_THAT(refused.err, HasSubstr("--accept " + received[0]["body"]["accept"].get<std::string>()));
  EXPECT_EQ(received[1]["body"]["status"], "busy");
}

TEST_F(Notices, TellOfEachPipelineOfOneCommand) {
  const Server server("web");
  ASSERT_EQ(run(webhook(server, "/first", "always"), good_records).exit, 0);
  std::filesystem::rename(folder_ / "p.xml", folder_ / "first.xml");

  EXPECT_EQ(run(webhook(server, "/second", "always"), good_records, {"first.xml"}).exit, 0);

  ASSERT_THAT(server.received(), SizeIs(3));
  EXPECT_EQ(server.received()[1]["path"], "/second");
  EXPECT_EQ(server.received()[2]["path"], "/first");
}

TEST_F(Notices, OfErrorsSayNothingWhereNoRecordIsRejected) {
  const Server server("web");

  EXPECT_EQ(run(webhook(server, "/hook", "errors"), good_records).exit, 0);
  EXPECT_THAT(server.received(), IsEmpty());
  EXPECT_EQ(run(webhook(server, "/hook", "always"), good_records).exit, 0);
  EXPECT_THAT(server.received(), SizeIs(1));
}

TEST_F(Notices, TellOfAPipelineThatHasFaults) {
  const Server server("web");

  EXPECT_EQ(run(webhook(server, "/hook") + "<sink plugin=\"nul\"/>", good_records).exit, 2);

  ASSERT_THAT(server.received(), SizeIs(1));
  EXPECT_EQ(server.received()[0]["body"]["reason"], "the pipeline file has faults");
}

TEST_F(Notices, SayNothingOfATest) {
  const Server server("web");

  EXPECT_EQ(run(webhook(server, "/hook", "always"), good_records, {"--test"}).exit, 0);
  EXPECT_THAT(server.received(), IsEmpty());
}

}  // namespace
}  // namespace mealsync::testing
