#include <gmock/gmock.h>

#include "pipeline_folder.hpp"

namespace mealsync {
namespace {

using ::testing::ElementsAre;

/// A pipeline in which only `part`, on line 2, can be wrong.
std::string with(std::string_view part) {
  return "<pipeline name='p' school_year='2016-17'>\n" + std::string(part) +
         "\n<source plugin='s'/><sink plugin='t'/></pipeline>";
}

using NotifyReader = PipelineFolder;

TEST_F(NotifyReader, ReadsWhoIsToldWhenAndHow) {
  const auto pipeline = read(with(
      "<variable name='tech' value='tech@district.example'/>"
      "<notify on='errors' mail='food@district.example ${tech}' server='smtp://mail.district.example:587' "
      "from='mealsync@district.example' user='pos' password='env:POS_PASSWORD' ca_file='ca.pem'/>"
      "<notify webhook='https://hooks.district.example/a?b=c'/>"));

  EXPECT_EQ(told(), "");
  ASSERT_EQ(pipeline->notifies.size(), 2U);
  const Notify& first = pipeline->notifies[0];
  EXPECT_EQ(first.on, "errors");
  EXPECT_THAT(first.mail, ElementsAre("food@district.example", "tech@district.example"));
  EXPECT_EQ(first.server, "smtp://mail.district.example:587");
  EXPECT_EQ(first.from, "mealsync@district.example");
  EXPECT_EQ(first.user, "pos");
  EXPECT_EQ(first.password->value, "env:POS_PASSWORD");
  EXPECT_EQ(first.ca_file, folder_ / "ca.pem");
  EXPECT_EQ(pipeline->notifies[1].on, "failure");
  EXPECT_EQ(pipeline->notifies[1].webhook->value, "https://hooks.district.example/a?b=c");
}

TEST_F(NotifyReader, TakesThoseOfAnIncludeWhereThePipelineHasNone) {
  write("f.xml",
        "<fragment><notify webhook='https://a.example'/><notify webhook='https://b.example'/></fragment>");

  EXPECT_EQ(read(with("<include href='f.xml'/>"))->notifies.size(), 2U);
  EXPECT_EQ(read(with("<include href='f.xml'/><notify webhook='https://c.example'/>"))->notifies.size(), 1U);
}

TEST_F(NotifyReader, NeedsAServerAndASenderForMailAndAPasswordForAUser) {
  EXPECT_EQ(told_of(with("<notify mail='a@b.example' user='pos'/>")),
            "p.xml:2:2: error MS1304: Element 'notify' has no attribute 'server'\n"
            "p.xml:2:2: error MS1304: Element 'notify' has no attribute 'from'\n"
            "p.xml:2:2: error MS1304: Element 'notify' has no attribute 'password'\n");
}

TEST_F(NotifyReader, RefusesWhatWouldBeAHeaderOrACommandOfItsOwn) {
  const auto pipeline =
      read(with("<notify mail='a@b.example&#10;Bcc:x@y.example c@d.example&gt;' "
                "server='smtp://mail.example' from='m@b.example&#13;&#10;DATA'/>"));

  EXPECT_EQ(told(),
            "p.xml:2:9: error MS1325: 'Bcc:x@y.example' is not a mail address\n"
            "p.xml:2:9: error MS1325: 'c@d.example>' is not a mail address\n"
            "p.xml:2:93: error MS1325: 'm@b.example??DATA' is not a mail address\n");
  EXPECT_THAT(pipeline->notifies[0].mail, ElementsAre("a@b.example"));
  EXPECT_EQ(pipeline->notifies[0].from, "");
}

TEST_F(NotifyReader, ShowsNoSecretOfAnAddressThatItRefuses) {
  EXPECT_EQ(
      told_of(with("<notify mail='a@b.example' from='m@b.example' server='smtp://pos:plums@mail.example'/>\n"
                   "<notify webhook='https://pos:plums@hooks.example/of/pears'/>")),
      "p.xml:2:47: error MS1326: Attribute 'server' is not the address of a mail server\n"
      "p.xml:3:9: error MS1327: Attribute 'webhook' is not an address that starts with https://\n");
}

TEST_F(NotifyReader, WarnsOfAPasswordThatIsWritten) {
  EXPECT_EQ(
      told_of(with("<notify mail='a@b.example' from='m@b.example' server='smtps://mail.example' user='pos' "
                   "password='plums'/>")),
      "p.xml:2:88: warning MS1328: The password of the mail server stands in the file\n");
}

TEST_F(NotifyReader, CorrectsAMisspeltAttributeAndTellsItOnce) {
  EXPECT_EQ(told_of(with("<notify webhok='https://a.example'/>")),
            "p.xml:2:9: error MS1303: Attribute 'webhok' is unknown in 'notify'; did you mean 'webhook'?\n");
}

TEST(AnAddress, LeadsToThisMachineByItsNumberOrName) {
  for (const char* here : {"http://127.0.0.1:80/a", "smtp://localhost", "smtp://[::1]:25"})
    EXPECT_TRUE(is_loopback(here)) << here;
  for (const char* away :
       {"http://127.0.0.1.example", "smtp://localhost.example", "https://mail.example", "x"})
    EXPECT_FALSE(is_loopback(away)) << away;
}

TEST(AnAddress, OfTheWebIsHttpsAnywhereAndHttpHere) {
  for (const char* right : {"https://a.example", "https://a.example:8443/b?c=d#e", "http://127.0.0.1:8080/a"})
    EXPECT_TRUE(is_web_address(right)) << right;
  for (const char* wrong : {"http://a.example", "https://", "https://a b.example", "https://u:p@a.example",
                            "https://a.example:port", "https://a.example/\n", "http://127.0.0.1@a.example/"})
    EXPECT_FALSE(is_web_address(wrong)) << wrong;
}

}  // namespace
}  // namespace mealsync
