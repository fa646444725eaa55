#include <engine/change_digest.hpp>

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <vector>

#include <mealsync/meal_status.hpp>

namespace mealsync {
namespace {

ms_str text(std::string_view words) {
  return {words.data(), words.size()};
}

/// A change as the sinks get it, in few columns.
struct Row {
  std::int64_t person = 0;
  Action action = Action::none;
  std::optional<std::int32_t> day{};
};

Schema schema(bool has_action = true) {
  static constexpr std::string_view action = CodeSet<Action>::name;
  const std::vector<ms_port> ports{{{text("person_id"), {}, MS_INT, 0, {}, nullptr}, MS_NO_COLUMN},
                                   {{text("end_date"), {}, MS_DATE, 0, {}, nullptr}, MS_NO_COLUMN},
                                   {{text(action), {}, MS_CODE, 0, text(action), nullptr}, MS_NO_COLUMN}};
  ms_plan plan{};
  plan.ports = ports.data();
  plan.port_count = has_action ? 3 : 1;
  return Schema(plan);
}

void add(ChangeDigest& digest, const std::vector<Row>& rows, std::size_t columns = 3) {
  std::vector<std::int64_t> persons;
  std::vector<std::int32_t> days;
  std::vector<std::uint8_t> has_day, actions;
  for (const Row& row : rows) {
    persons.push_back(row.person);
    days.push_back(row.day.value_or(-1));
    has_day.push_back(row.day ? 1 : 0);
    actions.push_back(static_cast<std::uint8_t>(row.action));
  }
  const std::array<ms_column, 3> cells{
      {{nullptr, persons.data()}, {has_day.data(), days.data()}, {nullptr, actions.data()}}};
  ms_batch batch{};
  batch.size = sizeof batch;
  batch.column_count = static_cast<std::uint32_t>(columns);
  batch.rows = rows.size();
  batch.columns = cells.data();
  digest.add(batch);
}

std::uint64_t digest_of(const std::vector<std::vector<Row>>& batches) {
  const Schema rows = schema();
  ChangeDigest digest(rows);
  for (const auto& batch : batches)
    add(digest, batch);
  return digest.value();
}

const Row ann{1, Action::insert, 10}, bob{2, Action::end, 20}, eve{3, Action::none, 30};

TEST(ChangeDigest, DoesNotDependOnHowTheRowsCome) {
  EXPECT_EQ(digest_of({{ann, bob}}), digest_of({{ann}, {}, {bob}}));
}

TEST(ChangeDigest, LeavesOutRowsThatChangeNothing) {
  EXPECT_EQ(digest_of({{ann, eve, bob}}), digest_of({{ann, bob}}));
  EXPECT_EQ(digest_of({{eve}}), digest_of({}));
}

TEST(ChangeDigest, IsAnotherForOneOtherCell) {
  EXPECT_NE(digest_of({{ann, bob}}), digest_of({{ann, {3, Action::end, 20}}}));
  EXPECT_NE(digest_of({{ann, bob}}), digest_of({{ann, {2, Action::remove, 20}}}));
  EXPECT_NE(digest_of({{ann, bob}}), digest_of({{ann, {2, Action::end, 21}}}));
  EXPECT_NE(digest_of({{{1, Action::insert, 0}}}), digest_of({{{1, Action::insert, {}}}}));
}

TEST(ChangeDigest, IsAnotherForAnotherOrderAndNumberOfRows) {
  EXPECT_NE(digest_of({{ann, bob}}), digest_of({{bob, ann}}));
  EXPECT_NE(digest_of({{ann}}), digest_of({{ann, ann}}));
}

TEST(ChangeDigest, OnlyCountsRowsWithoutAnAction) {
  const Schema rows = schema(false);
  ChangeDigest one(rows), other(rows), two(rows);
  add(one, {ann}, 1);
  add(other, {bob}, 1);
  add(two, {ann, bob}, 1);

  EXPECT_EQ(one.value(), other.value());
  EXPECT_NE(one.value(), two.value());
}

}  // namespace
}  // namespace mealsync
