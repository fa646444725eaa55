#include <sys/stat.h>
#include <pipeline/document.hpp>

#include "pipeline_folder.hpp"

namespace mealsync {
namespace {

std::string place(const Position& at) {
  return std::to_string(at.line) + ':' + std::to_string(at.column);
}

/// `2:3 name(4:5 attribute='value') "text"`, children indented below it.
std::string outline(const Element& element, const std::string& indent = "") {
  std::string lines = indent + place(element.at) + ' ' + element.name;
  for (const Attribute& attribute : element.attributes)
    lines += " (" + place(attribute.at) + ' ' + attribute.name + "='" + attribute.value + "')";
  if (!element.text.empty()) lines += " \"" + element.text + "\" " + place(element.text_at);
  lines += '\n';
  for (const Element& child : element.children)
    lines += outline(child, indent + "  ");
  return lines;
}

class ReadDocument : public PipelineFolder {
 protected:
  std::string outline_of(std::string_view text) {
    const auto file = write("d.xml", text);
    const auto root = read_document(file, {file.string()}, findings_);
    return root ? outline(*root) : "nothing\n";
  }
  std::string told_of_document(std::string_view text) {
    outline_of(text);
    return told();
  }
  std::string told_of_file(const std::filesystem::path& file) {
    EXPECT_FALSE(read_document(file, {"p.xml", 3, 12}, findings_));
    return told();
  }
};

TEST_F(ReadDocument, KnowsThePlaceOfEveryElementAndAttribute) {
  EXPECT_EQ(outline_of("<a>\n"
                       "  <b c='1' d=\"2\"/>\n"
                       "  <b\n"
                       "    e = \"3\"\n"
                       "\tf='4'><c/>text</b>\n"
                       "</a>\n"),
            "1:2 a\n"
            "  2:4 b (2:6 c='1') (2:12 d='2')\n"
            "  3:4 b (4:5 e='3') (5:2 f='4') \"text\" 5:12\n"
            "    5:9 c\n");
  EXPECT_EQ(told(), "");
}

TEST_F(ReadDocument, KeepsPlacesAfterALineEndInsideAValue) {
  EXPECT_EQ(outline_of("<a b='1\n\t2' c='3'>\n<d/></a>"), "1:2 a (1:4 b='1  2') (2:5 c='3')\n  3:2 d\n");
}

TEST_F(ReadDocument, CountsTheSameInAFileWithCarriageReturns) {
  EXPECT_EQ(outline_of("<a>\r\n  <b c='1'\r\n     d='2'/>\r\n</a>\r\n"),
            "1:2 a\n  2:4 b (2:6 c='1') (3:6 d='2')\n");
}

TEST_F(ReadDocument, CountsColumnsInBytes) {
  EXPECT_EQ(outline_of("<a b='\xC3\xA9\xE2\x82\xAC\xF0\x9F\x8D\x8E' c='2'/>"),
            "1:2 a (1:4 b='\xC3\xA9\xE2\x82\xAC\xF0\x9F\x8D\x8E') (1:18 c='2')\n");
}

TEST_F(ReadDocument, DoesNotCountAByteOrderMark) {
  EXPECT_EQ(outline_of("\xEF\xBB\xBF<a b='1'/>"), "1:2 a (1:4 b='1')\n");
}

TEST_F(ReadDocument, ReadsAValueThatHoldsTheOtherQuoteAndTheEndOfATag) {
  EXPECT_EQ(outline_of("<a b='\">' c=\"'/>\" d='&lt;&#x41;&amp;'/>"),
            "1:2 a (1:4 b='\">') (1:11 c=''/>') (1:19 d='<A&')\n");
}

TEST_F(ReadDocument, SkipsCommentsAndInstructions) {
  EXPECT_EQ(
      outline_of("<?xml version='1.0' encoding='utf-8'?>\n<!-- <b> & -->\n<?model x?>\n<a><!-- c --></a>\n"),
      "4:2 a\n");
  EXPECT_EQ(told(), "");
}

TEST_F(ReadDocument, JoinsThePiecesOfAText) {
  EXPECT_EQ(outline_of("<a>\n  one <!-- x --><![CDATA[& two]]></a>"), "1:2 a \"\n  one & two\" 2:3\n");
}

TEST_F(ReadDocument, TellsAllFaultsOfTheTreeAtOnce) {
  EXPECT_EQ(told_of_document("<?xml version='1.0' encoding='ISO-8859-1'?>\n"
                             "<!DOCTYPE a [<!ENTITY b 'c'>]>\n"
                             "<a b='1' c='2' b='3'>&b; &amp; R&D\n"
                             "  <d e='&#0;' f='a<b' g='&nbsp;&#xD800;'/>\n"
                             "</a>\n"
                             "<z/> more\n"),
            "d.xml:1:21: error MS1106: The file is in 'ISO-8859-1', not in UTF-8\n"
            "d.xml:2:1: error MS1113: A DOCTYPE stands in the file\n"
            "d.xml:3:16: error MS1114: Attribute 'b' is given twice\n"
            "d.xml:3:22: error MS1115: Entity '&b;' is unknown\n"
            "d.xml:3:33: error MS1116: An '&' stands alone\n"
            "d.xml:4:9: error MS1115: Entity '&#0;' is unknown\n"
            "d.xml:4:19: error MS1117: A '<' stands in the value of attribute 'f'\n"
            "d.xml:4:26: error MS1115: Entity '&nbsp;' is unknown\n"
            "d.xml:4:32: error MS1115: Entity '&#xD800;' is unknown\n"
            "d.xml:6:2: error MS1111: 'z' is a second root element\n"
            "d.xml:6:6: error MS1112: Text stands outside the root element\n");
}

TEST_F(ReadDocument, GivesTheTreeWithTheFirstOfTwoAttributes) {
  EXPECT_EQ(outline_of("<a b='1' b='2'/>"), "1:2 a (1:4 b='1')\n");
}

TEST_F(ReadDocument, DoesNotShowWhatFollowsALoneAmpersand) {
  EXPECT_EQ(told_of_document("<a password='s3cret&x!y'/>"),
            "d.xml:1:20: error MS1116: An '&' stands alone\n");
}

TEST_F(ReadDocument, RefusesATagThatIsNotClosed) {
  EXPECT_EQ(told_of_document("<a>\n  <b>\n</a>\n"),
            "d.xml:3:3: error MS1109: The file is not well-formed XML: Start-end tags mismatch\n");
}

TEST_F(ReadDocument, RefusesAValueWithoutQuotes) {
  EXPECT_EQ(told_of_document("<a>\n  <b c=1/>\n</a>\n"),
            "d.xml:2:8: error MS1109: The file is not well-formed XML: Error parsing element attribute\n");
}

TEST_F(ReadDocument, RefusesAFileThatEndsInsideATag) {
  EXPECT_EQ(told_of_document("<a>\n  <b c='1"),
            "d.xml:2:9: error MS1109: The file is not well-formed XML: Error parsing element attribute\n");
}

TEST_F(ReadDocument, RefusesAnEmptyFile) {
  EXPECT_EQ(told_of_document(""), "d.xml:1:1: error MS1110: The file holds no element\n");
}

TEST_F(ReadDocument, RefusesAFileWithoutElements) {
  EXPECT_EQ(told_of_document("state_id,status\n"),
            "d.xml:1:1: error MS1112: Text stands outside the root element\n"
            "d.xml:1:1: error MS1110: The file holds no element\n");
}

TEST_F(ReadDocument, RefusesALetterOfWindows1252) {
  EXPECT_EQ(told_of_document("<a>\n<b c='Andr\xE9'/></a>"),
            "d.xml:2:11: error MS1107: Byte 0xE9 is not valid UTF-8\n");
}

TEST_F(ReadDocument, RefusesAnOverlongSequence) {
  EXPECT_EQ(told_of_document("<a b='\xC0\xAF'/>"), "d.xml:1:7: error MS1107: Byte 0xC0 is not valid UTF-8\n");
}

TEST_F(ReadDocument, RefusesASurrogate) {
  EXPECT_EQ(told_of_document("<a b='\xED\xA0\x80'/>"),
            "d.xml:1:7: error MS1107: Byte 0xED is not valid UTF-8\n");
}

TEST_F(ReadDocument, RefusesACharacterThatTheFileCutsOff) {
  EXPECT_EQ(told_of_document("<a b='\xE2\x82"), "d.xml:1:7: error MS1107: Byte 0xE2 is not valid UTF-8\n");
}

TEST_F(ReadDocument, RefusesANulByte) {
  EXPECT_EQ(told_of_document({"<a>\n<b\0/></a>", 13}),
            "d.xml:2:3: error MS1108: Control character 0x00 stands in the file\n");
}

TEST_F(ReadDocument, RefusesAnEscapeSequenceForTheTerminal) {
  EXPECT_EQ(told_of_document("<a b='\x1B[2J'/>"),
            "d.xml:1:7: error MS1108: Control character 0x1B stands in the file\n");
}

TEST_F(ReadDocument, NamesUtf16) {
  EXPECT_EQ(told_of_document({"\xFF\xFE<\0a\0/\0>\0", 10}),
            "d.xml:1:1: error MS1106: The file is in 'UTF-16', not in UTF-8\n");
}

TEST_F(ReadDocument, NamesUtf16WithoutAByteOrderMark) {
  EXPECT_EQ(told_of_document({"\0<\0a\0/\0>", 8}),
            "d.xml:1:1: error MS1106: The file is in 'UTF-16', not in UTF-8\n");
}

TEST_F(ReadDocument, SurvivesAHundredThousandLevels) {
  EXPECT_EQ(told_of_document(repeated("<a>", 100'000) + repeated("</a>", 100'000)),
            "d.xml:1:98: error MS1118: Element 'a' is nested more than 32 levels deep\n");
}

TEST_F(ReadDocument, DoesNotExpandAnEntityBomb) {
  EXPECT_EQ(
      told_of_document("<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;'><!ENTITY d '&c;&c;'>]>\n<a>&d;</a>"),
      "d.xml:1:1: error MS1113: A DOCTYPE stands in the file\n"
      "d.xml:2:4: error MS1115: Entity '&d;' is unknown\n");
}

TEST_F(ReadDocument, RefusesAFileOfFiveMegabytes) {
  const auto file = write("big.xml", "<a>" + std::string(5'000'000, ' ') + "</a>");

  EXPECT_EQ(told_of_file(file), "p.xml:3:12: error MS1105: File 'big.xml' is larger than 4194304 bytes\n");
}

TEST_F(ReadDocument, TellsAMissingFileWhereItIsAskedFor) {
  EXPECT_EQ(told_of_file(folder_ / "none.xml"), "p.xml:3:12: error MS1101: File 'none.xml' does not exist\n");
}

TEST_F(ReadDocument, RefusesAFolder) {
  std::filesystem::create_directory(folder_ / "sub");

  EXPECT_EQ(told_of_file(folder_ / "sub"), "p.xml:3:12: error MS1102: 'sub' is a folder, not a file\n");
}

TEST_F(ReadDocument, DoesNotWaitForAPipe) {
  ASSERT_EQ(mkfifo((folder_ / "pipe").c_str(), 0600), 0);

  EXPECT_EQ(told_of_file(folder_ / "pipe"), "p.xml:3:12: error MS1103: 'pipe' is not a regular file\n");
}

TEST_F(ReadDocument, GivesTheReasonWhyAFileCannotBeRead) {
  std::filesystem::create_symlink("loop.xml", folder_ / "loop.xml");

  EXPECT_EQ(told_of_file(folder_ / "loop.xml"),
            "p.xml:3:12: error MS1104: File 'loop.xml' cannot be read: Too many levels of symbolic links\n");
}

}  // namespace
}  // namespace mealsync
