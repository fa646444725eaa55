#include <engine/delivery.hpp>

#include <gmock/gmock.h>

#include <array>
#include <numeric>
#include <semaphore>
#include <stdexcept>

#include <mealsync/row.hpp>

namespace mealsync {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// A sink of numbers, made by hand so that it may do what the SDK would not let it.
struct Sink {
  std::vector<std::int64_t> taken{};
  bool throws = false;
  bool fails = false;
  std::counting_semaphore<> may_write{0};  // how many batches

  static ms_status write(void* self, const ms_batch* batch, const ms_host*) {
    auto& sink = *static_cast<Sink*>(self);
    sink.may_write.acquire();
    if (sink.throws) throw std::runtime_error("what no stage may do");
    if (sink.fails) return MS_FAILED;
    const Column<Int> number{0, MS_NO_COLUMN};
    detail::each_row(*batch, [&](Row row) { sink.taken.push_back(row[number]); });
    return MS_OK;
  }
};

const ms_field number_field{{"number", 6}, {}, MS_INT, 0, {}, nullptr};

class DeliveryToASink : public ::testing::Test {
 protected:
  DeliveryToASink() {
    table_.size = sizeof table_;
    table_.role = MS_SINK;
    table_.create = [](const ms_setting*, std::size_t, const ms_field*, std::size_t, const ms_run* run,
                       const ms_host*, void** handle) -> ms_status {
      *handle = const_cast<char*>(run->run.data);  // lets the sink of the test be the handle
      return MS_OK;
    };
    table_.destroy = [](void*) {};
    table_.write = Sink::write;
    planned_.stage = &table_;
    planned_.used = {0};
    const ms_port port{number_field, MS_NO_COLUMN};
    ms_plan plan{};
    plan.ports = &port;
    plan.port_count = 1;
    planned_.input = Schema(plan);
    last_.output = planned_.input;
    last_.wanted = {1};
    ms_run run{};
    run.run.data = reinterpret_cast<const char*>(&sink_);
    live_ = LiveStage::create(planned_, 1, run, {}, ledger_);
    sinks_ = {live_.get()};
  }

  void let_the_sink_write() { sink_.may_write.release(1'000'000); }

  /// One batch of one row.
  [[nodiscard]] static ms_status push(Delivery& delivery, std::int64_t number) {
    const std::uint64_t place = 1;
    const ms_column column{nullptr, &number};
    ms_batch batch{};
    batch.size = sizeof batch;
    batch.column_count = 1;
    batch.rows = 1;
    batch.places = &place;
    batch.columns = &column;
    return delivery.push(batch);
  }
  [[nodiscard]] static int push_until_refused(Delivery& delivery) {
    int pushed = 0;
    while (push(delivery, pushed) == MS_OK)
      ++pushed;
    return pushed;
  }

  ms_stage table_{};
  PlannedStage planned_, last_;
  Ledger ledger_;
  Sink sink_;
  std::unique_ptr<LiveStage> live_;
  std::vector<LiveStage*> sinks_;
};

TEST_F(DeliveryToASink, HoldsEightBatchesForASinkThatIsBusy) {
  Delivery delivery(sinks_, last_, ledger_);

  for (int i = 0; i < 8; ++i)
    EXPECT_EQ(push(delivery, i), MS_OK);
  EXPECT_THAT(sink_.taken, IsEmpty());
  let_the_sink_write();
  for (int i = 8; i < 100; ++i)
    EXPECT_EQ(push(delivery, i), MS_OK);
  delivery.finish();

  std::vector<std::int64_t> all(100);
  std::iota(all.begin(), all.end(), 0);
  EXPECT_EQ(sink_.taken, all);
  EXPECT_EQ(ledger_.fate(Fate::new_), 100U);
}

TEST_F(DeliveryToASink, CopiesWhatTheSenderReuses) {
  let_the_sink_write();
  Delivery delivery(sinks_, last_, ledger_);
  std::array<std::int64_t, 3> numbers{1, 2, 3};
  const std::array<std::uint64_t, 3> places{1, 2, 3};
  const std::array<std::uint32_t, 2> selected{0, 2};
  const ms_column column{nullptr, numbers.data()};
  ms_batch batch{sizeof batch, 1, 3, places.data(), &column, selected.data(), 2};

  ASSERT_EQ(delivery.push(batch), MS_OK);
  numbers = {7, 8, 9};
  delivery.finish();

  EXPECT_THAT(sink_.taken, ElementsAre(1, 3));
}

TEST_F(DeliveryToASink, RefusesBatchesAfterASinkHasFailed) {
  sink_.fails = true;
  let_the_sink_write();
  Delivery delivery(sinks_, last_, ledger_);

  static_cast<void>(push_until_refused(delivery));
  delivery.finish();

  EXPECT_THAT(ledger_.take_findings().run_ending(), SizeIs(1));
}

TEST_F(DeliveryToASink, RefusesBatchesAfterItsThreadHasBrokenDownAndThrowsAtTheEnd) {
  sink_.throws = true;
  let_the_sink_write();
  Delivery delivery(sinks_, last_, ledger_);

  static_cast<void>(push_until_refused(delivery));

  EXPECT_THROW(delivery.finish(), std::runtime_error);
}

TEST_F(DeliveryToASink, EndsWithoutBeingFinished) {
  let_the_sink_write();
  {
    Delivery delivery(sinks_, last_, ledger_);
    EXPECT_EQ(push(delivery, 1), MS_OK);
  }

  EXPECT_THAT(sink_.taken, ElementsAre(1));
}

TEST_F(DeliveryToASink, EndsWithoutBeingFinishedAlsoAfterItsThreadHasBrokenDown) {
  sink_.throws = true;
  let_the_sink_write();
  Delivery delivery(sinks_, last_, ledger_);

  static_cast<void>(push_until_refused(delivery));
}

}  // namespace
}  // namespace mealsync
