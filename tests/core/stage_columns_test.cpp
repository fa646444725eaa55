#include <reference/stage_columns.hpp>

#include <gtest/gtest.h>

#include <mealsync/sdk.hpp>

namespace mealsync {
namespace {

struct NoOptions {};

/// A transform whose columns are P's.
template <class P>
struct With {
  static constexpr auto name = "with";
  static constexpr auto summary = "Has columns.";
  using Options = typename P::Options;
  using Ports = P;
  void process(Row row, Output& out) { out.pass(row); }
};

/// A source that gives `eligibility` as a code and `day` as a date.
struct Giver {
  static constexpr auto name = "giver";
  static constexpr auto summary = "Gives.";
  struct Ports {
    Ports(const auto&, Columns& c) {
      c.add<Code<Eligibility>>("eligibility", "A code.");
      c.add<Date>("day", "A day.");
    }
  };
  bool read(Output&) { return false; }
};

template <class S>
StageEntry entry() {
  static const Plugin plugin{"", "p", "1", {}};
  return {&detail::Table<S>::get(), &plugin};
}

std::string told(const StageColumns& columns) {
  std::string told;
  const auto add = [&](const char* role, const std::vector<StageColumns::Column>& all) {
    for (const auto& [name, type, doc] : all) {
      told.append(role).append(" ").append(name).append(": ").append(type);
      told.append(doc.empty() ? "" : ", ").append(doc).append("\n");
    }
  };
  add("needs", columns.needs);
  add("uses", columns.uses);
  add("gives", columns.gives);
  return told + (columns.depends ? "depends\n" : "");
}

template <class S>
std::string columns_of() {
  return told(mealsync::columns_of(detail::Table<S>::get(), {entry<Giver>()}));
}

struct EveryKind {
  using Options = NoOptions;
  EveryKind(const Options&, Columns& c) {
    c.need<Text>("text");
    c.need<Int>("number");
    c.change<Date>("date");
    c.need<bool>("truth");
    c.need<Code<Eligibility>>("eligibility");
    c.add<Int>("person_id", "The student.");
  }
};
TEST(StageColumns, AreFoundWithTheirTypesWhoeverGivesThem) {
  EXPECT_EQ(columns_of<With<EveryKind>>(),
            "needs text: text\n"
            "needs number: number\n"
            "needs date: date\n"
            "needs truth: yes|no\n"
            "needs eligibility: code of eligibility\n"
            "gives person_id: number, The student.\n");
}

struct UsesIfThere {
  using Options = NoOptions;
  UsesIfThere(const Options&, Columns& c) {
    c.need<Text>("day");  // a text here, whatever others call a day
    c.find<Code<Eligibility>>("eligibility");
    c.find<Text>("given_by_nobody");
  }
};
TEST(StageColumns, AreUsedWhereAnyStageGivesThem) {
  EXPECT_EQ(columns_of<With<UsesIfThere>>(), "needs day: text\nuses eligibility: code of eligibility\n");
}

struct FoundThenChanged {
  using Options = NoOptions;
  FoundThenChanged(const Options&, Columns& c) {
    if (c.find<Date>("day"))
      c.change<Date>("day");
    else
      c.add<Date>("day", "The last.");
  }
};
TEST(StageColumns, AreGivenWhereTheyDoNotComeIn) {
  EXPECT_EQ(columns_of<With<FoundThenChanged>>(), "uses day: date\ngives day: date, The last.\n");
}

struct NamedByOptions {
  struct Options {
    Names from;
    std::string into;
    Int digits = 1;
    static void describe(Describe<Options>& d) {
      d.option("from", &Options::from, "Columns.");
      d.required("into", &Options::into, "A column.").one_of({"one", "two"});
      d.required("digits", &Options::digits, "A number.").at_least(3);
    }
  };
  static constexpr Rule nothing{own(5001), Severity::fatal, "Nothing comes", "Name a column."};
  NamedByOptions(const Options& o, Columns& c) {
    if (o.from.names.empty()) c.fault<nothing>();
    if (o.digits >= 3) c.add<Text>(o.into, "A choice.");
  }
};
TEST(StageColumns, DependOnOptionsThatHaveNoDefault) {
  EXPECT_EQ(columns_of<With<NamedByOptions>>(), "gives one: text, A choice.\ndepends\n");
}

struct NeverContent {
  using Options = NoOptions;
  NeverContent(const Options&, Columns& c) {
    c.need<Code<Action>>("day");
    c.need<Text>("eligibility");
    c.need<Int>("eligibility");
  }
};
TEST(StageColumns, AreNotLookedForWithoutEnd) {
  EXPECT_EQ(columns_of<With<NeverContent>>(), "depends\n");
}

TEST(StageColumns, OfASourceAreWhatItGives) {
  EXPECT_EQ(columns_of<Giver>(),
            "gives eligibility: code of eligibility, A code.\ngives day: date, A day.\n");
}

}  // namespace
}  // namespace mealsync
