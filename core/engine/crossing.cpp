#include <engine/crossing.hpp>

#include <algorithm>
#include <utility>

namespace mealsync {
namespace {

constexpr std::size_t least_in_flight = 8;

}  // namespace

Crossing::Crossing(Take take, std::size_t most_bytes)
    : take_(std::move(take)),
      most_bytes_(most_bytes),
      taking_([this] { take_all(); }),
      taken_(taking_.get_future()) {
  queue_.set_capacity(least_in_flight);
  thread_ = std::jthread([this] {
    taking_();
    drop_all();
  });
}

Crossing::~Crossing() {
  if (taken_.valid()) queue_.push(nullptr);
}

ms_status Crossing::push(std::shared_ptr<const OwnedBatch> batch) {
  if (has_failed_) return MS_FAILED;
  if (!std::exchange(has_size_, true)) {
    const std::size_t fit = most_bytes_ / std::max<std::size_t>(batch->bytes(), 1);
    queue_.set_capacity(static_cast<std::ptrdiff_t>(std::clamp<std::size_t>(fit, least_in_flight, 4096)));
  }
  queue_.push(std::move(batch));
  return MS_OK;
}

void Crossing::finish() {
  queue_.push(nullptr);
  taken_.get();
}

void Crossing::take_all() {
  while (const auto batch = next())
    if (!has_failed_) has_failed_ = take_(batch->view()) != MS_OK;
}

/// Where taking broke off with an exception, push must still find room.
void Crossing::drop_all() {
  has_failed_ = has_failed_ || !has_ended_;
  while (!has_ended_)
    static_cast<void>(next());
}

std::shared_ptr<const OwnedBatch> Crossing::next() {
  std::shared_ptr<const OwnedBatch> batch;
  queue_.pop(batch);
  has_ended_ = batch == nullptr;
  return batch;
}

}  // namespace mealsync
