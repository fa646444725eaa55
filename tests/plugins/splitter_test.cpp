#include "formats/splitter.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace {

using namespace mealsync::formats;

constexpr std::string_view fault_words[] = {"", "too long", "open quote", "text after quote"};

std::string shown(std::uint64_t line, std::size_t fault, const std::vector<std::string>& fields) {
  std::string text = std::to_string(line) + ":";
  for (const std::string& field : fields)
    text += "[" + field + "]";
  return text + std::string(fault_words[fault]) + "\n";
}

/// The records of bytes that are read a block at a time.
std::string split(std::string_view bytes, const Dialect& dialect = {}, std::size_t step = 1 << 20) {
  Splitter framing(dialect), decoding(dialect);
  std::string all;
  std::uint64_t line = 1;
  std::size_t seen = 0;
  for (bool last = false; !last;) {
    seen = std::min(seen + step, bytes.size());
    last = seen == bytes.size();
    const std::size_t whole = last ? seen : framing.whole(bytes.substr(0, seen));
    decoding.begin(bytes.substr(0, whole));
    while (decoding.next()) {
      std::vector<std::string> fields;
      if (decoding.fault() == RecordFault::none)
        for (const Field& field : decoding.fields())
          fields.push_back(std::string(field.text) + (field.is_doubled ? "~" : ""));
      all += shown(line, static_cast<std::size_t>(decoding.fault()), fields);
      line += decoding.lines();
    }
    bytes.remove_prefix(whole);
    seen -= whole;
  }
  return all;
}

/// The same, a byte at a time and without any cleverness.
class SlowSplitter {
 public:
  SlowSplitter(std::string_view bytes, const Dialect& dialect) : bytes_(bytes), dialect_(dialect) {}

  std::string all() {
    std::string all;
    std::uint64_t line = 1;
    for (std::size_t at = 0; at < bytes_.size();) {
      fields_.clear();
      fault_ = 0;
      std::size_t end = end_of(at);
      const bool spans_lines = bytes_.substr(at, end - at).find('\n') != npos;
      if (end == npos || end - at > dialect_.max_record || (spans_lines && fault_ == 3)) {
        end = std::min(bytes_.find('\n', at), bytes_.size());
        fault_ = end - at > dialect_.max_record ? 1 : 2;
      }
      if (fault_ != 0) fields_.clear();
      all += shown(line, fault_, fields_);
      line += fault_ == 1 || fault_ == 2
                  ? 1
                  : 1 + static_cast<std::uint64_t>(std::count(bytes_.begin() + static_cast<long>(at),
                                                              bytes_.begin() + static_cast<long>(end), '\n'));
      at = end + 1;
    }
    return all;
  }

 private:
  static constexpr std::size_t npos = std::string_view::npos;

  std::size_t end_of(std::size_t at) {
    if (bytes_.substr(at).starts_with(byte_order_mark)) at += 3;
    while (true) {
      std::string field;
      bool doubled = false;
      if (is(at, dialect_.quote)) {
        for (++at; !is(at, dialect_.quote) || is(at + 1, dialect_.quote); ++at) {
          if (at >= bytes_.size()) return npos;
          if (is(at, dialect_.quote)) {
            doubled = true;
            field += bytes_[at++];
          }
          field += bytes_[at];
        }
        ++at;
        if (is(at, '\r') && (is(at + 1, '\n') || at + 1 == bytes_.size())) ++at;
        if (at < bytes_.size() && !is(at, dialect_.separator) && !is(at, '\n')) fault_ = 3;
        while (at < bytes_.size() && !is(at, dialect_.separator) && !is(at, '\n'))
          ++at;
      } else {
        while (at < bytes_.size() && !is(at, dialect_.separator) && !is(at, '\n'))
          field += bytes_[at++];
        if (!is(at, dialect_.separator) && field.ends_with('\r')) field.pop_back();
      }
      fields_.push_back(field + (doubled ? "~" : ""));
      if (at >= bytes_.size() || is(at, '\n')) return at;
      ++at;
    }
  }
  [[nodiscard]] bool is(std::size_t at, char c) const { return at < bytes_.size() && bytes_[at] == c; }

  std::string_view bytes_;
  Dialect dialect_;
  std::vector<std::string> fields_;
  std::size_t fault_ = 0;
};

TEST(Splitter, DividesRecordsAndFields) {
  EXPECT_EQ(split("a,b\nc,d\n"), "1:[a][b]\n2:[c][d]\n");
}

TEST(Splitter, TakesALastLineWithoutANewline) {
  EXPECT_EQ(split("a,b\nc,"), "1:[a][b]\n2:[c][]\n");
}

