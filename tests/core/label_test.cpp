#include <catalog/label.hpp>

#include <gtest/gtest.h>

#include <mealsync/rule.hpp>

namespace mealsync {
namespace {

/// A label of this ABI that goes on with `lines`.
std::string label_with(std::string_view lines) {
  return compose("{}", MS_ABI_MAJOR) + '\t' + compose("{}", MS_ABI_MINOR) + '\t' + std::string(lines);
}
std::string fault_of(std::string_view lines) {
  return read_label(label_with(lines)).fault;
}

TEST(Label, NamesAPluginAndItsStages) {
  using namespace std::literals;
  const Label label =
      read_label(label_with("plain\t1.0\nsource\tthree\tGives three rows.\nsink\tthree\t…\n\0\0"sv));

  EXPECT_EQ(label.fault, "");
  EXPECT_EQ(label.abi_major, MS_ABI_MAJOR);
  EXPECT_EQ(label.abi_minor, MS_ABI_MINOR);
  EXPECT_EQ(label.plugin, "plain");
  EXPECT_EQ(label.version, "1.0");
  ASSERT_EQ(label.stages.size(), 2U);
  EXPECT_EQ(label.stages[0].role, Role::source);
  EXPECT_EQ(label.stages[0].name, "three");
  EXPECT_EQ(label.stages[0].summary, "Gives three rows.");
  EXPECT_EQ(label.stages[1].role, Role::sink);
  EXPECT_EQ(label.stages[1].summary, "…");
}

TEST(Label, IsReadAsFarAsItsAbiWhereThatIsOfALaterProgram) {
  const Label label = read_label("002\t014\tand then \xFF something else");

  EXPECT_EQ(label.fault, "");
  EXPECT_EQ(label.abi_major, 2U);
  EXPECT_EQ(label.abi_minor, 14U);
}

TEST(Label, BeginsWithTheAbi) {
  constexpr std::string_view words = "it does not begin with the two numbers of its ABI";
  EXPECT_EQ(read_label("").fault, words);
  EXPECT_EQ(read_label("1").fault, words);
  EXPECT_EQ(read_label("1\t0").fault, words);
  EXPECT_EQ(read_label("one\t0\tplain\t1\n").fault, words);
  EXPECT_EQ(read_label("-1\t0\tplain\t1\n").fault, words);
  EXPECT_EQ(read_label("1\t0000\tplain\t1\n").fault, words);
}

TEST(Label, NamesThePluginAndItsVersionFirst) {
  constexpr std::string_view words = "line 1 names no plugin and version";
  EXPECT_EQ(fault_of("\t1\nsource\tthree\t\n"), words);
  EXPECT_EQ(fault_of("plain\nsource\tthree\t\n"), words);
  EXPECT_EQ(fault_of("plain\t1\t2\nsource\tthree\t\n"), words);
}

TEST(Label, NamesAStageALine) {
  EXPECT_EQ(fault_of("plain\t1\n"), "it names no stage");
  EXPECT_EQ(fault_of("plain\t1\nsource\tthree\n"), "line 2 is no role, name and summary");
  EXPECT_EQ(fault_of("plain\t1\nsource\t\tGives.\n"), "line 2 is no role, name and summary");
  EXPECT_EQ(fault_of("plain\t1\nsource\tthree\tGives.\tMore.\n"), "line 2 is no role, name and summary");
  EXPECT_EQ(fault_of("plain\t1\nsource\tthree\t\n\n"), "line 3 is no role, name and summary");
}

TEST(Label, NamesARole) {
  EXPECT_EQ(fault_of("plain\t1\nsource\tthree\t\nfilter\tfour\t\n"),
            "line 3 names the role 'filter', and there is none of that name");
}

TEST(Label, NamesAStageOnce) {
  EXPECT_EQ(fault_of("plain\t1\nsource\tthree\t\nsource\tthree\t\n"), "it names the source 'three' twice");
  EXPECT_EQ(fault_of("plain\t1\nsource\tthree\t\nsink\tthree\t\n"), "");
}

TEST(Label, EndsWithALine) {
  EXPECT_EQ(fault_of("plain\t1\nsource\tthree\tGives."), "it ends within a line");
}

TEST(Label, IsUtf8) {
  EXPECT_EQ(fault_of("plain\t1\nsource\tthree\tGives \xE9.\n"), "it is not UTF-8");
  EXPECT_EQ(fault_of("plain\t1\nsource\tthree\tGives \xC3"), "it is not UTF-8");
}

TEST(Label, HoldsNoControlCharacter) {
  constexpr std::string_view words = "it holds a control character";
  EXPECT_EQ(fault_of("plain\t1\nsource\tthree\t\x1B[31m\n"), words);
  EXPECT_EQ(fault_of("plain\t1\r\nsource\tthree\t\r\n"), words);
  EXPECT_EQ(fault_of("plain\t1\nsource\tthree\t\x7F\n"), words);
  EXPECT_EQ(fault_of("plain\t1\nsource\tthree\t\xC2\x9B\n"), words);
  EXPECT_EQ(fault_of(std::string_view("plain\t1\n\0source\tthree\t\n", 24)), words);
}

TEST(Label, IsNoLongerThanItsLimit) {
  const std::string head = "plain\t1\nsource\tthree\t";
  const auto fill = MS_LABEL_MOST - label_with(head + "\n").size();

  EXPECT_EQ(fault_of(head + std::string(fill, 'x') + "\n"), "");
  EXPECT_EQ(fault_of(head + std::string(fill + 1, 'x') + "\n"), "it is longer than 65536 bytes");
}

}  // namespace
}  // namespace mealsync
