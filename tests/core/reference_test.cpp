#include <reference/reference.hpp>

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <regex>

#include <reference/own_rules.hpp>

#include "picky.hpp"

namespace mealsync {
namespace {

using ::testing::HasSubstr;

/// Two transforms that share a rule, one of which has a second with the same code.
constexpr Rule shared{10001, Severity::error, "No '{}' in {}", "Add <it>, a|b & $c."};
struct First {
  static constexpr auto name = "first";
  static constexpr auto summary = "Comes first.";
  static constexpr Rule milder{10001, Severity::warning, "Hardly any", "Wait."};
  static constexpr std::array rules{&shared, &milder};
  void process(Row row, Output& out) { out.pass(row); }
  void finish(Output&) {}
};
struct Second {
  static constexpr auto name = "second";
  static constexpr auto summary = "Comes second.";
  static constexpr std::array rules{&shared};
  void process(Row row, Output& out) { out.pass(row); }
};

template <class S>
StageEntry entry() {
  static const Plugin plugin{"", "p", "1.2", {}};
  return {&detail::Table<S>::get(), &plugin};
}
std::vector<StageEntry> stages() {
  return {entry<First>(), entry<Second>(), entry<Picky>()};
}

TEST(Reference, DescribesAnOptionOfEveryKind) {
  EXPECT_EQ(describe_stage(entry<Picky>(), stages()), R"(sink.picky  Takes what it likes.
  plugin p 1.2
  loads, unless the run is a test

<sink plugin="picky" path="…" …>
  <column as="…" …/>
</sink>

Options
  path : path (required)  A path.
  mode : fast|slow  A choice.
  user : text  A text.
  password : secret (env:NAME or file:PATH)  A secret.
  use : name of <values>  A fragment.
  retries : number, at least 0, at most 10 = 3  A number.
  depth : number, at least 1 = 1  A number.
  year : number, at most 2199 = 2017  A number.
  quiet : yes|no = no  A switch.
  since : date = 1970-01-01  A date.
  least : Free|Reduced|Paid = Paid  A closed set.
  <column …/> (repeated)  Children.
      as : text (required)  Its name.
      from : path  A path.
      width : number, at least 1, at most 99 = 0  Its width.
)");
}

TEST(Reference, DescribesWhatAStageFinds) {
  EXPECT_EQ(describe_stage(entry<First>(), stages()), R"(transform.first  Comes first.
  plugin p 1.2
  acts at the end of the input, too: may hold rows until then

<transform plugin="first"/>

Findings
  10001 error  No '…' in …
      Add <it>, a|b & $c.
  10001 warning  Hardly any
      Wait.
)");
}

TEST(Reference, DescribesEveryRuleOfACodeOnceWithAllWhoFindIt) {
  EXPECT_EQ(describe_code(10001, stages()), R"(10001 error  No '…' in …
    Add <it>, a|b & $c.
    found by transform.first, transform.second

10001 warning  Hardly any
    Wait.
    found by transform.first
)");
}

TEST(Reference, KnowsWhatMealsyncFindsItself) {
  EXPECT_EQ(describe_code(own(1309), {}),
            "MS1309 error  '…' is not a school year\n    Write it as 2016-17.\n    found by pipeline file\n");
  EXPECT_EQ(describe_code(10001, {}), "");
}

TEST(Reference, ReadsACodeAsPeopleWriteIt) {
  EXPECT_EQ(code_of("1001"), 1001u);
  EXPECT_EQ(code_of("MS1301"), own(1301));
  EXPECT_EQ(code_of("ms1301"), own(1301));
  EXPECT_EQ(code_of("MS"), std::nullopt);
  EXPECT_EQ(code_of("1001x"), std::nullopt);
  EXPECT_EQ(code_of("2000000"), std::nullopt);
  EXPECT_EQ(code_of("99999999999"), std::nullopt);
  EXPECT_EQ(code_of("map_values"), std::nullopt);
}

TEST(Reference, PageHasNothingInItsTablesThatMarkdownWouldTakeForItsOwn) {
  const std::string page = reference_page(stages());

  EXPECT_THAT(page, HasSubstr("| 10001 | error | No '…' in … | Add &lt;it>, a\\|b &amp; \\$c. |\n"));
  EXPECT_THAT(page, HasSubstr("| `mode` | `fast`, `slow` | | A choice. |\n"));
  EXPECT_THAT(page, HasSubstr("| `path` | path | **required** | A path. |\n"));
  EXPECT_THAT(page, HasSubstr("\n`<column …/>`, as often as needed: Children.\n"));
}

TEST(Reference, PageLinksToEachOfItsStages) {
  const std::string page = reference_page(stages());

  EXPECT_THAT(page, HasSubstr("- Transforms: [first](#transform-first), [second](#transform-second)\n"));
  EXPECT_THAT(page, HasSubstr("\n### transform first\n"));
}

/// How many rules a file of sources declares for all.
std::size_t rules_declared_in(const std::string& file) {
  std::ifstream in(MEALSYNC_SOURCES "/" + file);
  const std::string source{std::istreambuf_iterator<char>(in), {}};
  const std::regex declaration("inline constexpr Rule \\w+\\{");
  return static_cast<std::size_t>(
      std::distance(std::sregex_iterator(source.begin(), source.end(), declaration), {}));
}

TEST(Reference, HasEveryRuleThatMealsyncDeclares) {
  std::size_t declared = 0;
  for (const char* file : {"core/pipeline/rules.hpp", "core/catalog/rules.hpp", "core/engine/rules.hpp",
                           "core/journal/rules.hpp", "core/notify/rules.hpp", "core/schedule/rules.hpp",
                           "sdk/include/mealsync/describe.hpp", "sdk/include/mealsync/columns.hpp",
                           "sdk/include/mealsync/stage.hpp"}) {
    EXPECT_GT(rules_declared_in(file), 0u) << file;
    declared += rules_declared_in(file);
  }

  EXPECT_EQ(own_rules().size(), declared);
}

}  // namespace
}  // namespace mealsync