TEST(Splitter, TakesBothLineEndsInOneFile) {
  EXPECT_EQ(split("a\r\n\"b\"\r\nc\nd\re\n\"f\"\r"), "1:[a]\n2:[b]\n3:[c]\n4:[d\re]\n5:[f]\n");
}

TEST(Splitter, KeepsSeparatorsNewlinesAndDoubledQuotesInsideQuotes) {
  EXPECT_EQ(split("\"a,b\",\"c\r\nd\",\"e\"\"f\"\ng\n"), "1:[a,b][c\r\nd][e\"\"f~]\n3:[g]\n");
}

TEST(Splitter, OpensAQuoteOnlyWhereAFieldBegins) {
  EXPECT_EQ(split("5\" tall, \"x\"\nb\n"), "1:[5\" tall][ \"x\"]\n2:[b]\n");
}

TEST(Splitter, TakesQuotesAsTheyAreWhereThereAreNone) {
  EXPECT_EQ(split("\"a,b\"\n", {',', Dialect::no_quote, 64}), "1:[\"a][b\"]\n");
}

TEST(Splitter, SaysThatTextFollowsAClosingQuote) {
  EXPECT_EQ(split("\"a\"b,\"c\"\nd\n"), "1:text after quote\n2:[d]\n");
}

TEST(Splitter, GoesOnAfterTheLineInWhichAQuoteOpensThatNeverCloses) {
  EXPECT_EQ(split("a,\"b\nc,d\n"), "1:open quote\n2:[c][d]\n");
}

TEST(Splitter, LosesOneRecordToAQuoteTooManyAndNotAllUpToTheNextQuote) {
  EXPECT_EQ(split("a,\"b\nc,d\ne,\"f, g\"\n"), "1:open quote\n2:[c][d]\n3:[e][f, g]\n");
}

TEST(Splitter, GoesOnAfterALineThatIsTooLong) {
  EXPECT_EQ(split("abcdefgh\nabcdefghi\nc\n", {',', '"', 8}), "1:[abcdefgh]\n2:too long\n3:[c]\n");
}

TEST(Splitter, GivesUpAQuotedTextOfManyLinesThatIsTooLong) {
  EXPECT_EQ(split("\"a\nb\nc\"\n\"d\ne\nf\"\n", {',', '"', 6}),
            "1:open quote\n2:[b]\n3:[c\"]\n4:open quote\n5:[e]\n6:[f\"]\n");
}

TEST(Splitter, PassesOverAByteOrderMarkBeforeARecord) {
  EXPECT_EQ(split("\xEF\xBB\xBF\"a\nb\",c\n\xEF\xBB\xBF\"d\"\n"), "1:[a\nb][c]\n3:[d]\n");
}

TEST(Splitter, DoesNotSayThatARecordIsWholeWhileItMayGoOn) {
  EXPECT_EQ(Splitter({}).whole("a\n\"b\n"), 2u);
  EXPECT_EQ(Splitter({}).whole("a\nb"), 2u);
  EXPECT_EQ(Splitter({}).whole("a\n\"b\"\n"), 6u);
  EXPECT_EQ(Splitter({}).whole(""), 0u);
}

std::string repeated(std::string_view line, int times) {
  std::string bytes;
  for (int i = 0; i < times; ++i)
    bytes += line;
  return bytes;
}
std::size_t given_up(std::string_view bytes, const Dialect& dialect = {}) {
  Splitter splitter(dialect);
  splitter.begin(bytes);
  std::size_t count = 0;
  while (splitter.next())
    count += splitter.fault() == RecordFault::open_quote ? 1 : 0;
  return count;
}

