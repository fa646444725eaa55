// campus/candidates.hpp -- the records of a file that the merge has to decide, kept until the input ends and given
// back person by person.
//
// Errors   NoRoom, as a spool.
// Threads  One thread at a time.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <eligibility/record.hpp>
#include <eligibility/status_byte.hpp>
#include <mealsync/sdk.hpp>

namespace mealsync::campus {

struct Candidate {
  std::int64_t person = 0;
  IncomingRow row;
  Text key;                  // as the file has it
  bool is_extended = false;  // of no line: given because of another child of the household
  std::uint16_t school = 0;  // where the student is, as GuardMeasures calls it
};

class Candidates {
 public:
  void add(const Candidate& candidate) {
    const Packed head{StatusByte::of(candidate.row.status), candidate.is_extended, candidate.school,
                      candidate.row.start, candidate.row.end};
    packed_.assign(reinterpret_cast<const char*>(&head), sizeof head);
    packed_ += candidate.key;
    spool_.add({ordered(candidate.person), candidate.row.place}, packed_);
  }

  /// All are in; the first person's are `group`.
  void begin() {
    reader_.emplace(spool_);
    ahead_ = reader_->next();
    next();
  }
  /// Those of one person, in the order of the file; empty at the end.
  [[nodiscard]] std::span<const Candidate> group() const { return group_; }

  void next() {
    group_.clear();
    keys_.clear();
    if (!ahead_) return;
    const std::uint64_t person = ahead_->key.first;
    for (; ahead_ && ahead_->key.first == person; ahead_ = reader_->next()) {
      Packed head;
      std::memcpy(&head, ahead_->bytes.data(), sizeof head);
      group_.push_back({from_ordered(person),
                        {head.status.unpacked(), head.start, head.end, ahead_->key.second},
                        keys_.keep(ahead_->bytes.substr(sizeof head)),
                        head.is_extended,
                        head.school});
    }
  }

 private:
  struct Packed {
    StatusByte status;
    bool is_extended;
    std::uint16_t school;
    Date start, end;
  };
  /// In the order of the persons' numbers, negative ones before.
  static constexpr std::uint64_t sign = std::uint64_t{1} << 63;
  static std::uint64_t ordered(std::int64_t person) { return static_cast<std::uint64_t>(person) ^ sign; }
  static std::int64_t from_ordered(std::uint64_t number) { return static_cast<std::int64_t>(number ^ sign); }

  Spool spool_;
  std::string packed_;
  std::optional<Spool::Reader> reader_;
  std::optional<Spool::Record> ahead_;
  std::vector<Candidate> group_;
  detail::TextStore keys_;
};

}  // namespace mealsync::campus