// Were each line searched as far as the first, these would take minutes.
TEST(Splitter, GivesUpEveryLineOfAFileWhoseQuotesAreOneOff) {
  const std::string bytes = repeated("x\",\"\n", 800'000);

  EXPECT_EQ(given_up(bytes), 800'000u);
  EXPECT_EQ(Splitter({}).whole(bytes), bytes.size() - 65'535);
}

TEST(Splitter, GivesUpEveryLineBeforeTextAfterAClosingQuote) {
  const std::string lines = repeated("x\",\"\n", 13'000) + "x\"y\n";

  EXPECT_EQ(given_up(repeated(lines, 40)), 40 * 13'000u);
}

TEST(Splitter, GivesUpEveryLineWithTextAfterAClosingQuoteOfItsOwn) {
  const std::string lines = repeated("\"\",\"\"z\",\"\n", 5'000) + "x\"\n";

  EXPECT_EQ(given_up(repeated(lines, 40)), 40 * 5'000u);
}

TEST(Splitter, GivesUpEveryLineThoughLongLinesAreAmongThem) {
  const std::string lines = "x\",\"\n" + std::string(70, 'x') + "\n";

  EXPECT_EQ(given_up(repeated(lines, 100'000), {',', '"', 64}), 100'000u);
}

TEST(Splitter, SplitsAnyBytesTheSameWhateverTheBlocks) {
  constexpr std::string_view pieces[] = {"\"", "\"",   "\"\"", ",", ",",  "\n",
                                         "\n", "\r\n", "\r",   "a", "bc", "\xEF\xBB\xBF"};
  constexpr std::size_t limits[] = {1, 3, 8, 20, 64};
  std::mt19937 random(1);
  for (int file = 0; file < 4000; ++file) {
    std::string bytes;
    for (std::size_t i = random() % 60; i > 0; --i)
      bytes += pieces[random() % std::size(pieces)];
    const Dialect dialect{',', '"', limits[random() % std::size(limits)]};
    const std::string expected = SlowSplitter(bytes, dialect).all();
    ASSERT_EQ(split(bytes, dialect), expected) << testing::PrintToString(bytes) << dialect.max_record;
    ASSERT_EQ(split(bytes, dialect, 1), expected) << testing::PrintToString(bytes) << dialect.max_record;
    ASSERT_EQ(split(bytes, dialect, 7), expected) << testing::PrintToString(bytes) << dialect.max_record;
    ASSERT_EQ(split(bytes, dialect, 32), expected) << testing::PrintToString(bytes) << dialect.max_record;
  }
}

/// What is in files that are no text, have long lines, or were joined; so long that no window sees it whole.
std::string hostile_bytes(std::mt19937& random) {
  constexpr std::string_view pieces[] = {
      "\"",   "\"",    "\"\"",         ",",          ",",          ",",    ";",        "'", "\n",
      "\r\n", "\r",    "\xEF\xBB\xBF", "\xEF\xBB",   {"\0", 1},    "\xEB", "\xC3\xAB", "a", " ",
      ",\"",  "\",\"", "\"\n",         "\"\r\n\"\"", "0123456789", "\t"};
  const std::size_t first = random() % std::size(pieces), kinds = 2 + random() % (std::size(pieces) - 2);
  std::string bytes;
  for (std::size_t i = random() % 150; i > 0; --i) {
    if (random() % 20 == 0) bytes.append(random() % 80, 'x');
    bytes += pieces[(first + random() % kinds) % std::size(pieces)];
  }
  return bytes;
}

TEST(Splitter, SplitsHostileBytesTheSameWhateverTheBlocksAndTheDialect) {
  constexpr std::size_t limits[] = {1, 8, 64, 65, 200, 4096};
  std::mt19937 random(2);
  for (int file = 0; file < 6000; ++file) {
    const std::string bytes = hostile_bytes(random);
    const Dialect dialect{",,,;\t"[random() % 5], "\"\"\"'"[random() % 4],
                          limits[random() % std::size(limits)]};
    const std::string expected = SlowSplitter(bytes, dialect).all();
    ASSERT_EQ(split(bytes, dialect), expected) << testing::PrintToString(bytes) << dialect.max_record;
    const std::size_t step = 1 + random() % 150;
    ASSERT_EQ(split(bytes, dialect, step), expected) << testing::PrintToString(bytes) << dialect.max_record;
  }
}

TEST(Splitter, TakesEveryCutOfHostileBytes) {
  std::mt19937 random(3);
  for (int file = 0; file < 60; ++file) {
    const std::string bytes = hostile_bytes(random);
    const std::string expected = SlowSplitter(bytes, {',', '"', 64}).all();
    for (std::size_t step = 1; step <= bytes.size(); ++step)
      ASSERT_EQ(split(bytes, {',', '"', 64}, step), expected) << testing::PrintToString(bytes) << step;
  }
}

TEST(Splitter, CallsNoRecordPlainThatIsNot) {
  std::mt19937 random(4);
  for (int file = 0; file < 5000; ++file) {
    const std::string bytes = hostile_bytes(random);
    Splitter splitter({',', '"', 100});
    splitter.begin(bytes);
    while (splitter.next())
      ASSERT_LE(splitter.is_plain(), is_plain(splitter.record())) << testing::PrintToString(bytes);
  }
}

TEST(Splitter, CallsARecordPlainThoughTheBlockHoldsOthersThatAreNot) {
  const std::string line = std::string(200, 'x') + "\n";
  const std::string bytes = line + line + "\xC3\xAB\n" + line + line;
  std::string plain;
  Splitter splitter({});
  splitter.begin(bytes);
  while (splitter.next())
    plain += splitter.is_plain() ? 'y' : 'n';
  EXPECT_EQ(plain.front(), 'y');
  EXPECT_EQ(plain[2], 'n');
  EXPECT_EQ(plain.back(), 'y');
}

}  // namespace
